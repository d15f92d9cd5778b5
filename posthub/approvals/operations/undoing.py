"""Taking a decision back, as long as nothing has come of it that could not be taken back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.approvals.models import Decision, Outcome, VoidReason
from posthub.approvals.operations.recording import Subject, deciding
from posthub.approvals.policies import MINUTES
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.operations import following
from posthub.core.errors import WrongState
from posthub.lifecycle.machine import advance, locked

# Where each decision leads, as far as it can be taken back from there.
LED_TO = {
    Outcome.APPROVED: {"topic": {"APPROVED"}, "article": {"APPROVED"}, "post": {"APPROVED", "SCHEDULED"}},
    Outcome.SENT_ON: {"article": {"PENDING_APPROVAL"}, "post": {"PENDING_APPROVAL"}},
    Outcome.CHANGES: {kind: {"GENERATING", "CHANGES_REQUESTED"} for kind in ("article", "post")},
    Outcome.REGENERATED: {kind: {"GENERATING"} for kind in ("article", "post")},
    Outcome.REJECTED: {kind: {"REJECTED"} for kind in ("topic", "article", "post")},
}
KINDS: dict[str, type[Topic] | type[BlogPost] | type[SocialPost]] = {
    kind.KIND: kind for kind in (Topic, BlogPost, SocialPost)
}


@deciding
def undo(batch: UUID, *, by: Any) -> int:
    """Take back everything that one click decided: all of it or nothing. Raises WrongState with the reason."""
    mine = list(
        Decision.objects.select_for_update()
        .filter(batch=batch, by_id=by.pk, voided_at=None)
        .order_by("-created_at")
    )
    if not mine or mine[-1].created_at < timezone.now() - timedelta(minutes=MINUTES):
        raise WrongState(
            _("This can be undone for %(minutes)s minutes only, and once.") % {"minutes": MINUTES}
        )
    following.hold_work_on([decision.object_id for decision in mine])
    for decision in mine:
        _take_back(decision, by=by)
    return len(mine)


def _take_back(decision: Decision, *, by: Any) -> None:
    subject: Subject = locked(KINDS[decision.kind](pk=decision.object_id))
    if decision.outcome not in {Outcome.AGREED, Outcome.CHECKED}:
        if subject.state not in LED_TO[Outcome(decision.outcome)][decision.kind]:
            raise WrongState(_("This has moved on since you decided. Look at where it is now."))
        following.withdraw_work_on(subject)
        subject = advance(subject, decision.before, by=by, why=_("Undone"))
        decision.refresh_from_db()  # leaving the calendar has voided it
    decision.voided_at = decision.voided_at or timezone.now()
    decision.void_reason = VoidReason.UNDONE
    decision.save(update_fields=["voided_at", "void_reason", "updated_at"])
