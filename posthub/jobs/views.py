"""What the browser polls while work goes on, and the two buttons beside it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from posthub.core.access import member
from posthub.core.htmx import reply, show
from posthub.core.tenancy import TenantRequest
from posthub.jobs import operations
from posthub.jobs.models import Job
from posthub.jobs.queries import task_of


def job_for(request: TenantRequest, pk: UUID) -> Job:
    """The organization's own job, without what only workers need; anything else does not exist here."""
    jobs = Job.objects.defer("answers", "payload", "detail")
    job = jobs.filter(pk=pk, schema_name=request.tenant.schema_name).first()
    if job is None:
        raise Http404
    return job


@require_safe
@member
def job(request: TenantRequest, pk: UUID) -> HttpResponse:
    found = job_for(request, pk)
    response = show(request, "jobs/progress.html", {"job": found, "task": task_of(found)}, fragment="bar")
    if not found.active:
        # The part of the page that waits for the result listens for this and loads itself anew.
        response["HX-Trigger"] = "jobOver"
    return response


@require_POST
@member
def cancel_job(request: TenantRequest, pk: UUID) -> HttpResponse:
    cancelled = operations.cancel(job_for(request, pk))
    context = {"job": cancelled, "task": task_of(cancelled)}
    return reply(request, "jobs/progress.html#bar", context, otherwise=cancelled.get_absolute_url())


@require_POST
@member
def retry_job(request: TenantRequest, pk: UUID) -> HttpResponse:
    again = operations.retry(Job.objects.get(pk=job_for(request, pk).pk), by=request.user)
    context = {"job": again, "task": task_of(again)}
    return reply(request, "jobs/progress.html#bar", context, otherwise=again.get_absolute_url())
