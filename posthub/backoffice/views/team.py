"""Who looks after whom, and giving a client to somebody else."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from posthub.accounts.models import User
from posthub.accounts.policies import leads_a_team
from posthub.backoffice import queries
from posthub.backoffice.forms import AssignForm
from posthub.core.access import staff
from posthub.core.htmx import form_on, go
from posthub.core.tenancy import TenantRequest
from posthub.organizations import operations, policies
from posthub.organizations.models import Assignment
from posthub.organizations.queries import marketers_of, organizations_of


def require_leader(request: HttpRequest) -> None:
    if not leads_a_team(request.user):
        raise Http404


def assign_form(user: User, answers: object = None) -> AssignForm:
    return AssignForm(answers, organizations=organizations_of(user), marketers=marketers_of(user))


@staff
@require_safe
def team(request: TenantRequest) -> HttpResponse:
    require_leader(request)
    return _page(request, assign_form(request.user))


def _page(request: TenantRequest, form: AssignForm, status: int = 200) -> HttpResponse:
    rows = queries.team(request.user, marketers_of(request.user))
    return render(request, "backoffice/team.html", {"rows": rows, "form": form}, status=status)


@staff
@form_on("backoffice:team")
def assign(request: TenantRequest) -> HttpResponse:
    require_leader(request)
    form = assign_form(request.user, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    organization, marketer = form.cleaned_data["organization"], form.cleaned_data["marketer"]
    operations.assign(organization, marketer=marketer, by=request.user)
    said = _("%(client)s is now with %(person)s.") % {"client": organization.name, "person": marketer}
    messages.success(request, said)
    return go(request, "backoffice:team")


@staff
@require_POST
def unassign(request: TenantRequest, marketer_id: UUID, organization_id: UUID) -> HttpResponse:
    require_leader(request)
    assignment = get_object_or_404(
        Assignment.objects.select_related("marketer", "organization"),
        marketer_id=marketer_id,
        organization_id=organization_id,
    )
    if not policies.may_assign(request.user, assignment.marketer, assignment.organization):
        raise Http404
    operations.unassign(assignment.organization, marketer=assignment.marketer, by=request.user)
    messages.success(request, _("Done."))
    return go(request, "backoffice:team")
