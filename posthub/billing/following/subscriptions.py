"""What is subscribed to, as Stripe has it now."""

import logging
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from posthub.audit import operations as audit
from posthub.billing import stripe_api
from posthub.billing.following.customers import attach, hold, note_card, organization_of
from posthub.billing.following.turns import begin_reading, may_write
from posthub.billing.mailing import mail_supervisors, once
from posthub.billing.mirror import keeping
from posthub.billing.models import AddOn, Notice, Plan, Status, SubscribedAddOn, Subscription
from posthub.billing.reading import Bought, Data, bought_in, card_of, id_of, kept_in, moment
from posthub.core.tenancy import in_schema
from posthub.jobs.operations import enqueue
from posthub.organizations.models import Organization

logger = logging.getLogger(__name__)
GIVES = frozenset({Status.ACTIVE, Status.TRIALING, Status.PAST_DUE})
BESIDE_ANOTHER = "beside another"
OWING = frozenset({Status.PAST_DUE, Status.UNPAID, Status.PAUSED})


def subscription_changed(event: Any) -> str:
    return read_subscription(event["data"]["object"]["id"])


def read_subscription(name: str) -> str:
    """What came of it, in a few words.

    Messages come in any order: the subscription that seems to be in use may have ended before this one began
    (which may be over, too), and where this one has ended another may have begun.
    """
    data, said = _read(name)
    if said == BESIDE_ANOTHER:
        _read(_in_use(data))
        data, said = _read(name)
        if said == BESIDE_ANOTHER and data["status"] in GIVES:
            logger.error("a second subscription %s beside %s: one has to be refunded", name, _in_use(data))
    if data["status"] not in GIVES:
        for other in stripe_api.every("subscriptions", customer=id_of(data["customer"])):
            if other["id"] != name and other["status"] in GIVES:
                said = _read(other["id"])[1]
    return said


def _read(name: str) -> tuple[Data, str]:
    number = begin_reading(name)
    data = stripe_api.read(f"subscriptions/{name}", expand=("default_payment_method",))
    return data, take_subscription(data, number=number)


def _in_use(data: Data) -> str:
    """The one that its organization has, by what was read last."""
    return Subscription.objects.filter(organization=organization_of(data)).values_list(
        "stripe_id", flat=True
    )[0]


@transaction.atomic
def take_subscription(data: Data, *, number: int) -> str:
    """Write down what Stripe said under the reading `number`; returns what came of it, in a few words."""
    organization = organization_of(data)
    if organization is None:
        return "nobody's"
    hold(organization)
    if not may_write(data["id"], number):
        return "older than what stands"
    keeping.keep(data)
    details = attach(organization, id_of(data["customer"]))
    note_card(details, card_of(data))
    before = Subscription.objects.filter(organization=organization).select_related("plan").first()
    bought = bought_in(data)
    if not _is_theirs(organization, before, data, bought):
        begun = data["status"] in GIVES or data["status"] == Status.CANCELED
        rival = before is not None and before.status in GIVES and begun and bought.plan
        return BESIDE_ANOTHER if rival else "not the one in use"
    after = _write(organization, before, data, bought)
    _tell(organization, before, after)
    return f"{after.plan.code} {after.status}"


def _is_theirs(organization: Organization, row: Subscription | None, data: Data, bought: Bought) -> bool:
    """Whether this is the subscription in use, or takes the place of one that is over."""
    if row is not None and row.stripe_id == data["id"]:
        return True
    if bought.plan is None:
        return False
    if data["status"] == Status.CANCELED:
        # Bought and over again before anything was heard of it. Where that was within a second of the other's end,
        # Stripe's times do not tell them apart: one whose end was heard already was in use before.
        begun = moment(data["created"])
        later = row is None or bool(row.ended_at and begun and begun >= row.ended_at)
        return (
            later and not Notice.objects.filter(organization=organization, key=f"ended-{data['id']}").exists()
        )
    return data["status"] in GIVES and (row is None or not row.stripe_id or row.status not in GIVES)


