"""Keeping the list of open work true. Called with each change of state, in its transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from posthub.worklist.models import WaitsOn, WorkItem


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
) -> None:
    """Note who has the ball; what waits for nobody any more leaves the list."""
    if waits_on == WaitsOn.NOBODY:
        forget(organization_id, kind=kind, object_id=object_id)
        return
    WorkItem.objects.update_or_create(
        organization_id=organization_id,
        kind=kind,
        object_id=object_id,
        defaults={"title": title[:200], "state": state, "waits_on": waits_on, "since": since, "due": due},
    )


def forget(organization_id: UUID, *, kind: str, object_id: UUID) -> None:
    WorkItem.objects.filter(organization_id=organization_id, kind=kind, object_id=object_id).delete()
