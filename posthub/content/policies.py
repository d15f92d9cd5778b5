"""Who may do what with a topic, an article or a post, as sentences."""

from typing import Any

from posthub.content.operations.review import EDITABLE

# The states in which somebody is asked for a decision. Staff never decide in the client's place.
CLIENT_STAGE = frozenset({"DRAFT", "PENDING_APPROVAL"})
STAFF_STAGE = frozenset({"IN_REVIEW", "CHANGES_REQUESTED"})
# From here another text can be asked for by either side.
AGAIN = frozenset({"FAILED", "REJECTED"})
# What was accepted and has not gone out yet can be held back.
ACCEPTED = frozenset({"APPROVED", "SCHEDULED"})


def stage_of(*, supervises: bool) -> frozenset[str]:
    """The states in which this side decides."""
    return CLIENT_STAGE if supervises else STAFF_STAGE


def can_sign_off(subject: Any, *, supervises: bool) -> bool:
    """The client's own decision."""
    return supervises and subject.state in CLIENT_STAGE


def can_check(subject: Any, *, supervises: bool) -> bool:
    """The team's look at it before the client's."""
    return not supervises and subject.state in STAFF_STAGE


def can_decide(subject: Any, *, supervises: bool) -> bool:
    return can_sign_off(subject, supervises=supervises) or can_check(subject, supervises=supervises)


def can_edit(subject: Any, *, supervises: bool) -> bool:
    """Both sides may change words; what the team still checks is the team's."""
    if subject.KIND == "topic":
        return bool(subject.state == "DRAFT")
    if supervises and subject.state in STAFF_STAGE:
        return False
    return subject.version is not None and subject.state in EDITABLE


def can_have_written_again(subject: Any, *, supervises: bool) -> bool:
    """Ask for another text: where one decides, and where writing failed or was refused."""
    if subject.KIND == "topic":
        return False
    return can_decide(subject, supervises=supervises) or subject.state in AGAIN


def can_move(post: Any) -> bool:
    return post.state not in {"DELIVERING", "DELIVERED"}


def can_hold(subject: Any) -> bool:
    """Both sides may stop what was accepted from going out, and let it go on."""
    return subject.KIND != "topic" and subject.state in ACCEPTED


def can_release(subject: Any) -> bool:
    return bool(subject.state == "ON_HOLD")
