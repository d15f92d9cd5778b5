"""The one place where state is written."""

from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.audit import operations as audit
from posthub.core.database import connection
from posthub.core.errors import Stale, WrongState
from posthub.lifecycle.models import StateChange, Stateful

S = TypeVar("S", bound=Stateful)

# Sent inside the transaction, after the row is written: (subject, before, by).
moved = Signal()


def locked(subject: S) -> S:
    """The same row, fresh and locked until the end of the transaction."""
    rows: Any = type(subject)._default_manager
    current: S = rows.select_for_update(of=("self",)).get(pk=subject.pk)
    return current


@transaction.atomic
def advance(subject: S, to: str, *, by: Any = None, why: str = "", seen: str | None = None) -> S:
    """Move `subject` to the state `to` and return it as written.

    `by` is the user who decided, None for the machine. `seen` is the content hash that the person was
    shown; where it is given and the content is another by now, nothing moves. Raises WrongState, Stale.
    """
    if by is not None:
        audit.hold(connection.schema_name)
    current = locked(subject)
    before = current.state
    if seen is not None:
        check_unchanged(current, seen)
    if to not in current.MOVES.get(before, frozenset()):
        raise WrongState(_("This has moved on since you opened it. Look at where it is now."))
    return _write(current, before, to, by=by, why=why)


def check_unchanged(current: Stateful, seen: str) -> None:
    """Raises Stale where the content is not what the person was shown."""
    if seen != getattr(current, "content_hash", ""):
        raise Stale(_("This changed since you opened it. Nothing was decided."), subject=current, seen=seen)


@transaction.atomic
def begin(subject: S, state: str, *, by: Any = None) -> S:
    """Save a new row in its first state."""
    return _write(subject, "", state, by=by, why="")


def _write(subject: S, before: str, to: str, *, by: Any, why: str) -> S:
    subject.state = to
    subject.state_since = timezone.now()
    subject.revision += 1
    subject.cause = why[:500] if to == "FAILED" else ""
    subject.save()
    by_id: UUID | None = getattr(by, "pk", None)
    StateChange.objects.create(
        kind=subject.KIND,
        object_id=subject.pk,
        before=before,
        after=to,
        by_id=by_id,
        why=why[:1000],
        content_hash=getattr(subject, "content_hash", ""),
    )
    if by_id is not None:
        audit.record(
            f"{subject.KIND}.{to.lower()}",
            subject=f"{subject.KIND}:{subject.pk}",
            actor_id=by_id,
            chain=connection.schema_name,
            detail={"before": before, "why": why[:500], "hash": getattr(subject, "content_hash", "")},
        )
    moved.send(sender=type(subject), subject=subject, before=before, by=by)
    return subject
