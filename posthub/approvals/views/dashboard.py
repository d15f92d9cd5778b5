"""The first page of an organization's host: who has the ball."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from posthub.approvals.models import Decision
from posthub.approvals.queries import review
from posthub.approvals.queries.overview import overview
from posthub.billing.models import Feature
from posthub.billing.queries import allowance, period_of
from posthub.company.models import Company
from posthub.core.access import member
from posthub.core.tenancy import TenantRequest
from posthub.jobs.queries import running_jobs

MINUTES = {"topic": 0.5, "article": 4, "post": 2}


@require_safe
@member
def dashboard(request: TenantRequest) -> HttpResponse:
    seen = overview(request.organization.zone, supervises=request.supervises)
    if not seen.anything and not Company.objects.exists():
        return render(request, "approvals/first_run.html", {"jobs": []})
    done = Decision.objects.filter(by_id=request.user.pk, created_at__gte=review.start_of_today()).count()
    period = period_of(request.organization)
    context: dict[str, Any] = {
        "overview": seen,
        "first": seen.first,
        "waiting": len(seen.queue.mine),
        "minutes": round(sum(MINUTES[entry.line.kind] for entry in seen.queue.mine)),
        "progress": done + 1,
        "progress_of": done + len(seen.queue.mine),
        "done_today": done,
        "jobs": running_jobs(request.tenant.schema_name),
        "with_team": [entry for entry in seen.queue.others if entry.ball != "machine"],
        "month": period,
        "usage": allowance(request.organization, Feature.POSTS, period=period),
    }
    return render(request, "approvals/dashboard.html", context)
