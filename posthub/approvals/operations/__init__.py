"""What people do with what waits for them."""

from posthub.approvals.operations.by_rule import LEAD, fall_back
from posthub.approvals.operations.deciding import (
    approve,
    regenerate,
    regenerate_part,
    reject,
    request_changes,
    request_changes_of_all,
    send_to_client,
)
from posthub.approvals.operations.looking import note_opened, snooze, wake
from posthub.approvals.operations.moving import move
from posthub.approvals.operations.remarks import (
    accept_suggestion,
    comment,
    pending_remarks,
    resolve,
    send_remarks,
)
from posthub.approvals.operations.together import (
    approve_all,
    approve_shown,
    request_changes_to_shown,
    send_all_to_client,
)
from posthub.approvals.operations.undoing import undo

__all__ = [
    "LEAD",
    "accept_suggestion",
    "approve",
    "approve_all",
    "approve_shown",
    "comment",
    "fall_back",
    "move",
    "note_opened",
    "pending_remarks",
    "regenerate",
    "regenerate_part",
    "reject",
    "request_changes",
    "request_changes_of_all",
    "request_changes_to_shown",
    "resolve",
    "send_all_to_client",
    "send_remarks",
    "send_to_client",
    "snooze",
    "undo",
    "wake",
]
