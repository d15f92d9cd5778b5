"""What a decision brings about, in one sentence beside its button."""

import datetime
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.platforms import PLATFORMS
from posthub.ui.times import clock, day


def things_waiting(count: int) -> str:
    """ "Eighteen things wait for you": the number in words, as long as words are short."""
    if not count:
        return _("Nothing waits for you")
    names = [
        _("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"),
        _("nine"), _("ten"), _("eleven"), _("twelve"), _("thirteen"), _("fourteen"), _("fifteen"),
        _("sixteen"), _("seventeen"), _("eighteen"), _("nineteen"), _("twenty"),
    ]  # fmt: skip
    number = names[count] if count < len(names) else str(count)
    sentence = ngettext("%(number)s thing waits for you", "%(number)s things wait for you", count)
    return capfirst(sentence % {"number": number})


def of_topic(topic: Topic) -> str:
    return _("Writes the article. It goes out %(day)s.") % {"day": day(topic.date, weekday=True)}


def of_article(post: BlogPost, networks: int) -> str:
    made = ngettext("Creates %(count)s social post.", "Creates %(count)s social posts.", networks)
    goes_out = _("Goes out %(day)s.") % {"day": day(post.topic.date, weekday=True)}
    return f"{made % {'count': networks}} {goes_out}" if networks else goes_out


def of_posts(posts: Iterable[SocialPost], zone: str) -> str:
    """ "They go out Thu 3 Dec 8:00 to Fri 4 Dec 17:00.", on the clocks of `zone`, and what is missing for it."""
    posts = list(posts)
    return f"{_times_of(posts, zone)} {without_picture(posts)}".strip()


def without_picture(posts: Iterable[SocialPost]) -> str:
    """For which networks a picture is missing, "" where none is."""
    networks = sorted({PLATFORMS[post.platform].name for post in posts if post.lacks_picture})
    missing = _("A picture or video is still missing (%(networks)s): nothing goes out there without one.")
    return missing % {"networks": ", ".join(networks)} if networks else ""


def _times_of(posts: list[SocialPost], zone: str) -> str:
    times = sorted(post.scheduled_at.astimezone(ZoneInfo(zone)) for post in posts)
    if not times:
        return ""
    first, last = said(times[0]), said(times[-1])
    if first == last:
        return _("Goes out %(when)s.") % {"when": first}
    if times[0].date() == times[-1].date():
        last = clock(times[-1])
    return _("They go out %(first)s to %(last)s.") % {"first": first, "last": last}


def of_sending_on() -> str:
    return _("Goes to the client, who decides.")


def said(at: datetime.datetime) -> str:
    return f"{day(at.date(), weekday=True)} {clock(at)}"


def of(subject: Any, *, networks: int, zone: str, staff: bool) -> str:
    if staff:
        return of_sending_on()
    if isinstance(subject, Topic):
        return of_topic(subject)
    if isinstance(subject, BlogPost):
        return of_article(subject, networks)
    return of_posts([subject], zone)
