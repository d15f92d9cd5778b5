"""Days worth writing about: public holidays of a country and the marketing days in `data/events.json`."""

import calendar
import datetime
import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import holidays

from posthub.content.models import MarketingEvent

HOLIDAY_LANGUAGES = {"cs": "cs", "en": "en_US"}


def keep_events(month: str, *, country: str, language: str) -> list[MarketingEvent]:
    """The events of a month, those from the calendar made where they are missing; the client's own included."""
    year, number = int(month[:4]), int(month[5:])
    known = {
        (key, date): name for key, name, date in known_days(year, country, language) if date.month == number
    }
    for (key, date), name in known.items():
        MarketingEvent.objects.get_or_create(key=key, date=date, defaults={"name": name[:120], "own": False})
    there = MarketingEvent.objects.filter(date__year=year, date__month=number, left_out=False)
    return [event for event in there if event.own or (event.key, event.date) in known]


class EventDay(NamedTuple):
    """`key` names it; `pk` is None as long as nobody has asked for topics or changed anything about it."""

    date: datetime.date
    name: str
    key: str
    own: bool = False
    left_out: bool = False
    pk: UUID | None = None


def days_between(
    start: datetime.date, end: datetime.date, *, country: str, language: str, all_of_them: bool = False
) -> list[EventDay]:
    """The days worth writing about in a span, kept or not; those left out only where wanted. One statement.

    Of the calendar's own days the calendar says name and date: what was kept for another country, in another
    language or by an older rule does not count.
    """
    days = {
        (key, date): EventDay(date, name, key)
        for year in range(start.year, end.year + 1)
        for key, name, date in known_days(year, country, language)
        if start <= date <= end
    }
    rows = MarketingEvent.objects.filter(date__range=(start, end))
    for pk, date, name, key, own, out in rows.values_list("pk", "date", "name", "key", "own", "left_out"):
        named = days.get((key, date))
        if own:
            days[str(pk), date] = EventDay(date, name, str(pk), own, out, pk)
        elif named:
            days[key, date] = named._replace(left_out=out, pk=pk)
    found = (day for day in days.values() if all_of_them or not day.left_out)
    return sorted(found, key=lambda day: (day.date, day.name))


def public_holidays(start: datetime.date, end: datetime.date, country: str) -> set[datetime.date]:
    """The days in a span on which the country rests."""
    years = range(start.year, end.year + 1)
    return {date for year in years for _key, _name, date in _public_holidays(year, country, "en")}


@lru_cache(256)
def known_days(year: int, country: str, language: str) -> list[tuple[str, str, datetime.date]]:
    """Public holidays and marketing days of a year: key, name, day."""
    return [*_public_holidays(year, country, language), *_marketing_days(year, country, language)]


def _public_holidays(year: int, country: str, language: str) -> list[tuple[str, str, datetime.date]]:
    if country not in holidays.list_supported_countries():
        return []
    found = holidays.country_holidays(country, years=year, language=HOLIDAY_LANGUAGES.get(language))
    return [(f"holiday:{date:%m-%d}", name, date) for date, name in sorted(found.items())]


@cache
def _rules() -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = json.loads(
        (Path(__file__).parent / "data" / "events.json").read_text("utf-8")
    )
    return rules


def _marketing_days(year: int, country: str, language: str) -> list[tuple[str, str, datetime.date]]:
    return [
        (f"day:{rule['key']}", rule["name"].get(language, rule["name"]["en"]), date_of(rule, year))
        for rule in _rules()
        if not rule.get("countries") or country in rule["countries"]
    ]


def date_of(rule: dict[str, Any], year: int) -> datetime.date:
    """The rule's day: `{"month", "day"}`, the weekday `"on_or_after"` it, or the `"nth"` `"weekday"` of the month.

    Monday is 0, nth counts from 1, `"offset"` adds days. `"days"` are four: of leap years and the three after them,
    as the sun goes. A `"working"` day that falls on a week-end is the Monday after it.
    """
    if "days" in rule:
        date = datetime.date(year, rule["month"], rule["days"][year % 4])
    elif "day" in rule:
        date = datetime.date(year, rule["month"], rule["day"])
        if "on_or_after" in rule:
            date += datetime.timedelta(days=(rule["on_or_after"] - date.weekday()) % 7)
        if rule.get("working") and date.weekday() > 4:
            date += datetime.timedelta(days=7 - date.weekday())
    else:
        first_weekday = calendar.monthrange(year, rule["month"])[0]
        day = 1 + (rule["weekday"] - first_weekday) % 7 + 7 * (rule["nth"] - 1)
        date = datetime.date(year, rule["month"], day)
    return date + datetime.timedelta(days=rule.get("offset", 0))
