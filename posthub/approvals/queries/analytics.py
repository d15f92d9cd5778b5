"""How approving goes: how long it takes, in how many rounds, how often at once, and who is waited for."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import mean
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Min, OuterRef, Subquery
from django.utils import timezone

from posthub.accounts.models import User
from posthub.approvals.models import Decision, Outcome, VoidReason
from posthub.approvals.queries.forecast import middle
from posthub.approvals.queries.inbox import KIND_NAMES
from posthub.lifecycle.models import StateChange
from posthub.organizations.models import Organization
from posthub.worklist.models import WaitsOn, WorkItem
from posthub.worklist.queries import THING

LOOKED_BACK = datetime.timedelta(days=183)
MOST = 5000  # decisions of half a year, far more than the largest plan brings
BALLS = frozenset({WaitsOn.CLIENT, WaitsOn.STAFF, WaitsOn.MACHINE})
AGAIN = frozenset({Outcome.CHANGES, Outcome.REGENERATED, Outcome.REJECTED})


class Word(NamedTuple):
    """One decision: on what, by whom, when it came to them and when the thing first came to anybody."""

    kind: str
    object_id: UUID
    outcome: str
    by_id: UUID
    by_name: str
    rule: str
    decided: datetime.datetime
    came: datetime.datetime | None
    first_came: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Measure:
    """Of a group of things that were approved: how many, and the figures; None where there is nothing to tell."""

    name: Any
    approved: int
    cycle: datetime.timedelta | None
    rounds: float | None
    first_pass: float | None

    @property
    def percent(self) -> int:
        return round((self.first_pass or 0) * 100)


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    decided: int
    wait: datetime.timedelta | None


@dataclass(frozen=True, slots=True)
class Waiting:
    whom: str
    count: int
    since: datetime.datetime


@dataclass(frozen=True, slots=True)
class Analytics:
    whole: Measure
    months: list[Measure]
    kinds: list[Measure]
    people: list[Person]
    waiting: list[Waiting]


def analytics(organization: Organization) -> Analytics:
    """Three statements, whatever there is."""
    words = _words()
    things = _things(words)
    months: dict[str, list[list[Word]]] = defaultdict(list)
    kinds: dict[str, list[list[Word]]] = defaultdict(list)
    for thing in things:
        months[f"{thing[-1].decided:%Y-%m}"].append(thing)
        kinds[thing[-1].kind].append(thing)
    return Analytics(
        whole=_measure("", things),
        months=[
            _measure(datetime.date.fromisoformat(f"{month}-01"), group)
            for month, group in sorted(months.items(), reverse=True)
        ],
        kinds=[_measure(KIND_NAMES[kind], kinds[kind]) for kind in KIND_NAMES if kind in kinds],
        people=_people(words),
        waiting=_waiting(organization),
    )


def _words() -> list[Word]:
    """The decisions that stood, or were overtaken by another text; what was undone says nothing. One statement."""
    change = StateChange.objects.filter(kind=OuterRef("kind"), object_id=OuterRef("object_id"))
    came = change.filter(after=OuterRef("before"), at__lt=OuterRef("created_at")).order_by("-at")
    first = change.filter(after__in=["DRAFT", "IN_REVIEW", "PENDING_APPROVAL"]).order_by("at")
    rows = (
        Decision.objects.filter(created_at__gte=timezone.now() - LOOKED_BACK)
        .exclude(void_reason=VoidReason.UNDONE)
        .annotate(came=Subquery(came.values("at")[:1]), first_came=Subquery(first.values("at")[:1]))
        .order_by("-created_at")
    )
    columns = ("kind", "object_id", "outcome", "by_id", "by_name", "rule", "created_at", "came", "first_came")
    return [Word(*row) for row in rows.values_list(*columns)[:MOST]][::-1]


def _things(words: Iterable[Word]) -> list[list[Word]]:
    """Of each thing that was approved the decisions up to the last yes."""
    by_thing: dict[UUID, list[Word]] = defaultdict(list)
    for word in words:
        by_thing[word.object_id].append(word)
    things = []
    for said in by_thing.values():
        last = max((n for n, word in enumerate(said) if word.outcome == Outcome.APPROVED), default=None)
        if last is not None:
            things.append(said[: last + 1])
    return things


def _measure(name: Any, things: list[list[Word]]) -> Measure:
    if not things:
        return Measure(name, 0, None, None, None)
    cycles = [thing[-1].decided - thing[-1].first_came for thing in things if thing[-1].first_came]
    again = [sum(word.outcome in AGAIN for word in thing) for thing in things]
    return Measure(
        name=name,
        approved=len(things),
        cycle=middle(cycles) if cycles else None,
        rounds=round(1 + mean(again), 1),
        first_pass=sum(count == 0 for count in again) / len(things),
    )


def _people(words: list[Word]) -> list[Person]:
    """Who decided how much, and how long things wait for them; a rule is nobody."""
    by_person: dict[UUID, list[Word]] = defaultdict(list)
    for word in words:
        if not word.rule:
            by_person[word.by_id].append(word)
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=by_person)}
    people = []
    for pk, said in by_person.items():
        waits = [word.decided - word.came for word in said if word.came]
        people.append(Person(names.get(pk) or said[-1].by_name, len(said), middle(waits) if waits else None))
    return sorted(people, key=lambda person: -person.decided)


def _waiting(organization: Organization) -> list[Waiting]:
    """Who has the ball now, and since when."""
    rows = WorkItem.objects.filter(organization=organization).values("waits_on")
    found = rows.annotate(count=Count(THING, distinct=True), oldest=Min("since")).order_by("oldest")
    return [
        Waiting(str(WaitsOn(row["waits_on"]).label), row["count"], row["oldest"])
        for row in found
        if row["waits_on"] in BALLS
    ]
