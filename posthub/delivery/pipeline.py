"""The worker's side of the calendar: on Monday morning people are told what goes out this week."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from posthub.content.policies import ACCEPTED
from posthub.core.tenancy import in_schema
from posthub.delivery.queries.slots import GONE
from posthub.delivery.queries.spans import Span, week_of
from posthub.jobs.mailing import mail_once
from posthub.jobs.operations import enqueue
from posthub.jobs.runner import RunningJob
from posthub.organizations.mails import WEEK
from posthub.organizations.models import Membership, Organization
from posthub.organizations.queries import address_of, current_organization
from posthub.ui.times import day as day_in_words

MONDAY, HOURS = 0, range(8, 12)


def watch_weeks(now: datetime.datetime | None = None) -> None:
    """Where it is Monday morning and not quiet. It is asked for once a week, however often this runs meanwhile."""
    now = now or timezone.now()
    for organization in Organization.objects.filter(deleted_at__isnull=True).exclude(schema_name="public"):
        local = now.astimezone(ZoneInfo(organization.zone))
        if local.weekday() == MONDAY and local.hour in HOURS and not organization.is_quiet(local.hour):
            with in_schema(organization.schema_name):
                day = str(local.date())
                enqueue("delivery.mail_week", key=day, payload={"day": day})


def mail_week(job: RunningJob) -> None:
    """Nobody is told of a week in which nothing goes out."""
    organization = current_organization()
    monday = datetime.date.fromisoformat(job.payload["day"])
    week = week_of(monday, organization, supervises=True)
    url = address_of(organization, f"/calendar/?view=week&d={monday}")
    members = Membership.objects.filter(organization=organization, user__is_active=True).select_related(
        "user"
    )
    for member in members.order_by("user__email"):
        language = member.user.language or organization.language
        with translation.override(language):
            lines = list(_lines(week))
        if lines and member.wants(WEEK):
            context = {
                "organization": organization.name,
                "lines": lines,
                "count": len(lines),
                "waiting": sum(not line["ready"] for line in lines),
                "action_url": url,
            }
            mail_once(job, "week_ahead", to=member.user.email, language=language, context=context)


def _lines(week: Span) -> Any:
    """The posts of the week in the order in which they go out, in the language that is active."""
    posts = [(slot, post) for day in week.days for slot in day.slots for post in slot.posts]
    for slot, post in sorted(posts, key=lambda one: (one[1].at, one[1].network)):
        yield {
            "when": f"{day_in_words(post.at.date(), weekday=True)} {post.time}",
            "network": post.network,
            "title": slot.title,
            "ready": (post.state in ACCEPTED or post.state in GONE) and not post.waits_for_picture,
        }
