"""The calendar: what goes out on which day, how ready it is, and which days are in danger."""

import calendar
import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.approvals.queries.forecast import Pace
from posthub.content.models import MarketingEvent
from posthub.content.policies import CLIENT_STAGE, STAFF_STAGE
from posthub.content.queries import Line, lines
from posthub.organizations.models import Organization
from posthub.ui.times import day as day_in_words

READY = frozenset({"APPROVED", "SCHEDULED", "DELIVERING", "DELIVERED"})
OUT = frozenset({"SCHEDULED", "DELIVERING", "DELIVERED"})
DANGER_DAYS = 2  # what is not ready this many days before its day is in danger


@dataclass(slots=True)
class Post:
    """A social post at its local time."""

    line: Line
    at: datetime.datetime

    @property
    def url(self) -> str:
        return reverse("approvals:review", args=["post", self.line.pk])

    @property
    def selector(self) -> str:
        return f"#post-{self.line.pk}"

    @property
    def movable(self) -> bool:
        return self.line.state not in {"DELIVERING", "DELIVERED"}


@dataclass(slots=True)
class Slot:
    """What one topic has on one day: its article, its posts, or only itself so far."""

    topic: Line
    date: datetime.date
    time: str
    title: str
    url: str
    ball: str
    parts: list[tuple[str, str]]
    posts: list[Post] = field(default_factory=list)
    missing: bool = False
    slow: bool = False  # at the client's pace it will not be through in time

    @property
    def at_risk(self) -> bool:
        return self.ball == "late" or self.missing or self.slow


@dataclass(slots=True)
class Day:
    date: datetime.date
    inside: bool
    today: bool
    slots: list[Slot] = field(default_factory=list)
    events: list[str] = field(default_factory=list)

    @property
    def short(self) -> str:
        """ "3 Dec", or "3. 12." in Czech."""
        return day_in_words(self.date)

    @property
    def at_risk(self) -> bool:
        return any(slot.at_risk for slot in self.slots)


@dataclass(slots=True)
class Month:
    first: datetime.date
    weeks: list[list[Day]]

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week]

    @property
    def slots(self) -> list[Slot]:
        return [slot for day in self.days if day.inside for slot in day.slots]

    @property
    def busy_days(self) -> list[Day]:
        """The month's own days on which something is to go out."""
        return [day for day in self.days if day.inside and any(not slot.missing for slot in day.slots)]

    @property
    def at_risk(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.at_risk]

    @property
    def certified(self) -> bool:
        """Whether anything of it is approved, so that there is something to certify."""
        return any(dict(slot.parts).get(_("article")) == "done" for slot in self.slots)

    @property
    def busy_weeks(self) -> list[tuple[str, str, list[Day]]]:
        """The weeks that hold something, each with its days that do."""
        weeks = [
            (week[0].short, week[-1].short, [day for day in week if day.slots and day.inside])
            for week in self.weeks
        ]
        return [week for week in weeks if week[2]]


def month_of(
    first: datetime.date, organization: Organization, *, supervises: bool, pace: Pace | None = None
) -> Month:
    """The month in whole weeks, in two statements. With the client's `pace` slots that it is too slow for are told."""
    zone = ZoneInfo(organization.zone)
    dates = calendar.Calendar().monthdatescalendar(first.year, first.month)
    start, end = dates[0][0], dates[-1][-1]
    slots = _slots(_lines_between(start, end, zone), organization, supervises=supervises)
    events: dict[datetime.date, list[str]] = defaultdict(list)
    for event in MarketingEvent.objects.filter(date__range=(start, end)):
        events[event.date].append(event.name)
    today = timezone.now().astimezone(zone).date()
    if pace is not None:
        _note_slow(slots, pace, zone)
    return Month(
        first,
        [
            [
                Day(date, date.month == first.month, date == today, slots.get(date, []), events.get(date, []))
                for date in week
            ]
            for week in dates
        ],
    )


def _note_slow(slots: dict[datetime.date, list[Slot]], pace: Pace, zone: ZoneInfo) -> None:
    now = timezone.now()
    for date, of_day in slots.items():
        left = datetime.datetime.combine(date, datetime.time(8), zone) - now
        for slot in of_day:
            states = dict(slot.parts)
            wanted = [states.get(part) for part in (_("topic"), _("article"), _("approval"))]
            slot.slow = pace.late_after(sum(state not in {"done", None} for state in wanted), left)


def _lines_between(start: datetime.date, end: datetime.date, zone: ZoneInfo) -> list[Line]:
    moment = datetime.datetime.combine(start, datetime.time(0), zone)
    after = datetime.datetime.combine(end + datetime.timedelta(days=1), datetime.time(0), zone)
    of_topics = Q(date__range=(start, end)) | Q(
        blog_post__social_posts__scheduled_at__gte=moment, blog_post__social_posts__scheduled_at__lt=after
    )
    of_posts = Q(blog_post__topic__date__range=(start, end)) | Q(
        scheduled_at__gte=moment, scheduled_at__lt=after
    )
    found = lines(topics=of_topics, articles=Q(topic__date__range=(start, end)), posts=of_posts)
    return list(dict.fromkeys(found))  # a topic comes once for each of its posts


