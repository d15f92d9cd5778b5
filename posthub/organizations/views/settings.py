"""An organization's settings and its log, on its own host."""

import copy
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posthub.accounts.models import User
from posthub.audit.models import AuditEntry
from posthub.core.access import member, supervisor
from posthub.core.htmx import go
from posthub.core.tenancy import TenantRequest
from posthub.organizations import operations, policies
from posthub.organizations.access import Forbidden
from posthub.organizations.actions import in_words, things_named
from posthub.organizations.forms import MailsForm, SettingsForm
from posthub.organizations.models import Fallback, Membership


def require_settings_right(request: TenantRequest) -> None:
    if not policies.may_change_settings(request.user, supervises=request.supervises):
        raise Forbidden(_("Only the client can do this. Ask the organization's own people."))


def settings_page(
    request: TenantRequest, template: str, context: dict[str, Any], *, place: str, status: int = 200
) -> HttpResponse:
    """One of the settings' pages; `place` is its name or address."""
    here = resolve_url(place)
    places = [{"label": label, "url": url, "current": url == here} for url, label in pages_of_settings()]
    return render(request, template, {**context, "places": places}, status=status)


def pages_of_settings() -> list[tuple[str, str]]:
    """Where they are and what they are called, in the order of the menu."""
    return [
        (reverse("organizations:settings"), _("Organization")),
        (part_url("language"), _("Language and time zone")),
        (reverse("billing:networks"), _("Plan and networks")),
        (reverse("organizations:member_list"), _("Members")),
        (part_url("approving"), _("Approval rules")),
        (reverse("approvals:review_links"), _("Review by mail")),
        (part_url("notifications"), _("Notifications")),
        (reverse("ai:own_keys"), _("AI")),
        (reverse("organizations:security"), _("Security")),
        (reverse("backoffice:data"), _("Your data")),
        (reverse("organizations:activity"), _("Activity")),
    ]


def part_url(part: str) -> str:
    return reverse("organizations:settings_part", args=[part])


@member
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: TenantRequest) -> HttpResponse:
    return _part(request, "organization", "organizations:settings", {})


@member
@require_http_methods(["GET", "HEAD", "POST"])
def settings_part(request: TenantRequest, part: str) -> HttpResponse:
    context = _of_mails(request) if part == "notifications" else {}
    return _part(request, part, part_url(part), context)


@supervisor
@require_POST
def choose_mails(request: TenantRequest) -> HttpResponse:
    """Which mails one gets oneself; everybody chooses that for themselves."""
    row = get_object_or_404(
        Membership.objects.select_related("organization"),
        user=request.user,
        organization=request.organization,
    )
    form = MailsForm(request.POST, membership=row)
    if not form.is_valid():
        common = SettingsForm(instance=copy.copy(request.organization), part="notifications")
        context = {**_of_mails(request, form), "form": common}
        here = part_url("notifications")
        return settings_page(request, "organizations/notifications.html", context, place=here, status=422)
    operations.change_membership(row, by=request.user, **form.chosen())
    messages.success(request, _("Saved."))
    return go(request, part_url("notifications"))


def _of_mails(request: TenantRequest, form: MailsForm | None = None) -> dict[str, Any]:
    rows = Membership.objects.filter(organization=request.organization).select_related("user")
    members = list(rows.order_by("created_at")[:200])
    own = next((row for row in members if row.user_id == request.user.pk), None)
    return {"members": members, "own": form or (own and MailsForm(membership=own))}


def _part(request: TenantRequest, part: str, place: str, context: dict[str, Any]) -> HttpResponse:
    # The form works on a copy, so that a refused value does not show up around the page.
    form = SettingsForm(request.POST or None, instance=copy.copy(request.organization), part=part)
    if request.method == "POST":
        require_settings_right(request)
        if form.is_valid() and _theirs_to_switch(request, form):
            operations.change_settings(request.organization, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return go(request, place)
    template = f"organizations/{'settings' if part == 'organization' else part}.html"
    status = 422 if form.is_bound else 200
    return settings_page(request, template, {**context, "form": form}, place=place, status=status)


def _theirs_to_switch(request: TenantRequest, form: SettingsForm) -> bool:
    """That texts go out undecided is for the organization's own approvers to allow, and for nobody else."""
    rule = form.cleaned_data.get("fallback", request.organization.fallback)
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
    things = things_named({entry.subject for entry in page})
    rows = [
        {
            "entry": entry,
            "words": in_words(entry.action),
            "actor": people.get(entry.actor_id) if entry.actor_id else None,
            "thing": things.get(entry.subject),
        }
        for entry in page
    ]
    context = {"page": page, "rows": rows, "lang": request.organization.language}
    return settings_page(request, "organizations/activity.html", context, place="organizations:activity")
