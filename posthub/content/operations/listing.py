"""The list of open work over all organizations, as content knows it."""

import datetime
from zoneinfo import ZoneInfo

from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.organizations.queries import current_organization
from posthub.worklist import operations as worklist
from posthub.worklist.models import WaitsOn

WAITS_ON = {
    "DRAFT": WaitsOn.CLIENT,
    "PENDING_APPROVAL": WaitsOn.CLIENT,
    "IN_REVIEW": WaitsOn.STAFF,
    "CHANGES_REQUESTED": WaitsOn.STAFF,
    "FAILED": WaitsOn.STAFF,
    "GENERATING": WaitsOn.MACHINE,
    "SCHEDULED": WaitsOn.CLOCK,
}


def keep_listed(subject: Topic | BlogPost | SocialPost) -> None:
    """Note who has the ball of `subject` and when it goes out, after it moved or got another day."""
    organization = current_organization()
    due = subject.due_on
    if not isinstance(due, datetime.datetime):
        due = datetime.datetime.combine(due, datetime.time(0), ZoneInfo(organization.zone))
    worklist.keep(
        organization.pk,
        kind=subject.KIND,
        object_id=subject.pk,
        title=subject.title,
        state=subject.state,
        waits_on=WAITS_ON.get(subject.state, WaitsOn.NOBODY),
        since=subject.state_since,
        due=due,
        group_id=subject.blog_post_id if isinstance(subject, SocialPost) else subject.pk,
    )
