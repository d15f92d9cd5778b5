"""Remarks on texts."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.approvals.models import Comment
from posthub.content.models import BlogPost, SocialPost
from posthub.core.errors import Refused


def comment(
    subject: BlogPost | SocialPost,
    *,
    by: Any,
    text: str,
    quote: str = "",
    block: str = "",
    internal: bool = False,
) -> Comment:
    """A remark on the text as it stands; on the words `quote` where given."""
    if not text.strip():
        raise Refused(_("Write what you want to say about it."))
    return Comment.objects.create(
        kind=subject.KIND,
        object_id=subject.pk,
        version_number=subject.version.number if subject.version else 0,
        block=block,
        quote=quote.strip()[:600],
        text=text.strip()[:2000],
        by_id=by.pk,
        by_name=str(by)[:120],
        internal=internal,
    )


def resolve(remark: Comment, *, resolved: bool) -> Comment:
    remark.resolved_at = timezone.now() if resolved else None
    remark.save(update_fields=["resolved_at", "updated_at"])
    return remark


def pending_remarks(subject: BlogPost | SocialPost, *, by: Any) -> Any:
    """The person's own open remarks on the version that stands: they go along when changes are asked for.

    Where the client has left changes to the team, the client's remarks go along too.
    """
    rows = Comment.objects.filter(
        kind=subject.KIND,
        object_id=subject.pk,
        internal=False,
        resolved_at=None,
        version_number=subject.version.number if subject.version else 0,
    )
    return rows if subject.state == "CHANGES_REQUESTED" else rows.filter(by_id=by.pk)