def _write(organization: Organization, row: Subscription | None, data: Data, bought: Bought) -> Subscription:
    kept = kept_in(data)
    plan = Plan.objects.filter(code=kept.get("plan", "")).first() or bought.plan
    after = Subscription(organization=organization) if row is None else Subscription.objects.get(pk=row.pk)
    is_new = after.stripe_id != data["id"]
    after.stripe_id = data["id"]
    after.plan = plan or after.plan
    after.status = data["status"]
    after.currency, after.interval, after.amount = bought.currency, bought.interval, bought.amount
    after.next_plan, after.next_interval = bought.plan if kept and bought.plan != plan else None, ""
    if coming := kept.get("next"):
        after.next_plan = Plan.objects.filter(code=coming["plan"]).first()
        after.next_interval, after.amount = coming["interval"], coming["amount"]
    after.period_start, after.period_end = bought.start, bought.end
    cancels = moment(data.get("cancel_at")) or (bought.end if data.get("cancel_at_period_end") else None)
    ended = data["status"] == Status.CANCELED
    after.cancels_at = None if ended else cancels
    after.ended_at = (moment(data.get("ended_at")) or timezone.now()) if ended else None
    owing_since = None if is_new else after.past_due_since
    after.past_due_since = (owing_since or timezone.now()) if data["status"] in OWING else None
    if is_new:
        # Later periods count from when they are paid, and this may be the first that is heard of any of them.
        first = bool(bought.start) and bought.start == moment(data.get("start_date"))
        after.usage_since, after.paid_until = (bought.start, bought.end) if first else (None, None)
        after.leaving = {}
    after.save()
    _write_add_ons(
        organization, {code: tuple(one) for code, one in (kept.get("add_ons") or bought.add_ons).items()}
    )
    return after


def _write_add_ons(organization: Organization, add_ons: dict[str, tuple[Any, ...]]) -> None:
    there = SubscribedAddOn.objects.filter(organization=organization)
    there.exclude(add_on__code__in=add_ons).update(quantity=0, item_id="")
    if not add_ons:
        return
    SubscribedAddOn.objects.bulk_create(
        (
            SubscribedAddOn(
                organization=organization,
                add_on=add_on,
                quantity=add_ons[add_on.code][0],
                item_id=add_ons[add_on.code][1],
            )
            for add_on in AddOn.objects.filter(code__in=add_ons)
        ),
        update_conflicts=True,
        unique_fields=["organization", "add_on"],
        update_fields=["quantity", "item_id"],
    )


def _tell(organization: Organization, before: Subscription | None, after: Subscription) -> None:
    """What follows from a change: mails, the log, and work. Each change is seen once, under the object's lock."""
    had = before is not None and before.stripe_id == after.stripe_id and before.status in GIVES
    has = after.status in GIVES
    starts = has and not had and after.status != Status.PAST_DUE
    if starts and once(organization, f"started-{after.stripe_id}"):
        _note(organization, "started", after)
        _work(organization, "billing.begin_work", after.stripe_id)
        # The trial, or the plan there was, may have had more room.
        _work(organization, "billing.fit_in", after.stripe_id)
    if had and before is not None:
        _tell_change(organization, before, after)
    if has and after.cancels_at and (before is None or not before.cancels_at):
        _note(organization, "cancelled", after)
        context = {"plan": after.plan.name, "until_at": after.cancels_at.isoformat()}
        mail_supervisors(
            organization, "cancelled", key=f"{after.pk}:{timezone.now().isoformat()}", context=context
        )
    if after.status == Status.CANCELED and once(organization, f"ended-{after.stripe_id}"):
        _note(organization, "ended", after)
        mail_supervisors(organization, "exit_survey", key=after.stripe_id, context={"plan": after.plan.name})


def _tell_change(organization: Organization, before: Subscription, after: Subscription) -> None:
    """Of the plan, or of how often it is paid."""
    turned = before.interval != after.interval
    if before.plan_id == after.plan_id and not turned:
        return
    key = f"{after.pk}:{timezone.now().isoformat()}"
    _note(organization, "plan_changed", after)
    context = {"before": before.plan.name, "plan": after.plan.name}
    if turned:
        context |= {"before_interval": before.interval, "interval": after.interval}
    mail_supervisors(organization, "plan_changed", key=key, context=context)
    if before.plan_id != after.plan_id:
        _work(organization, "billing.fit_in", key)


def _work(organization: Organization, task: str, key: str) -> None:
    with in_schema(organization.schema_name):
        enqueue(task, key=key, payload={})


def _note(organization: Organization, what: str, after: Subscription) -> None:
    audit.record(
        f"billing.{what}",
        subject=f"subscription:{after.pk}",
        actor_id=None,
        chain=organization.schema_name,
        detail={"plan": after.plan.code, "status": after.status},
    )


def trial_will_end(event: Any) -> str:
    """Stripe's own trial, where somebody was given one there."""
    said = read_subscription(event["data"]["object"]["id"])
    data = event["data"]["object"]
    organization = organization_of(data)
    ends = moment(data.get("trial_end"))
    if (
        organization is not None
        and ends
        and once(organization, f"stripe-trial-{data['id']}-{data['trial_end']}")
    ):
        mail_supervisors(
            organization, "trial_soon", key=data["id"], context={"until_at": ends.isoformat(), "days": 3}
        )
    return said


def begin_work() -> None:
    """A plan was bought: what this brings about, see the setting PLAN_STARTED."""
    import_string(settings.PLAN_STARTED)()
