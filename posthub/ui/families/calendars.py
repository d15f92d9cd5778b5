"""What goes out when: a month in a table, a week by the hour, days below each other.

A day has date, iso, number, short, weekday, today, inside, at_risk, events, shown, more and and_more; a slot of it
id, time, title, ball, parts, url, named, version, plan (with pk and persona), movable, missing and posts. `move` is
the address at which a slot is moved, `back` the query that leads here again, `landed` the id of what moved just now.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import pgettext

from posthub.ui.component import component
from posthub.ui.library import register


@component(register)
def calendar_month(
    weeks: Iterable[Iterable[Any]],
    *,
    caption: str,
    move: str = "",
    back: str = "",
    lang: str = "",
    landed: str = "",
) -> None:
    """A month as a table of days, each with its slots and how ready they are; the legend stands below.

    On a phone the days lie below each other. Slots can be dragged, moved by keys, and by a link of their own.
    """


@component(register)
def calendar_day(day: Any, *, move: str = "", back: str = "", lang: str = "", landed: str = "") -> None:
    """The slots of one day of a month: what takes the place of the first three when more is asked for."""


@component(register)
def calendar_week(
    days: Iterable[Any],
    *,
    hours: Iterable[Any],
    move: str = "",
    back: str = "",
    lang: str = "",
    landed: str = "",
) -> None:
    """A week as a table by the hour: what is written at each hour of each day."""


@component(register)
def calendar_list(
    days: Iterable[Any],
    *,
    move: str = "",
    back: str = "",
    lang: str = "",
    landed: str = "",
    prefix: str = "",
    posts: bool = True,
) -> Mapping[str, Any]:
    """Days below each other with what goes out on them: what a phone shows, and everybody without scripts.

    `prefix` keeps ids apart where the same slots stand on the page a second time.
    """
    return {"day_format": pgettext("day of the month", "j")}


@component(register)
def calendar_post(post: Any) -> None:
    """One post of a day in a list: its time, its network, its state and the way to another time."""
