"""Who may decide, as sentences. What concerns content alone stands in posthub.content.policies."""

from dataclasses import dataclass
from typing import Any

from posthub.content.policies import (
    can_check,
    can_decide,
    can_edit,
    can_have_written_again,
    can_hold,
    can_move,
    can_release,
    can_sign_off,
    stage_of,
)

__all__ = [
    "MINUTES",
    "Rights",
    "can_check",
    "can_decide",
    "can_edit",
    "can_move",
    "can_sign_off",
    "rights_on",
    "stage_of",
]


# How long a decision can be taken back, as long as nothing has begun because of it.
MINUTES = 10


@dataclass(frozen=True, slots=True)
class Rights:
    """What this person may do with this thing now; templates ask this and nothing else."""

    decide: bool
    sign_off: bool
    check: bool
    edit: bool
    write_again: bool
    comment: bool
    hold: bool
    release: bool


def rights_on(subject: Any, *, supervises: bool, decides: bool = True) -> Rights:
    """`decides` is False for a member who reads and comments only."""
    return Rights(
        decide=decides and can_decide(subject, supervises=supervises),
        sign_off=decides and can_sign_off(subject, supervises=supervises),
        check=can_check(subject, supervises=supervises),
        edit=can_edit(subject, supervises=supervises),
        write_again=decides and can_have_written_again(subject, supervises=supervises),
        comment=subject.KIND != "topic" and subject.version is not None,
        hold=can_hold(subject),
        release=can_release(subject),
    )