def _slots(
    found: list[Line], organization: Organization, *, supervises: bool
) -> dict[datetime.date, list[Slot]]:
    by_topic: dict[UUID, list[Line]] = defaultdict(list)
    for line in found:
        by_topic[line.topic_id].append(line)
    days: dict[datetime.date, list[Slot]] = defaultdict(list)
    refused = []
    for group in by_topic.values():
        topic = next((line for line in group if line.kind == "topic"), None)
        if topic is None:
            continue
        if topic.state == "REJECTED":
            refused.append(topic)
            continue
        for slot in _of_topic(topic, group, organization, supervises=supervises):
            days[slot.date].append(slot)
    today = timezone.now().astimezone(ZoneInfo(organization.zone)).date()
    for topic in refused:
        if topic.day > today and not days.get(topic.day):
            days[topic.day].append(_missing(topic, organization))
    for day in days.values():
        day.sort(key=lambda slot: (slot.time.zfill(5), slot.title))
    return days


def _of_topic(topic: Line, group: list[Line], organization: Organization, *, supervises: bool) -> list[Slot]:
    """One slot for each day on which something of the topic goes out; its own day while there are no posts."""
    zone = ZoneInfo(organization.zone)
    article = next((line for line in group if line.kind == "article"), None)
    posts = [
        Post(line, line.due.astimezone(zone))
        for line in group
        if line.kind == "post" and line.state != "REJECTED"
    ]
    by_day: dict[datetime.date, list[Post]] = defaultdict(list)
    for post in sorted(posts, key=lambda post: post.at):
        by_day[post.at.date()].append(post)
    if not by_day:
        by_day[topic.day] = []
    return [
        _slot(topic, article, day, day_posts, organization, supervises=supervises)
        for day, day_posts in by_day.items()
    ]


def _slot(
    topic: Line,
    article: Line | None,
    date: datetime.date,
    posts: list[Post],
    organization: Organization,
    *,
    supervises: bool,
) -> Slot:
    mine = CLIENT_STAGE if supervises else STAFF_STAGE
    lines_of_posts = [post.line for post in posts]
    parts = [
        (_("topic"), _part([topic], READY, mine)),
        (_("article"), _part([article] if article else [], READY, mine)),
        (_("social posts"), _part(lines_of_posts, READY | CLIENT_STAGE | STAFF_STAGE, frozenset())),
        (_("approval"), _part(lines_of_posts, OUT, mine)),
    ]
    today = timezone.now().astimezone(ZoneInfo(organization.zone)).date()
    ball = _ball([state for _name, state in parts], (date - today).days)
    if ball == "late":
        parts = _with_late(parts)
    next_line = _next_line(topic, article, lines_of_posts)
    return Slot(
        topic=topic,
        date=date,
        time=f"{posts[0].at.hour}:{posts[0].at.minute:02d}" if posts else organization.post_hours.lstrip("0"),
        title=next_line.title,
        url=reverse("approvals:review", args=[next_line.kind, next_line.pk]),
        ball=ball,
        parts=parts,
        posts=posts,
    )


def _part(things: list[Line], ready: frozenset[str], mine: frozenset[str]) -> str:
    """done, yours, running, late or todo: of several things the one that needs somebody most."""
    states = {thing.state for thing in things}
    if not states:
        return "todo"
    if "FAILED" in states:
        return "late"
    if "ON_HOLD" in states:
        return "todo"
    if states & mine:
        return "yours"
    return "done" if states <= ready else "running"


def _ball(states: Iterable[str], days_left: int) -> str:
    states = list(states)
    if set(states) == {"done"}:
        return "done"
    if "late" in states or days_left < DANGER_DAYS:
        return "late"
    if "yours" in states:
        return "you"
    return "machine" if "running" in states else "others"


def _with_late(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The first part that is not done is what makes the slot late."""
    at = next(number for number, (_name, state) in enumerate(parts) if state != "done")
    return [(name, "late" if number == at else state) for number, (name, state) in enumerate(parts)]


def _next_line(topic: Line, article: Line | None, posts: list[Line]) -> Line:
    """What a click opens: the stage that the topic has reached."""
    if posts:
        return next((post for post in posts if post.state not in OUT), posts[0])
    return article or topic


def _missing(topic: Line, organization: Organization) -> Slot:
    return Slot(
        topic=topic,
        date=topic.day,
        time=organization.post_hours.lstrip("0"),
        title=_("Topic missing"),
        url=f"{reverse('content:topics')}?month={topic.month}",
        ball="late",
        parts=[],
        missing=True,
    )
