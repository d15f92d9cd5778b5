import datetime

import pytest

from posthub.content.scheduling import slot_of, to_utc

WALL = datetime.datetime


@pytest.mark.parametrize(
    ("wall", "moment"),
    [
        (WALL(2027, 1, 5, 9, 0), "2027-01-05T08:00:00+00:00"),
        (WALL(2027, 7, 5, 9, 0), "2027-07-05T07:00:00+00:00"),
        # The clocks go forward: 02:30 is never shown, 03:30 is.
        (WALL(2027, 3, 28, 2, 30), "2027-03-28T01:30:00+00:00"),
        # The clocks go back: 02:30 is shown twice, the first one counts.
        (WALL(2027, 10, 31, 2, 30), "2027-10-31T00:30:00+00:00"),
    ],
)
def test_a_clock_time_in_prague_is_one_moment(wall: datetime.datetime, moment: str) -> None:
    assert to_utc(wall, "Europe/Prague").isoformat() == moment


def test_networks_speak_one_after_the_other_on_the_same_day() -> None:
    date = datetime.date(2026, 12, 3)
    times = [
        slot_of(name, date, "09:00").strftime("%H:%M")
        for name in ("linkedin", "facebook", "x", "instagram", "tiktok")
    ]
    assert times == ["09:00", "09:30", "10:00", "12:00", "16:00"]


def test_a_late_posting_time_never_slips_into_the_next_day() -> None:
    assert slot_of("tiktok", datetime.date(2026, 12, 3), "22:30") == WALL(2026, 12, 3, 22, 30)
