import datetime
from types import SimpleNamespace

from posthub.content import events
from posthub.content.planning import days_of, plan_slots, spread
from posthub.core.days import is_month

DECEMBER = datetime.date(2026, 12, 1)


def test_a_month_is_named_by_year_and_number() -> None:
    assert [is_month(text) for text in ("2026-12", "2026-13", "26-12", "2026-1", "")] == [
        True,
        False,
        False,
        False,
        False,
    ]


def test_only_posting_days_after_today_are_planned() -> None:
    days = days_of("2026-12", "2,4", after=datetime.date(2026, 12, 15))
    assert [day.day for day in days] == [17, 22, 24, 29, 31]


def test_the_rest_of_a_month_without_posting_days_is_used_whole() -> None:
    assert [day.day for day in days_of("2026-12", "2", after=datetime.date(2026, 12, 29))] == [30, 31]


def test_topics_are_spread_evenly_and_share_days_only_when_they_must() -> None:
    days = [DECEMBER + datetime.timedelta(days=number) for number in range(24)]
    assert [day.day for day in spread(days, 6)] == [1, 5, 9, 13, 17, 21]
    assert len(set(spread(days[:3], 6))) == 3
    assert spread([], 6) == []


def test_voices_take_turns_and_an_event_goes_to_the_last_day_before_it() -> None:
    days = [DECEMBER + datetime.timedelta(days=number) for number in (0, 3, 7, 14, 21, 28)]
    event = SimpleNamespace(
        pk=1, own=False, date=datetime.date(2026, 12, 24), key="holiday", name="Štědrý den"
    )
    slots = plan_slots(days, ["anna", "josef"], [event])  # type: ignore[list-item, arg-type]
    assert [slot.persona for slot in slots] == ["anna", "josef"] * 3
    assert [slot.date.day for slot in slots if slot.event] == [22]


def test_moving_holidays_fall_on_their_day() -> None:
    mothers_day = {"month": 5, "weekday": 6, "nth": 2}
    black_friday = {"month": 11, "weekday": 3, "nth": 4, "offset": 1}
    advent = {"month": 11, "day": 27, "on_or_after": 6}
    assert events.date_of(mothers_day, 2027) == datetime.date(2027, 5, 9)
    assert events.date_of(black_friday, 2026) == datetime.date(2026, 11, 27)
    assert [events.date_of(advent, year).isoformat() for year in (2026, 2027, 2022)] == [
        "2026-11-29",
        "2027-11-28",
        "2022-11-27",
    ]


def test_czech_holidays_come_in_the_company_s_language(tenant: object) -> None:
    names = {event.name for event in events.keep_events("2026-12", country="CZ", language="cs")}
    assert {"Štědrý den", "Mikulášská nadílka"} <= names
    assert len(events.keep_events("2026-12", country="CZ", language="cs")) == len(names)
