"""An organization's settings and its log, on its own host."""

import copy
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from posthub.accounts.models import User
from posthub.audit.models import AuditEntry
from posthub.core.access import member
from posthub.core.htmx import go
from posthub.core.tenancy import TenantRequest
from posthub.organizations import operations, policies
from posthub.organizations.access import Forbidden
from posthub.organizations.actions import in_words
from posthub.organizations.forms import SettingsForm
from posthub.organizations.models import Fallback


def require_settings_right(request: TenantRequest) -> None:
    if not policies.may_change_settings(request.user, supervises=request.supervises):
        raise Forbidden(_("Only the client can do this. Ask the organization's own people."))


def settings_page(
    request: TenantRequest, template: str, context: dict[str, Any], *, place: str, status: int = 200
) -> HttpResponse:
    """One of the settings' tabs."""
    tabs = [
        ("organizations:settings", _("Organization")),
        ("billing:networks", _("Plan and networks")),
        ("organizations:member_list", _("Members")),
        ("approvals:review_links", _("Review by mail")),
        ("ai:own_keys", _("AI")),
        ("organizations:activity", _("Activity")),
    ]
    places = [{"label": label, "url": reverse(name), "current": name == place} for name, label in tabs]
    return render(request, template, {**context, "places": places}, status=status)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: TenantRequest) -> HttpResponse:
    # The form works on a copy, so that a refused value does not show up around the page.
    form = SettingsForm(request.POST or None, instance=copy.copy(request.organization))
    if request.method == "POST":
        require_settings_right(request)
        if form.is_valid() and _theirs_to_switch(request, form):
            operations.change_settings(request.organization, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return go(request, "organizations:settings")
    return settings_page(
        request,
        "organizations/settings.html",
        {"form": form},
        place="organizations:settings",
        status=422 if form.is_bound else 200,
    )


def _theirs_to_switch(request: TenantRequest, form: SettingsForm) -> bool:
    """That texts go out undecided is for the organization's own approvers to allow, and for nobody else."""
    rule = form.cleaned_data["fallback"]
    if rule in {request.organization.fallback, Fallback.HOLD} or (request.supervises and request.decides):
        return True
    form.add_error("fallback", _("Only somebody who approves for the client can switch this on."))
    return False


@member
@require_safe
def activity(request: TenantRequest) -> HttpResponse:
    """Who decided and changed what, newest first; the entries are chained and never edited."""
    entries = AuditEntry.objects.filter(chain=request.organization.schema_name).order_by("-number")
    page = Paginator(entries, 25).get_page(request.GET.get("page"))
    people = User.objects.in_bulk({entry.actor_id for entry in page if entry.actor_id})
    rows = [
        (entry, in_words(entry.action), people.get(entry.actor_id) if entry.actor_id else None)
        for entry in page
    ]
    context = {"page": page, "rows": rows}
    return settings_page(request, "organizations/activity.html", context, place="organizations:activity")
