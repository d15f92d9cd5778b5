"""Two weeks of December for the Visual Book's calendar."""

import datetime
from types import SimpleNamespace
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

MONDAY = datetime.date(2026, 11, 30)
PARTS = (_("topic"), _("article"), _("social posts"), _("approval"))
# day after MONDAY, time, title, whose ball, how far each part is
SLOTS = (
    (1, "9:00", _("Advent begins with a plaited loaf"), "done", ("done",) * 4),
    (3, "9:00", _("Why our leaven needs eighteen hours"), "you", ("done", "yours", "todo", "todo")),
    (5, "7:00", _("Gingerbread for Saint Nicholas"), "machine", ("done", "running", "todo", "todo")),
    (7, "9:00", _("Rye, wheat, or half and half"), "late", ("done", "late", "todo", "todo")),
    (7, "17:30", _("When we are open at Christmas"), "others", ("done", "done", "running", "todo")),
    (10, "9:00", "", "late", ()),
)


def sample() -> dict[str, Any]:
    days = [_day(number) for number in range(14)]
    week = days[:7]
    hours = [
        SimpleNamespace(
            hour=hour,
            cells=[SimpleNamespace(day=day, more=0, and_more="", shown=_pieces(day, hour)) for day in week],
        )
        for hour in (7, 9)
    ]
    post = SimpleNamespace(
        pk="book", time="9:00", url="#", platform="facebook", state="SCHEDULED", movable=True, move_url="#",
        selector="#post-book",
    )  # fmt: skip
    listed = [day for day in week if day.slots]
    return {"weeks": [days[:7], days[7:]], "week": week, "hours": hours, "post": post, "listed": listed}


def _day(number: int) -> SimpleNamespace:
    date = MONDAY + datetime.timedelta(days=number)
    slots = [_slot(date, *slot[1:]) for slot in SLOTS if slot[0] == number]
    return SimpleNamespace(
        date=date,
        iso=date.isoformat(),
        number=f"{date.day}.",
        short=f"{date.day}. {date.month}.",
        weekday=str(WEEKDAYS_ABBR[date.weekday()]),
        inside=date.month == 12,
        today=number == 2,
        at_risk=any(slot.ball == "late" for slot in slots),
        events=[_("Saint Nicholas")] if number == 5 else [],
        slots=slots,
        shown=slots,
        more=0,
        and_more="",
    )


def _slot(date: datetime.date, time: str, title: str, ball: str, states: tuple[str, ...]) -> SimpleNamespace:
    return SimpleNamespace(
        id=f"book-{date:%m%d}-{time[:2].strip(':')}",
        plan=SimpleNamespace(pk="book", persona="Josef"),
        time=time,
        title=title or _("Topic missing"),
        ball=ball,
        parts=tuple(zip(PARTS, states, strict=False)),
        url="#",
        named="topic=book",
        version="1",
        movable=ball != "done",
        missing=not title,
        posts=[],
    )


def _pieces(day: SimpleNamespace, hour: int) -> list[SimpleNamespace]:
    """What is written at one hour, as the week's table has it."""
    return [
        SimpleNamespace(
            id=f"w{slot.id}", slot=slot, post=None, time=slot.time, url="#", version="1", movable=slot.movable
        )
        for slot in day.slots
        if slot.time.split(":")[0] == str(hour) and not slot.missing
    ]
