"""Work that failed for good, by cause: try it again, or put it aside."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from posthub.backoffice import operations, queries
from posthub.core.access import staff
from posthub.core.htmx import go
from posthub.core.tenancy import TenantRequest
from posthub.organizations.models import Organization


@staff
@require_safe
def failed_jobs(request: TenantRequest) -> HttpResponse:
    page = Paginator(queries.failed_jobs(request.user), 25).get_page(request.GET.get("page"))
    schemas = {job.schema_name for job in page}
    names = dict(Organization.objects.filter(schema_name__in=schemas).values_list("schema_name", "name"))
    groups = [
        (cause, [(job, names.get(job.schema_name, "PostHub")) for job in jobs])
        for cause, jobs in groupby(page, key=lambda job: job.cause)
    ]
    return render(request, "backoffice/failed_jobs.html", {"page": page, "groups": groups})


@staff
@require_POST
def retry_job(request: TenantRequest, pk: UUID) -> HttpResponse:
    job = get_object_or_404(queries.failed_jobs(request.user), pk=pk)
    operations.retry_failed(job, by=request.user)
    messages.success(request, _("Started again."))
    return go(request, "backoffice:failed_jobs")


@staff
@require_POST
def dismiss_job(request: TenantRequest, pk: UUID) -> HttpResponse:
    job = get_object_or_404(queries.failed_jobs(request.user), pk=pk)
    operations.dismiss_failed(job, by=request.user)
    messages.success(request, _("Put aside."))
    return go(request, "backoffice:failed_jobs")
