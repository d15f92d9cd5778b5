"""The calendar's spans: a month in whole weeks, a week by the hour, a list of days."""

import calendar
import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import ngettext

from posthub.approvals.queries.forecast import Pace
from posthub.content.events import days_between
from posthub.content.models import SocialPost, Topic
from posthub.delivery.queries.slots import Post, Slot, slots_between, version_of
from posthub.organizations.models import Organization
from posthub.ui.times import day as day_in_words
from posthub.ui.times import number as day_number

SHOWN = 3  # slots of a day, posts of an hour; the rest is brought when asked for
NAMED = 3  # of what is in danger


def and_more(count: int) -> str:
    return ngettext("+%(count)s more", "+%(count)s more", count) % {"count": count}


@dataclass(slots=True)
class Day:
    date: datetime.date
    inside: bool
    today: bool
    slots: list[Slot] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    whole: bool = False

    @property
    def short(self) -> str:
        """ "3 Dec", or "3. 12." in Czech."""
        return day_in_words(self.date)

    @property
    def iso(self) -> str:
        return self.date.isoformat()

    @property
    def number(self) -> str:
        """With the month where it is another one."""
        return day_number(self.date, with_month=not self.inside)

    @property
    def weekday(self) -> str:
        return str(WEEKDAYS_ABBR[self.date.weekday()])

    @property
    def at_risk(self) -> bool:
        return any(slot.at_risk for slot in self.slots)

    @property
    def shown(self) -> list[Slot]:
        return self.slots if self.whole else self.slots[:SHOWN]

    @property
    def more(self) -> int:
        return len(self.slots) - len(self.shown)

    @property
    def and_more(self) -> str:
        return and_more(self.more)


@dataclass
class Span:
    """Whole weeks of days; `first` is the month's or the week's own first day."""

    first: datetime.date
    weeks: list[list[Day]]

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week]

    @cached_property
    def slots(self) -> list[Slot]:
        return [slot for day in self.days if day.inside for slot in day.slots]

    @property
    def busy_days(self) -> list[Day]:
        """The span's own days on which something is to go out."""
        return [day for day in self.days if day.inside and any(not slot.missing for slot in day.slots)]

    @cached_property
    def at_risk(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.at_risk]

    @property
    def certified(self) -> bool:
        """Whether anything of it is approved, so that there is something to certify."""
        return any("done" in slot.states[1:2] for slot in self.slots)

    @cached_property
    def bare(self) -> list[tuple[Slot, Post]]:
        """What is accepted and to come, but for a picture that its network asks for."""
        return [(slot, post) for slot in self.slots for post in slot.posts if post.waits_for_picture]

    @property
    def first_bare(self) -> list[tuple[Slot, Post]]:
        return self.bare[:NAMED]

    @property
    def first_at_risk(self) -> list[Slot]:
        return self.at_risk[:NAMED]

    @property
    def at_risk_besides(self) -> int:
        return len(self.at_risk) - len(self.first_at_risk)


