"""Who waits for whom, over one organization or all of them."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from posthub.worklist.models import WaitsOn, WorkItem


def waiting_count(organization_id: UUID, waits_on: WaitsOn) -> int:
    """How many things; the posts of one article, which share its title, are decided on as one."""
    waiting = WorkItem.objects.filter(organization_id=organization_id, waits_on=waits_on)
    return waiting.values("kind", "title").distinct().count()


def balls(organization_ids: QuerySet[Any] | list[UUID]) -> dict[UUID, dict[str, Any]]:
    """Per organization: how many things wait on each side, since when, and the next due date. One statement."""
    sides = {side.value: Q(waits_on=side) for side in (WaitsOn.CLIENT, WaitsOn.STAFF, WaitsOn.MACHINE)}
    counts: dict[str, Any] = {name: Count("id", filter=query) for name, query in sides.items()}
    oldest: dict[str, Any] = {f"{name}_since": Min("since", filter=query) for name, query in sides.items()}
    rows = (
        WorkItem.objects.filter(organization_id__in=organization_ids)
        .values("organization_id")
        .annotate(next_due=Min("due"), **counts, **oldest)
    )
    return {row["organization_id"]: dict(row) for row in rows}
