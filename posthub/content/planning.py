"""Which days of a month get a topic, by whom, about what kind of thing."""

import datetime
from dataclasses import dataclass
from itertools import cycle
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from posthub.content.models import THEMES, MarketingEvent
from posthub.personas.models import Persona

STAGES = ("awareness", "consideration", "awareness", "decision")
LEAD_DAYS = 2  # a topic needs at least this long to become an article and posts


@dataclass(frozen=True, slots=True)
class Slot:
    """One day that wants a topic."""

    date: datetime.date
    persona: Persona
    funnel_stage: str
    theme: str
    event: MarketingEvent | None

    def as_input(self, number: int) -> dict[str, Any]:
        event = self.event and {
            "key": self.event.key,
            "name": self.event.name,
            "date": self.event.date.isoformat(),
        }
        return {
            "slot": number,
            "date": self.date.isoformat(),
            "persona": self.persona.as_input(),
            "event": event,
            "funnel_stage": self.funnel_stage,
            "theme": self.theme,
        }


def month_to_plan(zone: str) -> str:
    """This month while at least half of it is left, else the next one."""
    today = timezone.now().astimezone(ZoneInfo(zone)).date()
    return (today if today.day <= 15 else first_of_next(today)).strftime("%Y-%m")


def first_of_next(day: datetime.date) -> datetime.date:
    return (day.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)


def days_of(month: str, weekdays: str, *, after: datetime.date) -> list[datetime.date]:
    """The posting days of `month` after the day `after`; `weekdays` is "1,2,3" with Monday as 1.

    Where the client chose so few days that none is left, every day of the rest of the month serves.
    """
    first = datetime.date.fromisoformat(f"{month}-01")
    wanted = {int(day) for day in weekdays.split(",") if day.strip().isdigit()}
    rest = [
        day
        for day in (
            first + datetime.timedelta(days=offset) for offset in range((first_of_next(first) - first).days)
        )
        if day > after
    ]
    return [day for day in rest if day.isoweekday() in wanted] or rest


def spread(days: list[datetime.date], count: int) -> list[datetime.date]:
    """`count` of the days, evenly over the month; a day is used twice only when there are more topics than days."""
    if not days:
        return []
    return sorted(days[(number * len(days) // count) % len(days)] for number in range(count))


def plan_slots(
    days: list[datetime.date], personas: list[Persona], events: list[MarketingEvent], *, start: int = 0
) -> list[Slot]:
    """One slot a day: voices, themes and funnel stages in turn; each event goes to the last day before it."""
    voices, stages, themes = cycle(personas), cycle(STAGES), cycle(THEMES)
    for _skipped in range(start):
        next(voices), next(stages), next(themes)
    by_day = _events_by_day(days, events)
    return [
        Slot(day, next(voices), next(stages), next(themes), by_day.get(number))
        for number, day in enumerate(days)
    ]


def _events_by_day(days: list[datetime.date], events: list[MarketingEvent]) -> dict[int, MarketingEvent]:
    """At most every third slot speaks of an event, so that the month is not all holidays."""
    chosen: dict[int, MarketingEvent] = {}
    seen: set[UUID] = set()
    for event in sorted(events, key=lambda event: (not event.own, event.date)):
        before = [number for number, day in enumerate(days) if day <= event.date and number not in chosen]
        if before and event.pk not in seen and len(chosen) < max(1, len(days) // 3):
            chosen[before[-1]] = event
            seen.add(event.pk)
    return chosen
