"""The one place where state is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Ledger:
    """What is still to be written about moves of many things at once: `close` writes it, for all in few statements."""

    by: Any
    changes: list[StateChange] = field(default_factory=list)
    entries: list[audit.Said] = field(default_factory=list)
    sent: list[tuple[Stateful, str]] = field(default_factory=list)


def locked_all(rows: Any) -> list[Any]:
    """The rows of a query set, fresh and locked, always in the same order, so that no two wait for each other."""
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def advance_all(subjects: Sequence[S], to: str, *, ledger: Ledger) -> None:
    """Move locked rows of one kind to `to` in one statement. Raises WrongState, and then has moved none."""
    if any(to not in subject.MOVES.get(subject.state, frozenset()) for subject in subjects):
        raise WrongState(_("This has moved on since you opened it. Look at where it is now."))
    for subject in subjects:
        _note(subject, _enter(subject, to, why=""), to, ledger=ledger)
    if subjects:
        fields = ["state", "state_since", "revision", "cause", "updated_at"]
        type(subjects[0])._default_manager.bulk_update(subjects, fields)


def begin_all(subjects: Sequence[S], state: str, *, ledger: Ledger) -> None:
    """Save new rows of one kind in their first state, in one statement."""
    for subject in subjects:
        _enter(subject, state, why="")
        _note(subject, "", state, ledger=ledger)
    if subjects:
        type(subjects[0])._default_manager.bulk_create(subjects)


def close(ledger: Ledger) -> None:
    """Write down what was moved, in the order of the moves, and tell who listens."""
    StateChange.objects.bulk_create(ledger.changes)
    audit.record_all(ledger.entries, actor_id=ledger.by.pk, chain=connection.schema_name)
    for subject, before in ledger.sent:
        moved.send(sender=type(subject), subject=subject, before=before, by=ledger.by)


def _note(subject: Stateful, before: str, to: str, *, ledger: Ledger) -> None:
    ledger.changes.append(_change(subject, before, to, by_id=ledger.by.pk, why=""))
    ledger.entries.append(_entry(subject, before, to, why=""))
    ledger.sent.append((subject, before))


def _write(subject: S, before: str, to: str, *, by: Any, why: str) -> S:
    _enter(subject, to, why=why)
    subject.save()
    by_id: UUID | None = getattr(by, "pk", None)
    _change(subject, before, to, by_id=by_id, why=why).save(force_insert=True)
    if by_id is not None:
        said = _entry(subject, before, to, why=why)
        audit.record(
            said.action,
            subject=said.subject,
            actor_id=by_id,
            chain=connection.schema_name,
            detail=said.detail,
        )
    moved.send(sender=type(subject), subject=subject, before=before, by=by)
    return subject


def _enter(subject: Stateful, to: str, *, why: str) -> str:
    """Returns the state before."""
    before = subject.state
    subject.state = to
    subject.state_since = subject.updated_at = timezone.now()
    subject.revision += 1
    subject.cause = why[:500] if to == "FAILED" else ""
    return before


def _change(subject: Stateful, before: str, to: str, *, by_id: UUID | None, why: str) -> StateChange:
    return StateChange(
        kind=subject.KIND,
        object_id=subject.pk,
        before=before,
        after=to,
        by_id=by_id,
        why=why[:1000],
        content_hash=getattr(subject, "content_hash", ""),
    )


def _entry(subject: Stateful, before: str, to: str, *, why: str) -> audit.Said:
    return audit.Said(
        f"{subject.KIND}.{to.lower()}",
        subject=f"{subject.KIND}:{subject.pk}",
        detail={"before": before, "why": why[:500], "hash": getattr(subject, "content_hash", "")},
    )
