"""Who waits for whom, over one organization or all of them."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from posthub.worklist.models import WaitsOn, WorkItem

# What is decided on as one counts once. Rows of an older release know no group: their posts share a title.
THING = Concat(
    Cast("kind", TextField()),
    Coalesce(Cast("group_id", TextField()), Cast("title", TextField())),
    Cast("state", TextField()),
    output_field=TextField(),
)


def waiting_count(organization_id: UUID, waits_on: WaitsOn, *, without: Iterable[Any] = ()) -> int:
    """How many things; each of `without` is a set of ids that do not count, or a query for them."""
    waiting = WorkItem.objects.filter(organization_id=organization_id, waits_on=waits_on)
    for ids in without:
        waiting = waiting.exclude(object_id__in=ids)
    return int(waiting.aggregate(count=Count(THING, distinct=True))["count"])


def going_out(organization_ids: Iterable[UUID], *, on: date) -> int:
    """How many things go out on that day, in the active time zone."""
    start = timezone.make_aware(datetime.combine(on, time.min))
    coming = WorkItem.objects.filter(organization_id__in=organization_ids, waits_on=WaitsOn.CLOCK)
    return coming.filter(due__gte=start, due__lt=start + timedelta(days=1)).count()


def balls(organization_ids: QuerySet[Any] | list[UUID]) -> dict[UUID, dict[str, Any]]:
    """Per organization: how many things wait on each side, since when and for when the first of them is, and when
    something goes out next. One statement.
    """
    sides = {side.value: Q(waits_on=side) for side in (WaitsOn.CLIENT, WaitsOn.STAFF, WaitsOn.MACHINE)}
    found: dict[str, Any] = {name: Count(THING, filter=query, distinct=True) for name, query in sides.items()}
    found |= {f"{name}_since": Min("since", filter=query) for name, query in sides.items()}
    found |= {f"{name}_due": Min("due", filter=query) for name, query in sides.items()}
    coming = Q(waits_on=WaitsOn.CLOCK, due__gte=timezone.now())
    rows = (
        WorkItem.objects.filter(organization_id__in=organization_ids)
        .values("organization_id")
        .annotate(next_out=Min("due", filter=coming), **found)
    )
    return {row["organization_id"]: dict(row) for row in rows}
