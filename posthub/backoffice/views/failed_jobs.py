"""Work that failed for good, by cause: try it again, or put it aside, one by one or all of a cause."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from posthub.backoffice import operations, queries
from posthub.core.access import staff
from posthub.core.htmx import go
from posthub.core.tenancy import TenantRequest
from posthub.jobs.models import Job

# One press of a button, one request: what is left waits for the next press.
GROUP_AT_ONCE = 200


@staff
@require_safe
def failed_jobs(request: TenantRequest) -> HttpResponse:
    """All causes; or, where one is asked for by ?cause=, every job that failed of it."""
    if "cause" in request.GET:
        return one_cause(request, request.GET["cause"])
    page = Paginator(queries.failed_causes(request.user), 10).get_page(request.GET.get("page"))
    groups = queries.failed_groups(request.user, list(page))
    return render(request, "backoffice/failed_jobs.html", {"page": page, "groups": groups})


def one_cause(request: TenantRequest, cause: str) -> HttpResponse:
    jobs = queries.failed_jobs(request.user).filter(cause=cause).order_by("-finished_at", "pk")
    page = Paginator(jobs, 25).get_page(request.GET.get("page"))
    names = queries.client_names(page)
    rows = [(job, names.get(job.schema_name, "PostHub")) for job in page]
    context = {"page": page, "rows": rows, "cause": cause, "count": page.paginator.count}
    return render(request, "backoffice/failed_cause.html", context)


def group_of(request: TenantRequest) -> list[Job]:
    jobs = queries.failed_jobs(request.user).order_by("finished_at", "pk")
    return list(jobs.filter(cause=request.POST["cause"])[:GROUP_AT_ONCE]) if "cause" in request.POST else []


@staff
@require_POST
def retry_group(request: TenantRequest) -> HttpResponse:
    started, refused = operations.retry_group(group_of(request), by=request.user)
    text = ngettext("%(count)s task started again.", "%(count)s tasks started again.", started)
    messages.success(request, text % {"count": started})
    if refused:
        text = ngettext(
            "%(count)s task cannot be started again.", "%(count)s tasks cannot be started again.", refused
        )
        messages.error(request, text % {"count": refused})
    return go(request, "backoffice:failed_jobs")


@staff
@require_POST
def dismiss_group(request: TenantRequest) -> HttpResponse:
    count = sum(operations.dismiss_failed(job, by=request.user) for job in group_of(request))
    text = ngettext("%(count)s task put aside.", "%(count)s tasks put aside.", count)
    messages.success(request, text % {"count": count})
    return go(request, "backoffice:failed_jobs")


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
