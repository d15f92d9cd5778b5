"""Writing the audit chain, and proving that it is whole."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from posthub.audit.models import AuditEntry
from posthub.core import logging as context


@dataclass(frozen=True, slots=True)
class Said:
    """What one entry says; when, by whom and after which other one is added as it is written."""

    action: str
    subject: str
    detail: dict[str, Any]


_held: ContextVar[str] = ContextVar("held chain", default="")


def hold(chain: str) -> None:
    """Make others who write to `chain` wait until this transaction is over.

    Whoever will record and also locks rows holds the chain first, so that no two wait for each other.
    """
    if _held.get() == chain:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"audit:{chain}"])


@contextmanager
def holding(chain: str) -> Iterator[None]:
    """Hold it from here on, asking the database once. Only inside a transaction, which goes on to the end of it."""
    hold(chain)
    token = _held.set(chain)
    try:
        yield
    finally:
        _held.reset(token)


@transaction.atomic
def record(
    action: str, *, subject: str, actor_id: UUID | None, chain: str, detail: dict[str, Any] | None = None
) -> AuditEntry:
    """Append one entry to `chain`. Entries of one chain are written one after the other."""
    (entry,) = record_all([Said(action, subject, detail or {})], actor_id=actor_id, chain=chain)
    return entry


def record_all(said: Sequence[Said], *, actor_id: UUID | None, chain: str) -> list[AuditEntry]:
    """Append entries to `chain` in their order, all in one statement; inside the transaction of whoever records."""
    if not said:
        return []
    hold(chain)
    last = AuditEntry.objects.filter(chain=chain).order_by("-number").only("number", "hash").first()
    first, previous = (last.number + 1, last.hash) if last else (1, "")
    entries = []
    for number, one in enumerate(said, start=first):
        entry = AuditEntry(
            chain=chain,
            number=number,
            at=timezone.now(),
            actor_id=actor_id,
            action=one.action,
            subject=one.subject,
            detail={**context.origin.get(), **one.detail},
            previous_hash=previous,
        )
        previous = entry.hash = entry_hash(entry)
        entries.append(entry)
    return AuditEntry.objects.bulk_create(entries)


def entry_hash(entry: AuditEntry) -> str:
    said = [
        entry.chain,
        entry.number,
        entry.at.isoformat(),
        str(entry.actor_id or ""),
        entry.action,
        entry.subject,
        entry.detail,
        entry.previous_hash,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def first_break(chain: str) -> int | None:
    """The number of the first entry that is missing or was changed, None where the chain is whole."""
    previous = ""
    for number, entry in enumerate(
        AuditEntry.objects.filter(chain=chain).order_by("number").iterator(), start=1
    ):
        if entry.number != number or entry.previous_hash != previous or entry.hash != entry_hash(entry):
            return number
        previous = entry.hash
    return None
