"""Keeping the list of open work true. Called with each change of state, in its transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import UUID

from posthub.worklist.models import WaitsOn, WorkItem

# (organization, kind, object) -> its line, None where it leaves the list; only inside `gathered`.
Lines = dict[tuple[UUID, str, UUID], WorkItem | None]
_gathering: ContextVar[Lines | None] = ContextVar("gathering", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """What is kept and forgotten inside is written at the end, in two statements."""
    lines: Lines = {}
    token = _gathering.set(lines)
    try:
        yield
    finally:
        _gathering.reset(token)
    kept = [line for line in lines.values() if line is not None]
    WorkItem.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["organization", "kind", "object_id"],
        update_fields=["title", "state", "waits_on", "since", "due", "group_id"],
    )
    gone = [key for key, line in lines.items() if line is None]
    if gone:
        WorkItem.objects.filter(
            organization_id__in={key[0] for key in gone}, object_id__in=[key[2] for key in gone]
        ).delete()


def keep(
    organization_id: UUID,
    *,
    kind: str,
    object_id: UUID,
    title: str,
    state: str,
    waits_on: WaitsOn,
    since: datetime,
    due: Any = None,
    group_id: UUID | None = None,
) -> None:
    """Note who has the ball; what waits for nobody any more leaves the list."""
    if waits_on == WaitsOn.NOBODY:
        forget(organization_id, kind=kind, object_id=object_id)
        return
    line = {"title": title[:200], "state": state, "waits_on": waits_on, "since": since, "due": due}
    line["group_id"] = group_id or object_id
    key: dict[str, Any] = {"organization_id": organization_id, "kind": kind, "object_id": object_id}
    lines = _gathering.get()
    if lines is not None:
        lines[organization_id, kind, object_id] = WorkItem(**key, **line)
    else:
        WorkItem.objects.update_or_create(**key, defaults=line)


def forget(organization_id: UUID, *, kind: str, object_id: UUID) -> None:
    lines = _gathering.get()
    if lines is not None:
        lines[organization_id, kind, object_id] = None
    else:
        WorkItem.objects.filter(organization_id=organization_id, kind=kind, object_id=object_id).delete()


def forget_past(before: datetime) -> int:
    """What its time has come for is nothing to wait for."""
    return WorkItem.objects.filter(waits_on=WaitsOn.CLOCK, due__lt=before).delete()[0]
