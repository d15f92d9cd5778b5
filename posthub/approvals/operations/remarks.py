"""Remarks on texts: kept until the review is sent, answered, settled, taken over."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.approvals.models import Comment
from posthub.content.models import BlogPost, SocialPost
from posthub.content.operations.review import editable_now, with_new_words
from posthub.content.parts import part_named
from posthub.core.errors import Refused, WrongState
from posthub.ui.typography import as_written

Text = BlogPost | SocialPost


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a picture, in percent from the left and from the top."""

    picture: UUID
    x: int
    y: int


Suggested = TypeVar("Suggested", BlogPost, SocialPost)


def comment(
    subject: Text,
    *,
    by: Any,
    text: str,
    quote: str = "",
    block: str = "",
    offset: int | None = None,
    suggestion: str = "",
    answers: Comment | None = None,
    internal: bool = False,
    pending: bool = False,
    spot: Spot | None = None,
) -> Comment:
    """A remark on the text as it stands; on the words `quote`, or on a `spot` of its picture, where given.
    `pending`: sent with the decision.

    An answer is internal where what it answers is, whoever writes it.
    """
    text = text.strip()
    suggestion, replaced = _suggested(subject, block, suggestion.strip())
    if not text and not suggestion:
        raise Refused(_("Write what you want to say about it."))
    quote = as_written(quote, subject.text) or replaced
    return Comment.objects.create(
        kind=subject.KIND,
        object_id=subject.pk,
        version_number=subject.version.number if subject.version else 0,
        block=block,
        quote=quote.strip()[:600],
        offset=offset,
        text=text[:2000],
        suggestion=suggestion[:6000],
        answers=answers,
        by_id=by.pk,
        by_name=str(by)[:120],
        internal=internal or bool(answers and answers.internal),
        pending=pending,
        **(asdict(_within(subject, spot)) if spot else {}),
    )


def _suggested(subject: Text, block: str, words: str) -> tuple[str, str]:
    """The words that somebody suggests and those they would replace; neither where nothing would change."""
    part = part_named(subject.text, subject.title, block) if words else None
    now = part.of(subject.text) if part else ""
    return (words, now) if part and words != now.strip() else ("", "")


def _within(subject: Text, spot: Spot) -> Spot:
    if not (0 <= spot.x <= 100 and 0 <= spot.y <= 100):
        raise Refused(_("Give the spot in percent, from 0 to 100."))
    if not isinstance(subject, SocialPost) or not subject.media.filter(pk=spot.picture).exists():
        raise Refused(_("That picture is not this post's."))
    return spot


def resolve(remark: Comment, *, resolved: bool) -> Comment:
    remark.resolved_at = timezone.now() if resolved else None
    remark.save(update_fields=["resolved_at", "updated_at"])
    return remark


def send_remarks(subjects: Iterable[Any], *, by: Any) -> int:
    """The person's unsent remarks on these become everybody's to read."""
    unsent = Comment.objects.filter(
        object_id__in=[subject.pk for subject in subjects], by_id=by.pk, pending=True
    )
    return unsent.update(pending=False, updated_at=timezone.now())


@transaction.atomic
def accept_suggestion(remark: Comment, subject: Suggested, *, by: Any, seen: str) -> Suggested:
    """Take the suggested words over as a new version; every other byte of the text stays."""
    current, version = editable_now(subject, seen)
    part = part_named(version.text, version.title, remark.block)
    was = current.versions.filter(number=remark.version_number).first()
    meant = part_named(was.text, was.title, remark.block) if was else None
    if part is None or meant is None or was is None or part.of(version.text) != meant.of(was.text):
        raise WrongState(_("That paragraph is another one by now. Copy what you want to keep."))
    text = part.put_into(version.text, remark.suggestion)
    changed = with_new_words(current, by=by, title=version.title, text=text, reason=_("Suggestion accepted"))
    resolve(remark, resolved=True)
    return changed


def pending_remarks(subject: Text, *, by: Any) -> Any:
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
    if subject.state == "CHANGES_REQUESTED":
        return rows.exclude(~Q(by_id=by.pk), pending=True)
    return rows.filter(by_id=by.pk)
