"""What a topic has on a day: how ready it is, who has the ball, and what a click opens. Three statements at most."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from posthub.content.models import SocialPost, Topic
from posthub.content.platforms import NEED_PICTURE, PLATFORMS
from posthub.content.policies import ACCEPTED, CLIENT_STAGE, STAFF_STAGE
from posthub.content.queries import review_address
from posthub.organizations.models import Organization
from posthub.ui.times import day as day_in_words

READY = frozenset({"APPROVED", "SCHEDULED", "DELIVERING", "DELIVERED"})
OUT = frozenset({"SCHEDULED", "DELIVERING", "DELIVERED"})
GONE = frozenset({"DELIVERING", "DELIVERED"})
DANGER_DAYS = 2  # what is not ready this many days before its day is in danger
NOWHERE = "00000000-0000-0000-0000-000000000000"


@dataclass(slots=True)
class Post:
    """A social post at its local time, as one side sees it: the client (`supervises`) or the team."""

    pk: UUID
    topic_id: UUID
    platform: str
    state: str
    at: datetime.datetime
    lacks_picture: bool = False
    supervises: bool | None = None

    @property
    def url(self) -> str:
        return review_address("post", self.pk)

    @property
    def move_url(self) -> str:
        return move_address(self.pk)

    @property
    def picture_url(self) -> str:
        return f"{reverse('content:library')}?for={self.pk}"

    @property
    def selector(self) -> str:
        return f"#post-{self.pk}"

    @property
    def movable(self) -> bool:
        return self.state not in GONE

    @property
    def network(self) -> str:
        return PLATFORMS[self.platform].name

    @property
    def waits_for_picture(self) -> bool:
        """Accepted, and nobody will be asked about it again before it cannot go out."""
        return self.lacks_picture and self.state in ACCEPTED and self.at > timezone.now()

    @property
    def time(self) -> str:
        return f"{self.at.hour}:{self.at.minute:02d}"


class Plan(NamedTuple):
    """A topic and its article, as far as the calendar shows them."""

    pk: UUID
    state: str
    date: datetime.date
    topic_title: str
    month: str
    persona: str
    article_id: UUID | None
    article_state: str | None
    article_title: str | None

    @property
    def title(self) -> str:
        return self.article_title or self.topic_title


PLAN_COLUMNS = (
    "pk", "state", "date", "title", "month", "persona__name",
    "blog_post__pk", "blog_post__state", "blog_post__version__title",
)  # fmt: skip


@dataclass(slots=True)
class Slot:
    """What one topic has on one day: its article, its posts, or only itself so far."""

    plan: Plan
    date: datetime.date
    time: str
    ball: str
    states: tuple[str, ...]
    posts: list[Post] = field(default_factory=list)
    missing: bool = False
    slow: bool = False  # at the client's pace it will not be through in time

    @property
    def at_risk(self) -> bool:
        return self.ball == "late" or self.missing or self.slow

    @property
    def decisions_left(self) -> int:
        """Of topic, article and posts: how many are still to be decided."""
        return sum(state != "done" for state in (*self.states[:2], *self.states[3:4]))

    @property
    def id(self) -> str:
        return f"s-{self.plan.pk}-{self.date:%m%d}"

    @property
    def title(self) -> str:
        return _("Topic missing") if self.missing else self.plan.title

    @property
    def short(self) -> str:
        """ "3 Dec", or "3. 12." in Czech."""
        return day_in_words(self.date)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        return named(self.states, get_language())

    @property
    def url(self) -> str:
        """What a click opens: the stage that the topic has reached."""
        if self.missing:
            return f"{reverse('content:topics')}?month={self.plan.month}"
        if self.posts:
            return next((post for post in self.posts if post.state not in OUT), self.posts[0]).url
        if self.plan.article_id:
            return review_address("article", self.plan.article_id)
        return review_address("topic", self.plan.pk)

    @property
    def movable(self) -> bool:
        """A topic that nobody has decided on, or posts of which none has gone out."""
        if self.posts:
            return all(post.movable for post in self.posts)
        return self.plan.state == "DRAFT" and not self.missing

    @property
    def named(self) -> str:
        """As the address of its move says it."""
        return f"topic={self.plan.pk}&on={self.date}"

    @property
    def version(self) -> str:
        return version_of(self.plan, self.posts)


def version_of(plan: Plan, posts: Iterable[Post]) -> str:
    """Of a slot as people saw it: another one where a part of it was moved, decided or written anew since."""
    said = [f"{plan.pk}:{plan.state}:{plan.date}", *(f"{post.pk}:{post.state}:{post.at}" for post in posts)]
    return sha256("\n".join(said).encode()).hexdigest()[:16]


@lru_cache(4096)
def named(states: tuple[str, ...], _language: str | None) -> tuple[tuple[str, str], ...]:
    """The states with the names of their parts, in the language that is active."""
    parts = (_("topic"), _("article"), _("social posts"), _("approval"), _("picture"))
    return tuple(zip(parts, states, strict=False))


@cache
def _move_address() -> str:
    return reverse("delivery:move_post", urlconf="posthub.urls.tenant", args=[NOWHERE])


def move_address(pk: UUID) -> str:
    return _move_address().replace(NOWHERE, str(pk))


def slots_between(
    start: datetime.date, end: datetime.date, organization: Organization, *, supervises: bool
) -> dict[datetime.date, list[Slot]]:
    """The slots of each day of the span, the earliest first. Two statements."""
    zone = ZoneInfo(organization.zone)
    moment = datetime.datetime.combine(start, datetime.time(0), zone)
    after = datetime.datetime.combine(end + datetime.timedelta(days=1), datetime.time(0), zone)
    going_out = Q(scheduled_at__gte=moment, scheduled_at__lt=after)
    there = SocialPost.objects.filter(going_out).order_by().values("blog_post__topic_id")
    plans = plans_of(Q(date__range=(start, end)) | Q(pk__in=there))
    posts = posts_of(Q(blog_post__topic__date__range=(start, end)) | going_out, zone, supervises=supervises)
    days = _days_of(plans, posts, organization, supervises=supervises)
    return {date: slots for date, slots in days.items() if start <= date <= end}


def plans_of(condition: Q) -> list[Plan]:
    rows = Topic.objects.filter(condition).order_by("date", "title", "pk")
    return [Plan(*row) for row in rows.values_list(*PLAN_COLUMNS)]


def posts_of(condition: Q, zone: ZoneInfo, *, supervises: bool | None = None) -> dict[UUID, list[Post]]:
    """The posts that were not refused, by topic, the earliest first."""
    rows = SocialPost.objects.filter(condition).exclude(state="REJECTED").order_by("scheduled_at", "platform")
    posts: dict[UUID, list[Post]] = defaultdict(list)
    for pk, topic_id, platform, state, at, media in rows.values_list(
        "pk", "blog_post__topic_id", "platform", "state", "scheduled_at", "media_hash"
    ):
        bare = platform in NEED_PICTURE and not media
        posts[topic_id].append(Post(pk, topic_id, platform, state, at.astimezone(zone), bare, supervises))
    return posts


def _days_of(
    plans: list[Plan], posts: dict[UUID, list[Post]], organization: Organization, *, supervises: bool
) -> dict[datetime.date, list[Slot]]:
    today = timezone.now().astimezone(ZoneInfo(organization.zone)).date()
    clock = organization.post_hours.lstrip("0")
    days: dict[datetime.date, list[Slot]] = defaultdict(list)
    for plan in plans:
        if plan.state == "REJECTED":
            continue
        for date, on_day in _by_day(plan, posts.get(plan.pk, [])).items():
            states = frozenset(post.state for post in on_day)
            soon = (date - today).days < DANGER_DAYS
            ball, parts = progress(
                plan.state,
                plan.article_state or "",
                states,
                picture=_picture_of(on_day),
                supervises=supervises,
                soon=soon,
            )
            time = on_day[0].time if on_day else clock
            days[date].append(Slot(plan, date, time, ball, parts, on_day))
    for plan in plans:
        if plan.state == "REJECTED" and plan.date > today and not days.get(plan.date):
            days[plan.date].append(Slot(plan, plan.date, clock, "late", (), missing=True))
    for slots in days.values():
        slots.sort(key=lambda slot: (slot.time.zfill(5), slot.plan.title))
    return days


def _by_day(plan: Plan, posts: list[Post]) -> dict[datetime.date, list[Post]]:
    """One slot for each day on which something of the topic goes out; its own day while there are no posts."""
    days: dict[datetime.date, list[Post]] = {}
    for post in posts:
        days.setdefault(post.at.date(), []).append(post)
    return days or {plan.date: []}


def _picture_of(posts: list[Post]) -> str:
    """done, yours (either side may add one) or todo; "" where no network of the day asks for one."""
    asking = [post for post in posts if post.platform in NEED_PICTURE]
    bare = [post for post in asking if post.lacks_picture]
    if not bare:
        return "done" if asking else ""
    return "yours" if any(post.state in CLIENT_STAGE | ACCEPTED for post in bare) else "todo"


@lru_cache(4096)
def progress(
    topic: str, article: str, posts: frozenset[str], *, picture: str = "", supervises: bool, soon: bool
) -> tuple[str, tuple[str, ...]]:
    """Who has the ball, and how far topic, article, social posts, approval and, where one is needed, picture are."""
    mine = CLIENT_STAGE if supervises else STAFF_STAGE
    parts = [
        _part(frozenset({topic}), READY, mine),
        _part(frozenset({article} if article else ()), READY, mine),
        _part(posts, READY | CLIENT_STAGE | STAFF_STAGE, frozenset()),
        _part(posts, OUT, mine),
        *([picture] if picture else []),
    ]
    ball = _ball(parts, soon=soon)
    if ball == "late":
        # The first part that is not done is what makes the slot late.
        parts[next(number for number, state in enumerate(parts) if state != "done")] = "late"
    return ball, tuple(parts)


def _part(states: frozenset[str], ready: frozenset[str], mine: frozenset[str]) -> str:
    """done, yours, running, late or todo: of several things the one that needs somebody most."""
    if not states:
        return "todo"
    if "FAILED" in states:
        return "late"
    if "ON_HOLD" in states or states == {"REJECTED"}:
        return "todo"
    if states & mine:
        return "yours"
    return "done" if states <= ready else "running"


def _ball(states: list[str], *, soon: bool) -> str:
    if set(states) == {"done"}:
        return "done"
    if "late" in states or soon:
        return "late"
    if "yours" in states:
        return "you"
    return "machine" if "running" in states else "others"
