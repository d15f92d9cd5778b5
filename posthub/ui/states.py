"""The state language: one table for badges, chips, the calendar and mail."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Look:
    word: str | Promise
    kind: str = ""
    icon: str = ""
    outline: bool = False


DRAFT = Look(_("Draft"), "", "circle-dashed")
GENERATING = Look(_("Generating"), "info", "loader-circle")
WAITING_FOR_YOU = Look(_("Waiting for you"), "warn", "circle-dot")
WAITING_FOR_CLIENT = Look(_("Waiting for client"), "warn", "circle", outline=True)
WITH_TEAM = Look(_("With our team"), "", "circle", outline=True)
CHANGES_ASKED = Look(_("Changes asked"), "accent", "pencil-line")
APPROVED = Look(_("Approved"), "ok", "check")
REJECTED = Look(_("Rejected"), "", "x")
SCHEDULED = Look(_("Scheduled"), "brand", "clock")
DELIVERING = Look(_("Going out"), "info", "send")
DELIVERED = Look(_("Delivered"), "strong", "send")
FAILED = Look(_("Failed"), "bad", "circle-alert")
ON_HOLD = Look(_("On hold"), "bad", "ban", outline=True)
ACTIVE = Look(_("Active"), "ok", "check")
INACTIVE = Look(_("Inactive"), "", "circle")
QUEUED = Look(_("Queued"), "", "clock")
RUNNING = Look(_("Running"), "info", "loader-circle")
WAITING = Look(_("Taking longer"), "warn", "hourglass")
DONE = Look(_("Done"), "ok", "check")
CANCELLED = Look(_("Cancelled"), "", "ban")
TRIAL = Look(_("Trial"), "brand", "clock")
PAST_DUE = Look(_("Payment failed"), "bad", "credit-card")
SUSPENDED = Look(_("Suspended"), "bad", "ban", outline=True)
PAID = Look(_("Paid"), "ok", "check")
OPEN = Look(pgettext_lazy("state", "Open"), "warn", "circle-dot")
ACCEPTED = Look(_("Accepted"), "ok", "check")
PROPOSED = Look(_("Proposed"), "accent", "circle-dashed")
DISMISSED = Look(_("Dismissed"), "", "x")
EXPIRED = Look(_("Expired"), "", "hourglass")
REVOKED = Look(_("Revoked"), "", "ban")
DELETED = Look(_("Deleted"), "", "trash-2")
UNREAD = Look(_("Reading"), "info", "loader-circle")

STATES: dict[str, Look] = {
    "DRAFT": DRAFT,
    "NEW": DRAFT,
    "GENERATING": GENERATING,
    "IN_REVIEW": WITH_TEAM,
    "PENDING_APPROVAL": WAITING_FOR_CLIENT,
    "CHANGES_REQUESTED": CHANGES_ASKED,
    "APPROVED": APPROVED,
    "REJECTED": REJECTED,
    "SCHEDULED": SCHEDULED,
    "DELIVERING": DELIVERING,
    "DELIVERED": DELIVERED,
    "FAILED": FAILED,
    "ON_HOLD": ON_HOLD,
    "BLOCKED": ON_HOLD,
    "ACTIVE": ACTIVE,
    "INACTIVE": INACTIVE,
    "PAUSED": INACTIVE,
    "ARCHIVED": INACTIVE,
    "RETIRED": INACTIVE,
    "QUEUED": QUEUED,
    "PENDING": QUEUED,
    "RUNNING": RUNNING,
    "PROCESSING": RUNNING,
    "READING": UNREAD,
    "WAITING": WAITING,
    "RETRYING": WAITING,
    "DONE": DONE,
    "SUCCEEDED": DONE,
    "READY": DONE,
    "CANCELLED": CANCELLED,
    "CANCELED": CANCELLED,
    "TRIAL": TRIAL,
    "TRIALING": TRIAL,
    "PAST_DUE": PAST_DUE,
    "UNPAID": PAST_DUE,
    "SUSPENDED": SUSPENDED,
    "PAID": PAID,
    "OPEN": OPEN,
    "ACCEPTED": ACCEPTED,
    "PROPOSED": PROPOSED,
    "DISMISSED": DISMISSED,
    "EXPIRED": EXPIRED,
    "REVOKED": REVOKED,
    "DELETED": DELETED,
}

# A proposed topic is a draft for whoever does not decide on it, which is the team.
CLIENTS, TEAMS = frozenset({"PENDING_APPROVAL", "DRAFT"}), frozenset({"IN_REVIEW"})


def look_of(code: str, *, yours: bool) -> Look:
    """How a state reads to this person; an unknown state is a mistake of the caller (KeyError)."""
    if yours and code in CLIENTS | TEAMS:
        return WAITING_FOR_YOU
    return STATES[code]


def waits_for(code: str, *, supervises: bool | None) -> bool:
    """Whether it is the turn of the client (`supervises`) or of the team; where it is not said whose, of nobody."""
    return supervises is not None and code in (CLIENTS if supervises else TEAMS)
