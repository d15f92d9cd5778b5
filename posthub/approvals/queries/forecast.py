"""Which slots will be missed, at the pace at which this client decides."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.approvals.models import Decision, Outcome
from posthub.approvals.queries.inbox import Entry
from posthub.content.policies import CLIENT_STAGE
from posthub.content.queries import Line
from posthub.core.prepared import Prepared
from posthub.lifecycle.models import StateChange
from posthub.ui.times import lasting

DECISIONS_LEFT = {"topic": 3, "article": 2, "post": 1}
# As long as too little is known of them, people are taken to need a day and a half.
USUAL, LEAST = datetime.timedelta(hours=36), 5
LOOKED_BACK, NEWEST = datetime.timedelta(days=90), 60


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a thing waits for the client's word: half of the last `known` ones took longer than `wait`."""

    wait: datetime.timedelta
    known: int

    @property
    def sentence(self) -> str:
        if self.known < LEAST:
            return _("Until we know your pace we reckon with a day and a half for each decision.")
        return _("A thing usually waits %(time)s for you.") % {"time": lasting(self.wait)}

    def late_after(self, decisions: int, left: datetime.timedelta) -> bool:
        """Whether so many decisions one after the other do not fit into the time that is left."""
        return decisions * self.wait > left


@dataclass(frozen=True, slots=True)
class Risk:
    entry: Entry
    due: datetime.datetime


def pace() -> Pace:
    """Of this organization's client, in one statement."""
    waits = [decided - came for came, decided in waits_for_client()]
    return Pace(middle(waits), len(waits)) if len(waits) >= LEAST else Pace(USUAL, len(waits))


def middle(lengths: Iterable[datetime.timedelta]) -> datetime.timedelta:
    """Half of them are longer."""
    return datetime.timedelta(seconds=median(length.total_seconds() for length in lengths))


def waits_for_client() -> list[tuple[datetime.datetime, datetime.datetime]]:
    """Of the newest decisions of people: when the thing came to the client, and when they decided."""
    return [(came, decided) for came, decided in WAITS.rows(since=timezone.now() - LOOKED_BACK)]


def _waits(since: datetime.datetime) -> QuerySet[Any, Any]:
    came = StateChange.objects.filter(
        kind=OuterRef("kind"),
        object_id=OuterRef("object_id"),
        after=OuterRef("before"),
        at__lt=OuterRef("created_at"),
    )
    rows = (
        Decision.objects.filter(
            outcome__in=[Outcome.APPROVED, Outcome.CHANGES, Outcome.REJECTED],
            before__in=CLIENT_STAGE,
            rule="",
            created_at__gte=since,
        )
        .annotate(came=Subquery(came.order_by("-at").values("at")[:1]))
        .exclude(came=None)
    )
    return rows.order_by("-created_at").values_list("came", "created_at")[:NEWEST]


WAITS = Prepared(_waits)


def at_risk(entries: Iterable[Entry], pace: Pace, *, zone: str) -> list[Risk]:
    """Of what waits for the client, what will not be through in time; the next slot first."""
    now = timezone.now()
    risks = []
    for entry in entries:
        due = goes_out(entry.line, zone)
        waited = min(now - entry.line.since, pace.wait)
        if pace.late_after(DECISIONS_LEFT[entry.line.kind], due - now + waited):
            risks.append(Risk(entry, due))
    return sorted(risks, key=lambda risk: risk.due)


def goes_out(line: Line, zone: str) -> datetime.datetime:
    """Of a topic or an article only the day is known: eight in the morning of it."""
    if line.kind == "post":
        return line.due
    return datetime.datetime.combine(line.day, datetime.time(8), ZoneInfo(zone))
