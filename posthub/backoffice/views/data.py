"""An organization's own data: what there is, a file with all of it, and the way to the end."""

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from posthub.accounts.models import Consent
from posthub.backoffice import operations, queries
from posthub.core.access import member
from posthub.core.htmx import go
from posthub.core.tenancy import TenantRequest
from posthub.jobs.queries import task_of
from posthub.organizations.export import last_export
from posthub.organizations.views.settings import require_settings_right, settings_page

MOST = 100


@member
@require_safe
def data(request: TenantRequest) -> HttpResponse:
    job = queries.export_job(request.organization)
    consents = Consent.objects.filter(user__memberships__organization=request.organization)
    context = {
        "job": job,
        "task": task_of(job) if job else None,
        "export": last_export(request.organization),
        "consents": consents.select_related("user").order_by("-created_at")[:MOST],
    }
    return settings_page(request, "backoffice/data.html", context, place="backoffice:data")


@member
@require_POST
def export_data(request: TenantRequest) -> HttpResponse:
    require_settings_right(request)
    operations.ask_for_export(request.organization, by=request.user)
    return go(request, "backoffice:data")


@member
@never_cache
@require_safe
def data_file(request: TenantRequest) -> HttpResponseBase:
    """The file; where there is none any more, the page on which a new one is made."""
    require_settings_right(request)
    export = last_export(request.organization)
    if export is None:
        return go(request, "backoffice:data")
    name = f"{request.tenant.domain_url.split('.')[0]}-{export.made_at:%Y-%m-%d}.zip"
    return FileResponse(default_storage.open(export.name), as_attachment=True, filename=name)
