"""What came of the work: PostHub's own facts, week by week. Nothing of the networks is known here."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import (
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import TruncWeek
from django.utils import timezone

from posthub.approvals.models import Decision, Outcome, VoidReason
from posthub.approvals.queries.first_looks import Rate, first_looks
from posthub.content.models import SocialPost
from posthub.content.policies import CLIENT_STAGE
from posthub.lifecycle.models import StateChange
from posthub.organizations.models import Organization

WEEKS = (4, 12, 26)
FIRST_DAYS = 7  # figures of fewer days say nothing yet
ANOTHER_ROUND = (Outcome.CHANGES, Outcome.REGENERATED, Outcome.REJECTED)
GONE_OUT = ("DELIVERED",)
PLANNED = ("APPROVED", "SCHEDULED", "DELIVERING", "DELIVERED")
# What writing by hand takes, in minutes; said on the page beside the figure.
MINUTES = {"topic": 0, "article": 180, "post": 20}


@dataclass(slots=True)
class Week:
    """From Monday on; `waits` are the hours from asking to deciding."""

    monday: datetime.date
    articles: int = 0
    posts: int = 0
    looked: int = 0
    passed: int = 0
    delivered: int = 0
    waits: list[float] = field(default_factory=list)

    @property
    def approved(self) -> int:
        return self.articles + self.posts

    @property
    def median_hours(self) -> float | None:
        return round(median(self.waits), 1) if self.waits else None

    @property
    def first_share(self) -> int | None:
        return Rate(self.passed, self.looked).percent if self.looked else None


@dataclass(frozen=True, slots=True)
class Voice:
    """A persona's share of what was planned in the span."""

    name: str
    planned: int
    accepted: int
    at_first: int


@dataclass(frozen=True, slots=True)
class Results:
    weeks: list[Week]
    voices: list[Voice]
    since: datetime.datetime | None

    @property
    def early(self) -> bool:
        """Whether there are too few days to say anything."""
        wait = datetime.timedelta(days=FIRST_DAYS)
        return self.since is None or timezone.now() - self.since < wait

    @property
    def approved(self) -> int:
        return sum(week.approved for week in self.weeks)

    @property
    def delivered(self) -> int:
        return sum(week.delivered for week in self.weeks)

    @property
    def looks(self) -> Rate:
        return Rate(sum(week.passed for week in self.weeks), sum(week.looked for week in self.weeks))

    @property
    def median_hours(self) -> float | None:
        waits = [hours for week in self.weeks for hours in week.waits]
        return median(waits) if waits else None

    @property
    def hours_saved(self) -> int:
        minutes = sum(
            week.articles * MINUTES["article"] + week.posts * MINUTES["post"] for week in self.weeks
        )
        return round(minutes / 60)


def results_of(organization: Organization, *, weeks: int) -> Results:
    """Of the last `weeks` weeks, this one included, as the organization's clocks see them. Six statements."""
    zone = ZoneInfo(organization.zone)
    today = timezone.now().astimezone(zone).date()
    this = today - datetime.timedelta(days=today.weekday())
    mondays = [this - datetime.timedelta(weeks=back) for back in range(weeks - 1, -1, -1)]
    start = datetime.datetime.combine(mondays[0], datetime.time(0), zone)
    by_monday = {monday: Week(monday) for monday in mondays}
    _count_approvals(by_monday, start, zone)
    _count_first_looks(by_monday, start, zone)
    _collect_waits(by_monday, start, zone)
    _count_deliveries(by_monday, start, zone)
    since = Decision.objects.order_by("created_at").values_list("created_at", flat=True).first()
    return Results([by_monday[monday] for monday in mondays], list(voices_since(start)), since)


def _approvals() -> QuerySet[Decision]:
    """Decisions by which something was accepted for good."""
    return Decision.objects.filter(outcome=Outcome.APPROVED, voided_at=None, kind__in=("article", "post"))


def _count_approvals(weeks: dict[datetime.date, Week], start: datetime.datetime, zone: ZoneInfo) -> None:
    rows = (
        _approvals()
        .filter(created_at__gte=start)
        .order_by()
        .annotate(week=TruncWeek("created_at", tzinfo=zone))
        .values_list("week", "kind")
        .annotate(things=Count("object_id", distinct=True))
    )
    for moment, kind, things in rows:
        week = weeks.get(moment.date())
        if week is not None:
            week.articles += things if kind == "article" else 0
            week.posts += things if kind == "post" else 0


def _count_first_looks(weeks: dict[datetime.date, Week], start: datetime.datetime, zone: ZoneInfo) -> None:
    for look in first_looks(start):
        local = look.at.astimezone(zone).date()
        week = weeks.get(local - datetime.timedelta(days=local.weekday()))
        if week is not None:
            week.looked += 1
            week.passed += look.passed


def _collect_waits(weeks: dict[datetime.date, Week], start: datetime.datetime, zone: ZoneInfo) -> None:
    """From the moment something came to the client until somebody decided on it."""
    came = StateChange.objects.filter(
        object_id=OuterRef("object_id"), after=OuterRef("before"), at__lt=OuterRef("at")
    ).order_by("-at")
    left = StateChange.objects.filter(before__in=CLIENT_STAGE, at__gte=start).exclude(by_id=None)
    waited = ExpressionWrapper(F("at") - Subquery(came.values("at")[:1]), DurationField())
    for at, wait in left.order_by().annotate(waited=waited).values_list("at", "waited"):
        local = at.astimezone(zone).date()
        week = weeks.get(local - datetime.timedelta(days=local.weekday()))
        if week is not None and wait is not None:
            week.waits.append(wait.total_seconds() / 3600)


def _count_deliveries(weeks: dict[datetime.date, Week], start: datetime.datetime, zone: ZoneInfo) -> None:
    rows = (
        SocialPost.objects.filter(state__in=GONE_OUT, scheduled_at__gte=start)
        .order_by()
        .annotate(week=TruncWeek("scheduled_at", tzinfo=zone))
        .values_list("week")
        .annotate(things=Count("pk"))
    )
    for moment, things in rows:
        week = weeks.get(moment.date())
        if week is not None:
            week.delivered += things


def voices_since(start: datetime.datetime) -> Iterable[Voice]:
    """Each persona's posts that are planned from `start` on."""
    again = Decision.objects.filter(object_id=OuterRef("pk"), outcome__in=ANOTHER_ROUND).exclude(
        void_reason=VoidReason.UNDONE
    )
    accepted = Q(state__in=PLANNED)
    rows: Any = (
        SocialPost.objects.filter(scheduled_at__gte=start)
        .order_by()
        .annotate(again=Exists(again))
        .values_list("blog_post__topic__persona__name")
        .annotate(
            planned=Count("pk"),
            accepted=Count("pk", filter=accepted),
            first=Count("pk", filter=accepted & Q(again=False)),
        )
        .order_by("-planned", "blog_post__topic__persona__name")
    )
    return [Voice(*row) for row in rows]


def example(weeks: int) -> list[Week]:
    """Made-up figures that show what the page will look like."""
    shape = [(2, 5), (3, 8), (3, 9), (4, 12), (3, 10), (4, 14)]
    today = timezone.localdate()
    this = today - datetime.timedelta(days=today.weekday())
    return [
        Week(
            this - datetime.timedelta(weeks=weeks - 1 - place),
            articles=shape[place % len(shape)][0],
            posts=shape[place % len(shape)][1],
            waits=[30.0 - place],
        )
        for place in range(weeks)
    ]
