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
from posthub.approvals.queries.first_looks import PASSED, Rate
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
    """Of a group of things: how many were approved, and the figures; None where there is nothing to tell.

    `looks` counts what was decided on at all, approved since or not.
    """

    name: Any
    approved: int
    cycle: datetime.timedelta | None
    rounds: float | None
    looks: Rate


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
    looked = _by_thing(words)
    things = _approved(looked)
    months = {_month_of(thing[0]) for thing in looked} | {_month_of(thing[-1]) for thing in things}
    kinds = {thing[0].kind for thing in looked}
    return Analytics(
        whole=_measure("", things, looked),
        months=[
            _measure(
                datetime.date.fromisoformat(f"{month}-01"),
                [thing for thing in things if _month_of(thing[-1]) == month],
                [thing for thing in looked if _month_of(thing[0]) == month],
            )
            for month in sorted(months, reverse=True)
        ],
        kinds=[
            _measure(
                KIND_NAMES[kind],
                [thing for thing in things if thing[0].kind == kind],
                [thing for thing in looked if thing[0].kind == kind],
            )
            for kind in KIND_NAMES
            if kind in kinds
        ],
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


def _by_thing(words: Iterable[Word]) -> list[list[Word]]:
    by_thing: dict[UUID, list[Word]] = defaultdict(list)
    for word in words:
        by_thing[word.object_id].append(word)
    return list(by_thing.values())


def _month_of(word: Word) -> str:
    return f"{word.decided:%Y-%m}"


def _approved(looked: Iterable[list[Word]]) -> list[list[Word]]:
    """Of each thing that was approved the decisions up to the last yes."""
    things = []
    for said in looked:
        last = max((n for n, word in enumerate(said) if word.outcome == Outcome.APPROVED), default=None)
        if last is not None:
            things.append(said[: last + 1])
    return things


def _measure(name: Any, things: list[list[Word]], looked: list[list[Word]]) -> Measure:
    looks = Rate(sum(thing[0].outcome in PASSED for thing in looked), len(looked))
    if not things:
        return Measure(name, 0, None, None, looks)
    cycles = [thing[-1].decided - thing[-1].first_came for thing in things if thing[-1].first_came]
    again = [sum(word.outcome in AGAIN for word in thing) for thing in things]
    return Measure(
        name=name,
        approved=len(things),
        cycle=middle(cycles) if cycles else None,
        rounds=round(1 + mean(again), 1),
        looks=looks,
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