def month_of(
    first: datetime.date, organization: Organization, *, supervises: bool, pace: Pace | None = None
) -> Span:
    """The month in whole weeks, in three statements. With the client's `pace` what it is too slow for is told."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    month = _span(first, weeks, organization, supervises=supervises)
    if pace is not None:
        _note_slow(month, pace, ZoneInfo(organization.zone))
    return month


def _note_slow(month: Span, pace: Pace, zone: ZoneInfo) -> None:
    now = timezone.now()
    for day in month.days:
        left = datetime.datetime.combine(day.date, datetime.time(8), zone) - now
        for slot in day.slots:
            slot.slow = pace.late_after(slot.decisions_left, left)


def week_of(date: datetime.date, organization: Organization, *, supervises: bool) -> Span:
    """The week that holds `date`."""
    monday = date - datetime.timedelta(days=date.weekday())
    dates = [monday + datetime.timedelta(days=offset) for offset in range(7)]
    return _span(monday, [dates], organization, supervises=supervises)


def day_of(date: datetime.date, organization: Organization, *, supervises: bool) -> Day:
    """One day with all that it holds."""
    slots = slots_between(date, date, organization, supervises=supervises)
    events = days_between(date, date, country=organization.country, language=organization.language)
    today = timezone.now().astimezone(ZoneInfo(organization.zone)).date()
    return Day(date, True, date == today, slots.get(date, []), [event.name for event in events], whole=True)


def _span(
    first: datetime.date, weeks: list[list[datetime.date]], organization: Organization, *, supervises: bool
) -> Span:
    start, end = weeks[0][0], weeks[-1][-1]
    slots = slots_between(start, end, organization, supervises=supervises)
    events: dict[datetime.date, list[str]] = defaultdict(list)
    for event in days_between(start, end, country=organization.country, language=organization.language):
        events[event.date].append(event.name)
    today = timezone.now().astimezone(ZoneInfo(organization.zone)).date()
    of_month = len(weeks) > 1
    return Span(
        first,
        [
            [
                Day(
                    date,
                    date.month == first.month or not of_month,
                    date == today,
                    slots.get(date, []),
                    events.get(date, []),
                )
                for date in week
            ]
            for week in weeks
        ],
    )


@dataclass(slots=True)
class Piece:
    """A post, or a topic whose posts are still to be written, in an hour of a week."""

    slot: Slot
    post: Post | None

    @property
    def time(self) -> str:
        return self.post.time if self.post else self.slot.time

    @property
    def url(self) -> str:
        return self.post.url if self.post else self.slot.url

    @property
    def id(self) -> str:
        return f"p-{self.post.pk}" if self.post else self.slot.id

    @property
    def movable(self) -> bool:
        return self.post.movable if self.post else self.slot.movable and not self.slot.missing

    @property
    def version(self) -> str:
        return version_of(self.slot.plan, [self.post] if self.post else [])


@dataclass(slots=True)
class Cell:
    day: Day
    pieces: list[Piece]

    @property
    def shown(self) -> list[Piece]:
        return self.pieces[:SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.pieces) - SHOWN)

    @property
    def and_more(self) -> str:
        return and_more(self.more)


@dataclass(slots=True)
class Hour:
    hour: int
    cells: list[Cell]


def hours_of(week: Span) -> list[Hour]:
    """The hours in which something goes out, each with its seven days."""
    by_hour: dict[int, dict[datetime.date, list[Piece]]] = defaultdict(lambda: defaultdict(list))
    for day in week.days:
        for slot in day.slots:
            for piece in [Piece(slot, post) for post in slot.posts] or [Piece(slot, None)]:
                by_hour[int(piece.time.split(":")[0])][day.date].append(piece)
    for cells in by_hour.values():
        for pieces in cells.values():
            pieces.sort(key=lambda piece: (piece.time.zfill(5), piece.slot.plan.title))
    return [
        Hour(hour, [Cell(day, by_hour[hour].get(day.date, [])) for day in week.days])
        for hour in sorted(by_hour)
    ]


def days_of_page(slots: list[Slot], days: list[Day]) -> list[Day]:
    """A page of a list: the days of these slots, holding only them."""
    by_date: dict[datetime.date, list[Slot]] = defaultdict(list)
    for slot in slots:
        by_date[slot.date].append(slot)
    return [
        Day(day.date, day.inside, day.today, by_date[day.date], day.events, whole=True)
        for day in days
        if day.date in by_date
    ]


def days_taken(after: datetime.date, organization: Organization) -> set[datetime.date]:
    """The days of the year after `after` on which something goes out, as the organization's clocks see them."""
    zone = ZoneInfo(organization.zone)
    end = after + datetime.timedelta(days=366)
    moment = datetime.datetime.combine(after, datetime.time(0), zone)
    posts = SocialPost.objects.filter(scheduled_at__gte=moment).exclude(state="REJECTED")
    topics = Topic.objects.filter(date__range=(after, end), blog_post__social_posts=None)
    return {
        *(at.astimezone(zone).date() for at in posts.values_list("scheduled_at", flat=True)),
        *topics.exclude(state="REJECTED").values_list("date", flat=True),
    }
