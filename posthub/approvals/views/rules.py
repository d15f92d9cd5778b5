"""The voice rules: the team confirms, retires and adds them; the client reads them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from posthub.approvals.queries.rules import rules_with_rates
from posthub.company.models import Company
from posthub.company.queries import first_company
from posthub.core.access import member
from posthub.core.errors import Refused, WrongState
from posthub.core.tenancy import TenantRequest
from posthub.organizations.access import Forbidden
from posthub.personas import operations
from posthub.personas.models import VoiceRule
from posthub.personas.policies import can_keep_rules

VERBS = {
    "confirm": operations.confirm_rule,
    "dismiss": operations.dismiss_rule,
    "retire": operations.retire_rule,
}


@require_http_methods(["GET", "HEAD", "POST"])
@member
def rules(request: TenantRequest) -> HttpResponse:
    """The list; POST adds a rule of the team's own."""
    company = first_company()
    if company is None:
        return redirect("company:welcome")
    if request.method != "POST":
        return _page(request, company)
    _require_right(request)
    try:
        operations.add_rule(company, request.POST.get("text", ""), by=request.user)
    except Refused as problem:
        return _page(request, company, error=problem.message, status=422)
    messages.success(request, _("The rule holds from now on."))
    return HttpResponseRedirect(resolve_url("approvals:rules"), status=303)


@require_POST
@member
def move_rule(request: TenantRequest, pk: UUID, verb: str) -> HttpResponse:
    if verb not in VERBS:
        raise Http404
    rule = get_object_or_404(VoiceRule, pk=pk)
    _require_right(request)
    try:
        VERBS[verb](rule, by=request.user)
        messages.success(request, _("Saved."))
    except WrongState as problem:
        messages.error(request, problem.message)
    return HttpResponseRedirect(resolve_url("approvals:rules"), status=303)


def _require_right(request: TenantRequest) -> None:
    if not can_keep_rules(request.user, supervises=request.supervises):
        raise Forbidden(_("Our team confirms the rules. Ask for a change of a text and they will see it."))


def _page(request: TenantRequest, company: Company, *, error: str = "", status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "rules": rules_with_rates(company),
        "lang": company.language,
        "may_keep": can_keep_rules(request.user, supervises=request.supervises),
        "error": error,
        "said": request.POST.get("text", ""),
    }
    return render(request, "approvals/rules.html", context, status=status)
