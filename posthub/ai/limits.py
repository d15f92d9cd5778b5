"""How much may be asked: calls a minute with a fair share for everybody, and rest for a provider that is down.

All of it stands in rows, so that every process knows, and each decision is one statement.
"""

from datetime import timedelta

from django.conf import settings
from django.db import connection as raw
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from posthub.ai.models import Breaker, CallWindow, ModelLimit
from posthub.ai.providers.base import fault
from posthub.ai.routes import Candidate
from posthub.core.database import connection

PAUSE = timedelta(seconds=30)
KEPT = timedelta(minutes=10)
OTHERWISE = (60, 8192)  # calls a minute, tokens an answer

TAKE = """
INSERT INTO ai_callwindow (account, minute, schema_name, calls) VALUES (%s, %s, %s, 1)
ON CONFLICT (account, minute, schema_name) DO UPDATE SET calls = ai_callwindow.calls + 1
WHERE ai_callwindow.calls < %s RETURNING calls
"""


def limits_of(candidate: Candidate) -> tuple[int, int]:
    """(calls a minute, tokens of the longest answer)."""
    rows = ModelLimit.objects.filter(provider=candidate.provider, model__in=[candidate.model, ""])
    found = rows.order_by("-model").values_list("calls_a_minute", "output_tokens").first()
    return found or OTHERWISE


def take_turn(candidate: Candidate, calls_a_minute: int) -> None:
    """Count one call, or raise ProviderError where the minute or this organization's share of it is full.

    A share is the limit divided by all who asked in this minute or the last one.
    """
    now = timezone.now()
    minute = now.replace(second=0, microsecond=0)
    wait = 60 - now.second + 0.1
    mine = connection.schema_name
    recent = CallWindow.objects.filter(account=candidate.account, minute__gte=minute - timedelta(minutes=1))
    others = recent.exclude(schema_name__in=["", mine]).values("schema_name").distinct().count()
    share = max(1, calls_a_minute // (others + 1))
    with raw.cursor() as cursor:
        cursor.execute(TAKE, [candidate.account, minute, mine, share])
        if cursor.fetchone() is None:
            raise fault("throttled", f"share of {share} a minute", retry_after=wait)
        cursor.execute(TAKE, [candidate.account, minute, "", calls_a_minute])
        taken = cursor.fetchone()
    if taken is None:
        CallWindow.objects.filter(account=candidate.account, minute=minute, schema_name=mine).update(
            calls=F("calls") - 1
        )
        raise fault("throttled", f"{calls_a_minute} a minute", retry_after=wait)
    if taken[0] == 1:
        CallWindow.objects.filter(minute__lt=minute - KEPT).delete()


def refuse_while_resting(candidate: Candidate) -> None:
    """Raise ProviderError while the provider is left alone; after that, let one caller through to see."""
    row = Breaker.objects.filter(pk=candidate.account, open_until__isnull=False).first()
    if row is None:
        return
    probing = Breaker.objects.filter(pk=candidate.account, open_until__lte=Now())
    if not probing.update(open_until=Now() + PAUSE):
        left = (row.open_until - timezone.now()).total_seconds() if row.open_until else 0
        raise fault("paused", row.last_cause, retry_after=max(1.0, left))


def note_health(candidate: Candidate, *, down: bool, cause: str = "") -> None:
    """Remember how a call went: five failures in a row, and the provider is left alone for a while."""
    if not down:
        Breaker.objects.filter(Q(failures__gt=0) | Q(open_until__isnull=False), pk=candidate.account).delete()
        return
    Breaker.objects.get_or_create(pk=candidate.account)
    mine = Breaker.objects.filter(pk=candidate.account)
    mine.update(failures=F("failures") + 1, last_cause=cause[:300])
    mine.filter(failures__gte=settings.AI_FAILURES, open_until__isnull=True).update(open_until=Now() + PAUSE)
