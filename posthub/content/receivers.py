"""Listens to moves of content and keeps the list of open work true."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.dispatch import receiver

from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.operations.media import have_illustrated
from posthub.lifecycle.machine import moved
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
}


@receiver(moved, sender=Topic)
@receiver(moved, sender=BlogPost)
@receiver(moved, sender=SocialPost)
def keep_worklist(sender: Any, subject: Topic | BlogPost | SocialPost, **said: Any) -> None:
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
    )


@receiver(moved, sender=SocialPost)
def illustrate(sender: Any, subject: SocialPost, before: str, **said: Any) -> None:
    """A post that was just written gets its picture or film, where the plan has them."""
    if before == "GENERATING" and subject.state in {"IN_REVIEW", "PENDING_APPROVAL"}:
        have_illustrated(subject)
