"""What the codes of the audit log mean in words."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "organization.registered": _("Organization registered"),
    "organization.changed": _("Settings changed"),
    "organization.export_asked": _("All data asked for as a file"),
    "organization.deletion_asked": _("Deletion of the organization asked for"),
    "organization.deletion_undone": _("Deletion of the organization undone"),
    "member.added": _("Member added"),
    "member.changed": _("What a member decides and gets by mail changed"),
    "member.removed": _("Member removed"),
    "member.invited": _("Member invited"),
    "invitation.withdrawn": _("Invitation withdrawn"),
    "marketer.assigned": _("Marketer assigned"),
    "link.revoked": _("Review link revoked"),
    "link.all_revoked": _("All review links revoked"),
    "reviewer.added": _("Reviewer without an account added"),
    "reviewer.removed": _("Reviewer without an account removed"),
    "ai.key_brought": _("Own key for an AI provider saved"),
    "ai.key_taken_back": _("Own key for an AI provider removed"),
    "post.moved": _("Post moved"),
    "post.reserved": _("Post put into the reserve"),
    "post.unreserved": _("Post taken out of the reserve"),
    "marketer.unassigned": _("Marketer unassigned"),
    "picture.added": _("Picture added"),
    "picture.removed": _("Picture removed"),
    "picture.used": _("Picture of a post changed"),
    "media.described": _("Description of a picture changed"),
    "event.added": _("Day worth writing about added"),
    "event.changed": _("Day worth writing about changed"),
    "event.removed": _("Day worth writing about removed"),
    "event.left_out": _("Day of the calendar left out"),
    "event.taken_back": _("Day of the calendar taken back"),
    "billing.started": _("Plan bought"),
    "billing.plan_changed": _("Plan changed"),
    "billing.cancelled": _("Plan cancelled"),
    "billing.ended": _("Plan ended"),
    "billing.trial_extended": _("Trial extended"),
    "billing.checkout_started": _("Went to pay"),
    "billing.portal_opened": _("Opened the page for cards and bills"),
    "billing.details_changed": _("Billing details changed"),
    "billing.upgrade_asked": _("Larger plan chosen"),
    "billing.downgrade_asked": _("Smaller plan chosen"),
    "billing.downgrade_undone": _("Smaller plan taken back"),
    "billing.add_on_set": _("Add-on changed"),
    "billing.cancel_asked": _("Cancellation asked for"),
    "billing.cancel_undone": _("Cancellation taken back"),
}
KINDS = {
    "topic": _("Topic"),
    "article": _("Article"),
    "post": _("Post"),
    "persona": _("Persona"),
    "dna": _("Company DNA"),
    "voice_rule": _("Voice rule"),
    "document": _("Document"),
    "dna_point": _("Fact of the company"),
    "job": _("Failed job"),
}
MOVES = {
    "draft": _("drafted"),
    "reading": _("being read"),
    "ready": _("read"),
    "filled": _("filled in by hand"),
    "judged": _("checked"),
    "retried": _("tried again"),
    "generating": _("being written"),
    "in_review": _("with the team"),
    "pending_approval": _("sent for approval"),
    "approved": _("approved"),
    "changes_requested": _("changes requested"),
    "rejected": _("rejected"),
    "scheduled": _("scheduled"),
    "delivering": _("going out"),
    "delivered": _("delivered"),
    "failed": _("failed"),
    "on_hold": _("on hold"),
    "active": _("activated"),
    "inactive": _("deactivated"),
    "accepted": _("accepted"),
    "proposed": _("proposed"),
    "dismissed": _("dismissed"),
    "retired": _("no longer holds"),
    "replaced": _("replaced by a newer one"),
}


def things_named(subjects: Iterable[str]) -> dict[str, Any]:
    """Of what entries are about that which has a page: its `title`, `network` and `url`."""
    found: dict[str, Any] = import_string(settings.ACTIVITY_NAMES)(subjects)
    return found


def in_words(action: str) -> str:
    """ "topic.approved" as "Topic: approved"; an action nobody has named stays as it is."""
    if action in ACTIONS:
        return str(ACTIONS[action])
    kind, _dot, move = action.partition(".")
    if kind in KINDS and move in MOVES:
        return f"{KINDS[kind]}: {MOVES[move]}"
    return action
