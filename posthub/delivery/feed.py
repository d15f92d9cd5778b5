"""The calendar as people's own calendar programs read it: iCalendar (RFC 5545)."""

import datetime
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from posthub.content.events import days_between
from posthub.content.models import SocialPost, Topic
from posthub.content.platforms import NEED_PICTURE, PLATFORMS
from posthub.content.queries import review_address
from posthub.core.tenancy import url_of
from posthub.delivery.queries.slots import OUT
from posthub.delivery.zones import described
from posthub.organizations.models import Organization
from posthub.ui.states import look_of

PAST, COMING = datetime.timedelta(days=31), datetime.timedelta(days=366)
LENGTH = datetime.timedelta(minutes=15)
REFRESH = "PT6H"


def calendar_of(organization: Organization, host: str) -> bytes:
    """What goes out from a month ago until a year from now, in the language that is active."""
    zone = ZoneInfo(organization.zone)
    today = timezone.now().astimezone(zone).date()
    start, end = today - PAST, today + COMING
    calendar = Calendar()
    calendar.add("prodid", "-//PostHub//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{organization.name} – PostHub")
    calendar.add("x-wr-timezone", organization.zone)
    calendar.add("x-published-ttl", REFRESH)
    calendar.add_component(described(zone, start, end))
    for event in _posts(start, end, zone, host):
        calendar.add_component(event)
    for event in _topics(start, end, host):
        calendar.add_component(event)
    for event in _days(start, end, organization, host):
        calendar.add_component(event)
    return calendar.to_ical()  # type: ignore[no-any-return]


def _event(key: str, host: str, summary: str, stamp: datetime.datetime) -> Event:
    event = Event()
    event.add("uid", f"{key}@{host}")
    event.add("dtstamp", stamp.astimezone(datetime.UTC).replace(microsecond=0))
    event.add("summary", summary)
    return event


def _posts(start: datetime.date, end: datetime.date, zone: ZoneInfo, host: str) -> Iterable[Event]:
    moments = [datetime.datetime.combine(day, datetime.time(0), zone) for day in (start, end)]
    rows = SocialPost.objects.filter(scheduled_at__range=moments).exclude(state="REJECTED")
    columns = ("pk", "platform", "state", "scheduled_at", "updated_at", "media_hash",
               "blog_post__version__title", "blog_post__topic__title")  # fmt: skip
    for pk, platform, state, at, changed, media, title, topic in rows.order_by(
        "scheduled_at", "pk"
    ).values_list(*columns):
        event = _event(f"post-{pk}", host, f"{PLATFORMS[platform].name}: {title or topic}", changed)
        event.add("dtstart", at.astimezone(zone).replace(microsecond=0))
        event.add("duration", LENGTH)
        event.add("status", "CONFIRMED" if state in OUT else "TENTATIVE")
        _say(event, state, "post", pk, host, bare=platform in NEED_PICTURE and not media)
        yield event


def _topics(start: datetime.date, end: datetime.date, host: str) -> Iterable[Event]:
    """Topics whose posts are still to be written stand for their day."""
    rows = Topic.objects.filter(Q(date__range=(start, end)), blog_post__social_posts=None)
    columns = ("pk", "title", "state", "date", "updated_at")
    for pk, title, state, date, changed in (
        rows.exclude(state="REJECTED").order_by("date", "pk").values_list(*columns)
    ):
        event = _event(f"topic-{pk}", host, title, changed)
        event.add("dtstart", date)
        event.add("status", "TENTATIVE")
        event.add("transp", "TRANSPARENT")
        _say(event, state, "topic", pk, host)
        yield event


def _days(start: datetime.date, end: datetime.date, organization: Organization, host: str) -> Iterable[Event]:
    for day in days_between(start, end, country=organization.country, language=organization.language):
        event = _event(f"day-{day.key}-{day.date}", host, day.name, organization.created_at)
        event.add("dtstart", day.date)
        event.add("transp", "TRANSPARENT")
        yield event


def _say(event: Event, state: str, kind: str, pk: Any, host: str, *, bare: bool = False) -> None:
    address = url_of(host, review_address(kind, pk))
    said = [_("State: %(state)s") % {"state": look_of(state, yours=False).word}]
    said += [_("A picture is still missing: the network takes nothing without one.")] if bare else []
    event.add("description", "\n".join(said))
    event.add("url", address)
