"""A month of topics on one page: its head, and the rows below it."""

import datetime
from typing import Any

from django.db.models import Count, Q
from django.shortcuts import resolve_url
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posthub.billing.models import Feature
from posthub.billing.queries import allowance
from posthub.content.models import Topic
from posthub.content.planning import first_of_next
from posthub.content.policies import CLIENT_STAGE
from posthub.content.queries import jobs_by_address, topic_rows
from posthub.core.tenancy import TenantRequest
from posthub.jobs.queries import failed_at, task_of


def month_page(request: TenantRequest, month: str) -> dict[str, Any]:
    """All rows, and the work under way on the month itself or on any of them."""
    jobs = jobs_by_address(request.tenant.schema_name)
    rows = topic_rows(Topic.objects.filter(month=month), jobs=jobs, supervises=request.supervises)
    waiting = sum(row.can_decide for row in rows)
    head = _head(request, month, jobs, waiting=waiting, planned=len(rows))
    return {**head, "rows": rows, "working": any(row.job for row in rows)}


def row_and_head(request: TenantRequest, topic: Topic) -> dict[str, Any]:
    """One row, fresh from the database, and what it changed in the head."""
    jobs = jobs_by_address(request.tenant.schema_name)
    rows = topic_rows(Topic.objects.filter(pk=topic.pk), jobs=jobs, supervises=request.supervises)
    counts = Topic.objects.filter(month=topic.month).aggregate(
        planned=Count("pk"), waiting=Count("pk", filter=Q(state__in=CLIENT_STAGE))
    )
    counts["waiting"] *= request.supervises
    return {**_head(request, topic.month, jobs, **counts), "row": rows[0]}


def _head(
    request: TenantRequest, month: str, jobs: dict[str, Any], *, waiting: int, planned: int
) -> dict[str, Any]:
    first = datetime.date.fromisoformat(f"{month}-01")
    address = f"{resolve_url('content:topics')}?month={month}"
    job = jobs.get(address) or (None if planned else failed_at(request.tenant.schema_name, address))
    usage = allowance(request.organization, Feature.POSTS, period=month)
    return {
        "month": month,
        "first": first,
        "before": (first - datetime.timedelta(days=1)).strftime("%Y-%m"),
        "after": first_of_next(first).strftime("%Y-%m"),
        "waiting": waiting,
        "approve_label": ngettext("Approve %(count)s topic", "Approve %(count)s topics", waiting)
        % {"count": waiting},
        "propose_label": _("Propose topics for %(month)s") % {"month": date_format(first, "F Y")},
        "usage": usage,
        "room_for_more": 0 < planned < usage.limit and job is None,
        "job": job,
        "task": task_of(job) if job else None,
    }
