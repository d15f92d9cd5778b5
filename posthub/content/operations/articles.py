"""Articles: approved into social posts, or sent back."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from posthub.billing.models import Feature
from posthub.billing.operations import require_standing
from posthub.content.allowances import Counted, count
from posthub.content.models import BlogPost, SocialPost
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
from posthub.content.operations.topics import have_written
from posthub.content.parts import part_named
from posthub.content.scheduling import slot_of, to_utc
from posthub.core.errors import Refused
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue
from posthub.lifecycle.machine import advance, begin, locked
from posthub.organizations.models import Organization
from posthub.organizations.queries import current_organization

__all__ = [
    "Remark",
    "approve",
    "edit",
    "leave_to_team",
    "regenerate",
    "regenerate_part",
    "reject",
    "request_changes",
    "restore",
    "send_to_client",
]


@transaction.atomic
def approve(post: BlogPost, *, by: Any, seen: str) -> list[SocialPost]:
    """Accept exactly the text that was seen; its social posts are written, one for each chosen network."""
    approved = advance(post, "APPROVED", by=by, seen=seen)
    organization = current_organization()
    have = set(approved.social_posts.values_list("platform", flat=True))
    made = [
        _new_post(approved, platform, organization, by=by)
        for platform in chosen_platforms(organization)
        if platform not in have
    ]
    for social_post in made:
        have_post_written(social_post, by=by)
    return made


def chosen_platforms(organization: Organization) -> list[str]:
    """The networks the organization chose, as many as its plan allows. Raises OverAllowance."""
    chosen: list[str] = list(organization.platforms)
    return chosen[: require_standing(organization).limit_of(Feature.NETWORKS)]


def _new_post(post: BlogPost, platform: str, organization: Organization, *, by: Any) -> SocialPost:
    return begin(unwritten(post, platform, organization), "GENERATING", by=by)


def unwritten(post: BlogPost, platform: str, organization: Organization) -> SocialPost:
    """A post for `platform`, not saved yet, at the hour the organization publishes there."""
    wall = slot_of(platform, post.topic.date, organization.post_hours)
    return SocialPost(
        blog_post=post,
        platform=platform,
        wall=wall,
        zone=organization.zone,
        scheduled_at=to_utc(wall, organization.zone),
    )


def have_post_written(
    post: SocialPost, *, by: Any, remarks: list[str] | None = None, counted: Counted | None = None
) -> Job:
    return enqueue(**writing_of(post, by=by, remarks=remarks, counted=counted))


def writing_of(
    post: SocialPost, *, by: Any, remarks: list[str] | None = None, counted: Counted | None = None
) -> dict[str, Any]:
    """The job that writes the post, as `enqueue` takes it; a first one comes with its article."""
    return {
        "task": "content.write_post",
        "key": f"{post.pk}:{post.revision}",
        "payload": {
            "kind": SocialPost.KIND,
            "id": str(post.pk),
            "revision": post.revision,
            "remarks": remarks or [],
            "counted": counted,
        },
        "title": _("Writing the post for %(network)s") % {"network": post.platform},
        "by": by,
        "delay": settings.GRACE_SECONDS,
        "result_url": reverse("approvals:review", args=[SocialPost.KIND, post.pk]),
    }


@transaction.atomic
def regenerate(post: BlogPost, *, by: Any, seen: str, reason: str = "") -> Job:
    """Have the whole article written anew; the old text stays among the versions."""
    again = advance(post, "GENERATING", by=by, seen=seen, why=reason)
    # One that never came about has given its article back.
    counted = count(Feature.REWRITES) if post.version_id else count(Feature.POSTS, period=post.topic.month)
    return have_written(again, by=by, remarks=[reason] if reason.strip() else [], counted=counted)


@transaction.atomic
def regenerate_part(post: BlogPost, *, by: Any, seen: str, part: str, wish: str = "") -> Job:
    """Have one headline, paragraph or section written anew; every other byte of the article stays."""
    current = locked(post)
    check_seen(current, seen)
    chosen = part_named(current.text, current.title, part)
    if chosen is None:
        raise Refused(_("Choose which part should be written again."))
    again = advance(current, "GENERATING", by=by, seen=seen, why=wish)
    return enqueue(
        "content.rewrite_part",
        key=f"{again.pk}:{again.revision}",
        payload={
            "kind": BlogPost.KIND,
            "id": str(again.pk),
            "revision": again.revision,
            "part": part,
            "wish": wish.strip()[:1000],
            "counted": count(Feature.REWRITES),
        },
        title=_("Writing a part again"),
        by=by,
        delay=settings.GRACE_SECONDS,
        result_url=reverse("approvals:review", args=[BlogPost.KIND, again.pk]),
    )
