"""Writing the audit chain, and proving that it is whole."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from posthub.audit.models import AuditEntry
from posthub.core import logging as context


def hold(chain: str) -> None:
    """Make others who write to `chain` wait until this transaction is over.

    Whoever will record and also locks rows holds the chain first, so that no two wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"audit:{chain}"])


@transaction.atomic
def record(
    action: str, *, subject: str, actor_id: UUID | None, chain: str, detail: dict[str, Any] | None = None
) -> AuditEntry:
    """Append one entry to `chain`. Entries of one chain are written one after the other."""
    hold(chain)
    last = AuditEntry.objects.filter(chain=chain).order_by("-number").only("number", "hash").first()
    entry = AuditEntry(
        chain=chain,
        number=last.number + 1 if last else 1,
        at=timezone.now(),
        actor_id=actor_id,
        action=action,
        subject=subject,
        detail={**context.origin.get(), **(detail or {})},
        previous_hash=last.hash if last else "",
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    return entry


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
