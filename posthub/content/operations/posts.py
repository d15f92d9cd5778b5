"""Social posts: approved into the calendar, moved, or sent back."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.audit import operations as audit
from posthub.billing.models import Feature
from posthub.content.allowances import count
from posthub.content.models import SocialPost
from posthub.content.operations.articles import have_post_written
from posthub.content.operations.listing import keep_listed
from posthub.content.operations.review import (
    Remark,
    check_seen,
    edit,
    leave_to_team,
    reject,
    request_changes,
    restore,
    send_to_client,
)
from posthub.content.scheduling import FURTHEST, to_utc
from posthub.core.database import connection
from posthub.core.errors import Refused, WrongState
from posthub.jobs.models import Job
from posthub.lifecycle.machine import advance, locked
from posthub.organizations.policies import is_supervisor
from posthub.organizations.queries import current_organization

__all__ = [
    "Remark",
    "approve",
    "edit",
    "leave_to_team",
    "move",
    "regenerate",
    "reject",
    "request_changes",
    "restore",
    "send_to_client",
]


@transaction.atomic
def approve(post: SocialPost, *, by: Any, seen: str) -> SocialPost:
    """Accept exactly what was seen, at the time that was seen, and put it into the calendar."""
    return schedule(advance(post, "APPROVED", by=by, seen=seen), by=by)


def schedule(approved: SocialPost, *, by: Any) -> SocialPost:
    """Into the calendar, at the time the decision was made for. Raises Refused where it could not go out."""
    check_can_go_out(approved)
    return advance(approved, "SCHEDULED", by=by)


def check_can_go_out(post: SocialPost) -> None:
    if post.scheduled_at <= timezone.now():
        raise Refused(_("Its time has passed. Move it to a later time first."))
    if post.blog_post.state == "ON_HOLD":
        raise Refused(_("Its article is on hold. Release the article first."))


@transaction.atomic
def regenerate(post: SocialPost, *, by: Any, seen: str, reason: str = "") -> Job:
    again = advance(post, "GENERATING", by=by, seen=seen, why=reason)
    counted = count(Feature.REWRITES) if post.version_id else None
    return have_post_written(again, by=by, remarks=[reason] if reason.strip() else [], counted=counted)


@transaction.atomic
def move(post: SocialPost, *, by: Any, seen: str, wall: datetime.datetime) -> SocialPost:
    """Give the post another time, as the clocks of the organization show it.

    Moved by staff an accepted post waits for the client again. A client's own move is a decision for the
    new time: approvals.operations.move records it and calls this.
    """
    current = locked(post)
    check_seen(current, seen)
    if current.state in {"DELIVERING", "DELIVERED"}:
        raise WrongState(_("This post has gone out. It cannot be moved."))
    organization = current_organization()
    moment = moment_of(wall, organization.zone)
    if current.state in {"SCHEDULED", "ON_HOLD"} and not is_supervisor(by, organization):
        current = advance(current, "PENDING_APPROVAL", by=by, why=_("Moved to another time"))
    before = current.wall
    current.wall, current.zone, current.scheduled_at = wall, organization.zone, moment
    current.save(update_fields=["wall", "zone", "scheduled_at", "updated_at"])
    keep_listed(current)
    audit.record(
        "post.moved",
        subject=f"post:{current.pk}",
        actor_id=by.pk,
        chain=connection.schema_name,
        detail={"before": before.isoformat(), "after": wall.isoformat(), "hash": current.content_hash},
    )
    return current


def moment_of(wall: datetime.datetime, zone: str) -> datetime.datetime:
    """When clocks in `zone` show `wall`; raises Refused where that is over, or further away than anybody plans."""
    moment = to_utc(wall, zone)
    if moment <= timezone.now():
        raise Refused(_("Choose a time that is still to come."))
    if moment > timezone.now() + FURTHEST:
        raise Refused(_("That is more than a year away. Choose a nearer day."))
    return moment
