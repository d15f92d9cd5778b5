"""Clock times and the moments they stand for."""

import datetime
from zoneinfo import ZoneInfo

# Minutes after the organization's posting time, so that the networks do not all speak at once.
STAGGER = {"linkedin": 0, "facebook": 30, "x": 60, "instagram": 180, "tiktok": 420}


FURTHEST = datetime.timedelta(
    days=366
)  # nobody plans further than a year ahead; a later year is a slip of the hand


def to_utc(wall: datetime.datetime, zone: str) -> datetime.datetime:
    """The moment at which clocks in `zone` show `wall` (naive).

    A time that the spring change skips moves forward with the clocks (02:30 is shown as 03:30); one
    that the autumn change repeats is the first of the two.
    """
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(datetime.UTC)


def slot_of(platform: str, date: datetime.date, hours: str) -> datetime.datetime:
    """The clock time (naive) at which a post for `platform` goes out on `date`; `hours` is "09:00"."""
    hour, _colon, minute = hours.partition(":")
    start = datetime.datetime.combine(date, datetime.time(int(hour), int(minute or 0)))
    moved = start + datetime.timedelta(minutes=STAGGER.get(platform, 0))
    return moved if moved.date() == date else start
