"""A time zone as calendar programs are told of it: each change of its clocks in a span, nothing guessed beyond."""

import datetime
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY = datetime.timedelta(days=1)
NO_TIME = datetime.timedelta(0)


def described(zone: ZoneInfo, start: datetime.date, end: datetime.date) -> Timezone:
    """A VTIMEZONE that holds for the span."""
    timezone = Timezone()
    timezone.add("tzid", zone.key)
    first = datetime.datetime.combine(start, datetime.time(0), datetime.UTC) - DAY
    timezone.add_component(_observed(zone, first, _offset(zone, first)))
    for moment in changes(zone, first, datetime.datetime.combine(end, datetime.time(0), datetime.UTC) + DAY):
        timezone.add_component(_observed(zone, moment, _offset(zone, moment - datetime.timedelta(minutes=1))))
    return timezone


def changes(zone: ZoneInfo, start: datetime.datetime, end: datetime.datetime) -> Iterator[datetime.datetime]:
    """The moments at which clocks are set to another offset, to the minute."""
    day = start
    while day < end:
        if _offset(zone, day) != _offset(zone, day + DAY):
            yield _between(zone, day, day + DAY)
        day += DAY


def _between(zone: ZoneInfo, before: datetime.datetime, after: datetime.datetime) -> datetime.datetime:
    minute = datetime.timedelta(minutes=1)
    while after - before > minute:
        middle = before + minute * ((after - before) // minute // 2)
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, moment: datetime.datetime) -> datetime.timedelta:
    return moment.astimezone(zone).utcoffset() or NO_TIME


def _observed(
    zone: ZoneInfo, moment: datetime.datetime, before: datetime.timedelta
) -> TimezoneStandard | TimezoneDaylight:
    """From `moment` on; it begins at what clocks showed just before."""
    local = moment.astimezone(zone)
    observed = TimezoneDaylight() if local.dst() else TimezoneStandard()
    observed.add("dtstart", (moment + before).replace(tzinfo=None))
    observed.add("tzoffsetfrom", before)
    observed.add("tzoffsetto", _offset(zone, moment))
    observed.add("tzname", local.tzname() or zone.key)
    return observed
