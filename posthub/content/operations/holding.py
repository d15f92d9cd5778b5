"""On hold: what was accepted does not go out until somebody lets it."""

from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from posthub.audit import operations as audit
from posthub.content.models import BlogPost, SocialPost
from posthub.content.operations.posts import schedule
from posthub.content.operations.review import check_seen
from posthub.content.policies import ACCEPTED
from posthub.core.database import connection
from posthub.core.errors import WrongState
from posthub.lifecycle.machine import advance, locked

Text = TypeVar("Text", BlogPost, SocialPost)


@transaction.atomic
def hold(subject: Text, *, by: Any, seen: str) -> Text:
    """Stop it from going out; an article together with its accepted posts."""
    held = advance(subject, "ON_HOLD", by=by, seen=seen)
    if isinstance(held, BlogPost):
        for post in held.social_posts.filter(state__in=ACCEPTED):
            advance(post, "ON_HOLD", by=by)
    return held


@transaction.atomic
def keep_in_reserve(post: SocialPost, *, by: Any, seen: str, reserve: bool) -> SocialPost:
    """An accepted post that is held may stand in for one on which nobody decides in time."""
    current = locked(post)
    check_seen(current, seen)
    if current.state != "ON_HOLD":
        raise WrongState(_("This is not on hold any more. Look at where it is now."))
    current.reserve = reserve
    current.save(update_fields=["reserve", "updated_at"])
    audit.record(
        "post.reserved" if reserve else "post.unreserved",
        subject=f"post:{current.pk}",
        actor_id=by.pk,
        chain=connection.schema_name,
    )
    return current


@transaction.atomic
def release(subject: Text, *, by: Any, seen: str) -> Text:
    """Let it go out as it was accepted; an article together with its posts that are on hold.

    Raises Refused where a post's time has passed meanwhile: it is to be moved first.
    """
    current = locked(subject)
    check_seen(current, seen)
    if current.state != "ON_HOLD":
        raise WrongState(_("This is not on hold any more. Look at where it is now."))
    released = advance(current, "APPROVED", by=by)
    if isinstance(released, SocialPost):
        return schedule(released, by=by)
    for post in released.social_posts.filter(state="ON_HOLD").select_related("blog_post"):
        schedule(advance(post, "APPROVED", by=by), by=by)
    return released
