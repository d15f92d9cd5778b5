"""Moving what stands on a day to another one, and addresses for people's own calendars."""

import datetime
import secrets
from collections.abc import Iterable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.approvals.operations import move
from posthub.content.models import SocialPost, Topic
from posthub.content.operations.topics import edit_topic
from posthub.content.policies import can_edit
from posthub.core.errors import Refused, Stale, WrongState
from posthub.delivery.models import CalendarLink
from posthub.delivery.queries.links import hash_of
from posthub.delivery.queries.slots import Post, plans_of, posts_of, version_of
from posthub.organizations.policies import is_supervisor
from posthub.organizations.queries import current_organization


@transaction.atomic
def move_day(
    topic: Topic,
    *,
    by: Any,
    on: datetime.date,
    to: datetime.date,
    seen: str,
    post: UUID | None = None,
    at: datetime.time | None = None,
) -> dict[str, Any]:
    """Move what `topic` has on the day `on` to another one, each post at its clock time, or at `at`.

    With `post` only that one. A topic that nobody has decided on moves itself. Returns what `move_back` needs to
    take it back; raises Refused, Stale, WrongState, and then has moved nothing.
    """
    zone = ZoneInfo(current_organization().zone)
    posts = _on_day(topic, on, zone, only=post)
    if (post and not posts) or seen != version_of(plans_of(Q(pk=topic.pk))[0], posts):
        raise Stale(_("This changed since you opened it. Nothing was moved."))
    if not posts:
        if on != to:
            _move_topic(topic, by=by, to=to)
        return _way_back(topic, to, on, zone)
    if not all(one.movable for one in posts):
        raise WrongState(_("This has gone out, or a part of it has. Move the other posts one by one."))
    walls = {str(one.pk): datetime.datetime.combine(to, at or one.at.time()) for one in posts}
    _move_posts(posts, walls, by=by)
    return _way_back(topic, to, on, zone, posts)


@transaction.atomic
def move_back(said: dict[str, Any], *, by: Any) -> datetime.date:
    """Take back a move, as `move_day` told it, unless something changed since. Returns the day it is on again."""
    zone = ZoneInfo(current_organization().zone)
    topic = Topic.objects.get(pk=said["topic"])
    walls = {pk: datetime.datetime.fromisoformat(wall) for pk, wall in said["walls"].items()}
    posts = [one for one in _on_day(topic, _day(said["on"]), zone, only=None) if str(one.pk) in walls]
    if said["seen"] != version_of(plans_of(Q(pk=topic.pk))[0], posts):
        raise Stale(_("This changed since you opened it. Nothing was moved."))
    if walls:
        _move_posts(posts, walls, by=by)
    else:
        _move_topic(topic, by=by, to=_day(said["back"]))
    return _day(said["back"])


_day = datetime.date.fromisoformat


def _way_back(
    topic: Topic, on: datetime.date, back: datetime.date, zone: ZoneInfo, before: Iterable[Post] = ()
) -> dict[str, Any]:
    """As plain values, for a signed address: where it is now, and where each post was."""
    walls = {str(one.pk): one.at.replace(tzinfo=None).isoformat() for one in before}
    now = [one for one in _on_day(topic, on, zone, only=None) if str(one.pk) in walls]
    seen = version_of(plans_of(Q(pk=topic.pk))[0], now)
    return {"topic": str(topic.pk), "on": f"{on}", "back": f"{back}", "seen": seen, "walls": walls}


def _move_posts(posts: list[Post], walls: dict[str, datetime.datetime], *, by: Any) -> None:
    zone = ZoneInfo(current_organization().zone)
    for one in _whole(posts):
        wall = walls[str(one.pk)]
        if wall != one.scheduled_at.astimezone(zone).replace(tzinfo=None):
            move(one, by=by, seen=one.content_hash, wall=wall)


def _on_day(topic: Topic, on: datetime.date, zone: ZoneInfo, *, only: UUID | None) -> list[Post]:
    posts = posts_of(Q(blog_post__topic=topic), zone).get(topic.pk, [])
    return [post for post in posts if post.at.date() == on and only in {None, post.pk}]


def _whole(posts: list[Post]) -> list[SocialPost]:
    rows = SocialPost.objects.select_related("blog_post__topic__company", "blog_post__version", "version")
    return list(rows.filter(pk__in=[post.pk for post in posts]))


def _move_topic(topic: Topic, *, by: Any, to: datetime.date) -> None:
    if not can_edit(topic, supervises=is_supervisor(by, current_organization())):
        raise WrongState(_("Its posts are not written yet. As soon as they are, the day can be changed."))
    edit_topic(topic, by=by, seen=topic.content_hash, title=topic.title, angle=topic.angle, date=to)


@transaction.atomic
def make_calendar_link(*, by: Any) -> str:
    """A new address for the person, in place of the one before. Returns its token, which nobody can read again."""
    revoke_calendar_link(by=by)
    token = secrets.token_urlsafe(32)
    CalendarLink.objects.create(user_id=by.pk, token_hash=hash_of(token))
    return token


def revoke_calendar_link(*, by: Any) -> int:
    now = timezone.now()
    mine = CalendarLink.objects.filter(user_id=by.pk, revoked_at=None)
    return mine.update(revoked_at=now, updated_at=now)


def free_day(
    near: datetime.date, *, after: datetime.date, taken: set[datetime.date], weekdays: str
) -> datetime.date:
    """The posting day nearest to `near`, of the year to come, that is not `taken`; `weekdays` has Monday as 1."""
    wanted = {int(day) for day in weekdays.split(",") if day.strip().isdigit()} or set(range(1, 8))
    year = (after + datetime.timedelta(days=offset) for offset in range(1, 367))
    free = [day for day in year if day.isoweekday() in wanted and day not in taken]
    if not free:
        raise Refused(_("No free day in the coming year."))
    return min(free, key=lambda day: (abs(day - near), day < near))


def note_read(link: CalendarLink, *, at: datetime.datetime) -> None:
    """That a program read the calendar; at most once an hour, so that a reading stays a reading."""
    if link.last_read_at is None or at - link.last_read_at > datetime.timedelta(hours=1):
        CalendarLink.objects.filter(pk=link.pk).update(last_read_at=at)
