"""What people do with what waits for them."""

from posthub.approvals.operations.deciding import (
    approve,
    approve_all,
    regenerate,
    regenerate_part,
    reject,
    request_changes,
    request_changes_of_all,
    send_all_to_client,
    send_to_client,
)
from posthub.approvals.operations.moving import move
from posthub.approvals.operations.remarks import comment, pending_remarks, resolve
from posthub.approvals.operations.undoing import undo

__all__ = [
    "approve",
    "approve_all",
    "comment",
    "move",
    "pending_remarks",
    "regenerate",
    "regenerate_part",
    "reject",
    "request_changes",
    "request_changes_of_all",
    "resolve",
    "send_all_to_client",
    "send_to_client",
    "undo",
]
