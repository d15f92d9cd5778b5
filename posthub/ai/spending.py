"""What calls cost, and the month's budget: reserved before a call, settled after it."""

import json
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Greatest
from django.utils import timezone

from posthub.ai.models import Budget, CallRecord, ModelPrice, SpendingLimit
from posthub.ai.providers.base import MediaRequest, TextRequest, Usage, fault
from posthub.ai.routes import Candidate
from posthub.core import logging as context
from posthub.core.database import connection
from posthub.organizations.models import Organization

MILLION = Decimal(1_000_000)
# A token is hardly ever less than two bytes: what is reserved is more than what will be paid.
BYTES_A_TOKEN = 2
PICTURE_TOKENS = 3000
ABANDONED = timedelta(minutes=15)
GRAIN = Decimal("0.000001")


def price_of(candidate: Candidate) -> ModelPrice | None:
    """Today's; None for a model nobody has written a price down for."""
    rows = ModelPrice.objects.filter(
        provider=candidate.provider, model=candidate.model, valid_from__lte=timezone.now().date()
    )
    return rows.order_by("-valid_from").first()


def cost(price: ModelPrice | None, usage: Usage) -> tuple[Decimal | None, str]:
    """(US dollars, where the figure is from): the provider's own word first."""
    if usage.cost is not None:
        return usage.cost, "provider"
    if price is None:
        return None, ""
    tokens = usage.input_tokens * price.input_per_million + usage.output_tokens * price.output_per_million
    return tokens / MILLION + price.per_call + price.per_unit * usage.units, "prices"


def most(price: ModelPrice | None, request: TextRequest | MediaRequest) -> Decimal:
    """The most that a call can cost."""
    if price is None:
        return Decimal(0)
    if isinstance(request, MediaRequest):
        units = max(1, request.seconds)
        words, output = request.prompt, PICTURE_TOKENS * units
    else:
        units, output = 0, request.output_tokens
        words = request.instructions + request.material + json.dumps(dict(request.schema))
    usage = Usage(len(words.encode()) // BYTES_A_TOKEN + 100, output, units=units)
    known, _ = cost(price, usage)
    return (known or Decimal(0)).quantize(GRAIN) + GRAIN


def open_record(
    candidate: Candidate, request: TextRequest | MediaRequest, use: str, reserve: Decimal, attempt: int
) -> CallRecord:
    """The record of a call about to be made. Raises ProviderError where the month's budget does not bear it.

    What costs nothing is not written before it is done.
    """
    job = context.job_id.get()
    record = CallRecord(
        schema_name=connection.schema_name,
        use=use,
        provider=candidate.provider,
        model=candidate.model,
        prompt_name=getattr(request, "prompt_name", ""),
        prompt_version=getattr(request, "prompt_version", 1),
        reserved=reserve,
        own_key=candidate.own_key,
        outcome="pending",
        attempt=attempt,
        job_id=UUID(job) if job else None,
    )
    if reserve:
        with transaction.atomic():
            if not candidate.own_key:
                _reserve(reserve)
            record.save(force_insert=True)
    return record


def close_record(record: CallRecord, price: ModelPrice | None, usage: Usage | None) -> None:
    """How the call went, and what it took; the budget is settled in the same transaction."""
    if usage is not None:
        record.model = (usage.model or record.model)[:80]
        record.input_tokens, record.output_tokens = usage.input_tokens, usage.output_tokens
        record.thinking_tokens = usage.thinking_tokens
        record.cost, record.cost_from = cost(price, usage)
    reserved, record.reserved = record.reserved, Decimal(0)
    with transaction.atomic():
        if reserved and not record.own_key:
            _settle(record, reserved)
        record.save(force_insert=record._state.adding)


def _reserve(amount: Decimal) -> None:
    """One statement, so that no two callers can both have the last dollar."""
    budget = budget_here()
    if budget is None:
        return
    room = Budget.objects.filter(pk=budget.pk, used__lte=F("limit") - F("reserved") - amount)
    if room.update(reserved=F("reserved") + amount):
        return
    give_back_abandoned()
    if not room.update(reserved=F("reserved") + amount):
        raise fault("over_budget", f"{amount} more than {budget.limit}")


def _settle(record: CallRecord, reserved: Decimal) -> None:
    month = Budget.objects.filter(
        organization__schema_name=record.schema_name, period=period(record.created_at)
    )
    month.update(reserved=Greatest(F("reserved") - reserved, Decimal(0)), used=F("used") + (record.cost or 0))


def give_back_abandoned() -> None:
    """What was reserved for calls whose worker died in the middle of them."""
    with transaction.atomic():
        lost = CallRecord.objects.select_for_update(skip_locked=True).filter(
            schema_name=connection.schema_name,
            outcome="pending",
            created_at__lt=timezone.now() - ABANDONED,
        )
        for record in lost:
            record.outcome = "lost"
            close_record(record, None, None)


def budget_here() -> Budget | None:
    """The month of the organization we work for, made when it is first needed; PostHub itself has none."""
    organization = Organization.objects.filter(schema_name=connection.schema_name).first()
    if organization is None or organization.schema_name == "public":
        return None
    limit = limit_of(organization)
    budget, made = Budget.objects.get_or_create(
        organization=organization, period=period(timezone.now()), defaults={"limit": limit}
    )
    if not made and budget.limit != limit:
        Budget.objects.filter(pk=budget.pk).update(limit=limit)
    return budget


def limit_of(organization: Organization) -> Decimal:
    """US dollars a month on PostHub's keys."""
    own = (
        SpendingLimit.objects.filter(organization=organization).values_list("usd_a_month", flat=True).first()
    )
    return Decimal(settings.AI_BUDGET_USD) if own is None else own


def spent(schema_name: str) -> Decimal:
    """What was paid for an organization this month, on whoever's key."""
    first = timezone.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = CallRecord.objects.filter(schema_name=schema_name, created_at__gte=first)
    total: Decimal | None = rows.aggregate(total=Sum("cost"))["total"]
    return total or Decimal(0)


def period(at: datetime) -> str:
    return f"{at:%Y-%m}"
