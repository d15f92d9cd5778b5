"""Deleting an organization, and thinking better of it."""

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posthub.accounts.models import User
from posthub.core.access import member, person
from posthub.core.errors import Refused
from posthub.core.htmx import go
from posthub.core.tenancy import TenantRequest, base_url
from posthub.organizations import erasure
from posthub.organizations.export import write_export
from posthub.organizations.models import Organization
from posthub.organizations.queries import closed_organizations_of
from posthub.organizations.views.settings import require_settings_right, settings_page


@member
@require_http_methods(["GET", "HEAD", "POST"])
def delete_organization(request: TenantRequest) -> HttpResponse:
    """A page of its own, so that nobody comes to it while looking for something else."""
    require_settings_right(request)
    problem = ""
    if request.method == "POST":
        typed = request.POST.get("typed_name", "")
        try:
            erasure.ask_for_deletion(request.organization, by=request.user, typed=typed)
        except Refused as refusal:
            problem = refusal.message
        else:
            # This host is nobody's from now on; the list on the apex host says until when it can be undone.
            return go(request, f"{base_url()}/organizations/")
    context = {"problem": problem}
    status = 422 if problem else 200
    return settings_page(
        request, "organizations/delete.html", context, place="backoffice:data", status=status
    )


def closed_organization(user: User, pk: UUID) -> Organization:
    found = closed_organizations_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@person
@require_POST
def keep_organization(request: Any, pk: UUID) -> HttpResponse:
    organization = closed_organization(request.user, pk)
    erasure.undo_deletion(organization, by=request.user)
    messages.success(request, _("%(name)s is open again.") % {"name": organization.name})
    return go(request, "organizations:organization_list")


@person
@never_cache
@require_safe
def export_organization(request: Any, pk: UUID) -> FileResponse:
    """All data of an organization that is to be deleted, once more."""
    organization = closed_organization(request.user, pk)
    with tempfile.TemporaryDirectory(prefix="posthub-export-") as directory:
        # The file stays readable while it is sent, although its name is gone by then.
        content = write_export(organization, Path(directory) / "export.zip").open("rb")
    return FileResponse(content, as_attachment=True, filename=f"{organization.schema_name}.zip")
