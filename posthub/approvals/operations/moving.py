"""Another time for a post."""

import datetime
from typing import Any

from posthub.approvals.models import Outcome, VoidReason
from posthub.approvals.operations.recording import deciding, record, void
from posthub.content.models import SocialPost
from posthub.content.operations import posts
from posthub.content.operations.review import check_seen
from posthub.content.policies import CLIENT_STAGE, STAFF_STAGE
from posthub.lifecycle.machine import locked
from posthub.organizations.policies import is_supervisor
from posthub.organizations.queries import current_organization

OPEN = CLIENT_STAGE | STAFF_STAGE


@deciding
def move(post: SocialPost, *, by: Any, seen: str, wall: datetime.datetime) -> SocialPost:
    """A client who moves an accepted post has thereby accepted the new time."""
    current = locked(post)
    check_seen(current, seen)
    organization = current_organization()
    if current.state in OPEN:
        # A yes to the old time, where another one was still wanted.
        void(current.KIND, current.pk, VoidReason.CHANGED)
    elif current.state in {"SCHEDULED", "ON_HOLD"} and is_supervisor(by, organization):
        moment = posts.moment_of(wall, organization.zone)
        record(current, Outcome.APPROVED, by=by, seen=current.hash_at(moment))
    return posts.move(current, by=by, seen=seen, wall=wall)
