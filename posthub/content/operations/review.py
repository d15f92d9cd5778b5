"""What articles and posts have in common: changes asked for, refused, written again, edited by hand."""

from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from posthub.billing.models import Feature
from posthub.content.allowances import count
from posthub.content.models import BlogPost, SocialPost, Version
from posthub.content.operations.versions import add_version
from posthub.core.errors import Refused, Stale, WrongState
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue
from posthub.lifecycle.machine import advance, locked

Text = TypeVar("Text", BlogPost, SocialPost)

# Where a person may change the words without the machine writing over them.
EDITABLE = frozenset(
    {"IN_REVIEW", "PENDING_APPROVAL", "CHANGES_REQUESTED", "APPROVED", "SCHEDULED", "REJECTED", "ON_HOLD"}
)


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody wants changed; `quote` is the words it is about, "" for the whole text."""

    quote: str
    text: str


@transaction.atomic
def request_changes(subject: Text, *, by: Any, seen: str, remarks: list[Remark]) -> Job:
    """Have the AI work the remarks in; what they do not touch stays as it is."""
    said = _said(remarks)
    why = _why(said)
    if locked(subject).state != "CHANGES_REQUESTED":
        advance(subject, "CHANGES_REQUESTED", by=by, seen=seen, why=why)
    # Where the team was asked and now asks the AI, the request stands already.
    subject = advance(subject, "GENERATING", by=by, seen=seen, why=why)
    return enqueue(
        "content.rewrite",
        key=f"{subject.pk}:{subject.revision}",
        payload={
            "kind": subject.KIND,
            "id": str(subject.pk),
            "revision": subject.revision,
            "remarks": [asdict(remark) for remark in said],
            "counted": count(Feature.REWRITES),
        },
        title=_("Working your remarks in"),
        by=by,
        delay=settings.GRACE_SECONDS,
        result_url=reverse("approvals:review", args=[subject.KIND, subject.pk]),
    )


@transaction.atomic
def leave_to_team(subject: Text, *, by: Any, seen: str, remarks: list[Remark]) -> Text:
    """Ask for changes that a person makes, not the AI; it waits for the team until they send it back."""
    return advance(subject, "CHANGES_REQUESTED", by=by, seen=seen, why=_why(_said(remarks)))


def _said(remarks: list[Remark]) -> list[Remark]:
    said = [remark for remark in remarks if remark.text.strip()]
    if not said:
        raise Refused(_("Say in a sentence what should be different."))
    return said


def _why(remarks: list[Remark]) -> str:
    return " · ".join(remark.text.strip() for remark in remarks)


@transaction.atomic
def reject(subject: Text, *, by: Any, seen: str, reason: str) -> Text:
    return advance(subject, "REJECTED", by=by, seen=seen, why=reason)


@transaction.atomic
def send_to_client(subject: Text, *, by: Any, seen: str) -> Text:
    """The team has checked it; now the client decides."""
    return advance(subject, "PENDING_APPROVAL", by=by, seen=seen)


def check_seen(current: Text, seen: str) -> None:
    if current.content_hash != seen:
        raise Stale(_("This changed since you opened it. Nothing was saved."), subject=current, seen=seen)


def editable_now(subject: Text, seen: str) -> tuple[Text, Version]:
    """The locked subject and its version, where they are what was seen and nothing writes over them."""
    current = locked(subject)
    check_seen(current, seen)
    if current.state not in EDITABLE or current.version is None:
        raise WrongState(_("This is being written or has gone out. It cannot be edited now."))
    return current, current.version


@transaction.atomic
def edit(subject: Text, *, by: Any, seen: str, title: str, text: str) -> Text:
    """Save a person's own words as a new version. What was approved waits for approval again."""
    current, _version = editable_now(subject, seen)
    if not text.strip() or not title.strip():
        raise Refused(_("A title and a text are needed."))
    return with_new_words(current, by=by, title=title.strip(), text=text.strip(), reason=_("Edited by hand"))


@transaction.atomic
def restore(subject: Text, *, by: Any, seen: str, number: int) -> Text:
    """Take an older version's words back, as a new version."""
    current, _version = editable_now(subject, seen)
    older = current.versions.filter(number=number).first()
    if older is None:
        raise Refused(_("There is no such version."))
    reason = _("Version %(number)s restored") % {"number": number}
    return with_new_words(
        current, by=by, title=older.title, text=older.text, reason=reason, extra=older.extra
    )


def with_new_words(
    current: Text,
    *,
    by: Any,
    title: str,
    text: str,
    reason: str,
    extra: dict[str, Any] | None = None,
    mended: bool = False,
) -> Text:
    """`mended`: the words are still those of whoever wrote them, but for a small sure change."""
    from posthub.content.guard import guarded

    if extra is None:
        before = current.version.extra if current.version else {}
        claims = [claim for claim in before.get("claims", []) if claim["sentence"] in text]
        extra = {**before, "claims": claims}
    extra = guarded(current, title=title, text=text, extra=extra)
    if current.state in {"APPROVED", "SCHEDULED", "ON_HOLD"}:
        # The decision was for other words. It leaves the calendar first: nothing stands there undecided.
        current = advance(current, "PENDING_APPROVAL", by=by, why=reason)
    author_id = current.version.author_id if mended and current.version else by.pk
    add_version(current, title=title, text=text, extra=extra, author_id=author_id, reason=reason)
    return current
