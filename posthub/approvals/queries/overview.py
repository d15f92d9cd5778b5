"""The dashboard: one number in words, what the machine does, the week, the month."""

import datetime
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, Subquery, UUIDField
from django.db.models.functions import Coalesce
from django.utils import timezone

from posthub.accounts.models import User
from posthub.approvals.models import Decision
from posthub.approvals.queries import inbox
from posthub.content.models import SocialPost
from posthub.content.policies import ACCEPTED
from posthub.content.queries import LACKS_PICTURE, Line, lines_query
from posthub.core.prepared import Prepared

RECENT = datetime.timedelta(days=14)
EVENTS_SHOWN = 6
MOST_MOVED = 60  # the posts of one article move together


def _open_and_near(user: UUID, now: Any, start: Any, end: Any) -> Any:
    text = Q(state__in=inbox.OPEN_TEXT)
    near = Q(scheduled_at__gte=start, scheduled_at__lt=end)
    bare = LACKS_PICTURE & Q(state__in=sorted(ACCEPTED), scheduled_at__gt=now)
    until = inbox.put_off_by(user, now)
    return lines_query(topics=Q(state="DRAFT"), articles=text, posts=text | near | bare, until=until)


def _moved(since: Any) -> Any:
    moved = Q(state_since__gte=since)
    found = lines_query(topics=moved, articles=moved, posts=moved, newest_first=True)
    return found[:MOST_MOVED] if found is not None else None


OPEN_AND_NEAR, MOVED = Prepared(_open_and_near), Prepared(_moved)


@dataclass(slots=True)
class Day:
    date: datetime.date
    today: bool
    things: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Overview:
    queue: inbox.Queue
    week: list[Day]
    recent: list[Line]
    kinds: dict[str, int]
    bare: list[Line]  # accepted and to come, but for a picture that the network asks for
    anything: bool

    @property
    def first(self) -> inbox.Entry | None:
        return self.queue.mine[0] if self.queue.mine else None


def overview(zone: str, *, of: User, supervises: bool, agreed: Set[UUID] = frozenset()) -> Overview:
    """Two statements for the whole page: what is open and what goes out in seven days; what moved lately."""
    now = timezone.now()
    today = now.astimezone(ZoneInfo(zone)).date()
    start = datetime.datetime.combine(today, datetime.time(0), ZoneInfo(zone))
    end = datetime.datetime.combine(today + datetime.timedelta(days=7), datetime.time(0), ZoneInfo(zone))
    rows = [Line(*row) for row in OPEN_AND_NEAR.rows(user=of.pk, now=now, start=start, end=end)]
    recent = [Line(*row) for row in MOVED.rows(since=now - RECENT)]
    queue = inbox.queue_of(rows, supervises=supervises, agreed=agreed)
    return Overview(
        queue=queue,
        week=_week(rows, today, zone),
        recent=_one_of_each(recent),
        kinds=dict(Counter(entry.line.kind for entry in queue.mine)),
        bare=[
            row
            for row in rows
            if row.kind == "post" and row.lacks_picture and row.state in ACCEPTED and row.due > now
        ],
        anything=bool(rows or recent),
    )


def things_decided(*, by: User, since: datetime.datetime) -> int:
    """How many things of the queue this person decided on: the social posts of an article are one of them."""
    article = SocialPost.objects.filter(pk=OuterRef("object_id")).values("blog_post_id")
    decisions = Decision.objects.filter(by_id=by.pk, created_at__gte=since, voided_at=None).order_by()
    thing = Coalesce(Subquery(article), "object_id", output_field=UUIDField())
    return decisions.annotate(thing=thing).values("kind", "thing").distinct().count()


def _week(rows: list[Line], today: datetime.date, zone: str) -> list[Day]:
    """Seven days from today on."""
    days = [today + datetime.timedelta(days=number) for number in range(7)]
    week = {date: Day(date, date == today) for date in days}
    seen: set[Any] = set()
    for row in rows:
        if row.kind != "post" or row.state in {"REJECTED", "ON_HOLD"}:
            continue
        local = row.due.astimezone(ZoneInfo(zone))
        once = (local.date(), row.article_id)
        if local.date() in week and once not in seen:
            seen.add(once)
            thing = {"at": local, "title": row.title, "url": row.url, "state": row.state}
            week[local.date()].things.append(thing)
    return list(week.values())


def _one_of_each(recent: list[Line]) -> list[Line]:
    """The posts of an article that moved the same way are one event."""
    seen: set[Any] = set()
    kept = []
    for row in recent:
        once = (row.kind, row.article_id or row.pk, row.state)
        if once not in seen:
            seen.add(once)
            kept.append(row)
    return kept[:EVENTS_SHOWN]
