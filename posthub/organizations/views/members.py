"""Who belongs to an organization, and how others come in."""

import copy
import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posthub.accounts.models import User
from posthub.core.access import anyone, member
from posthub.core.errors import Refused
from posthub.core.htmx import form_on, go, say
from posthub.core.tenancy import TenantRequest, base_url
from posthub.organizations import operations
from posthub.organizations.forms import InviteForm, JoinForm, MembershipForm
from posthub.organizations.models import Invitation, Membership
from posthub.organizations.views.settings import require_settings_right, settings_page

BEFORE = "posthub.membership.before"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@member
@require_safe
def member_list(request: TenantRequest) -> HttpResponse:
    return members_page(request, InviteForm())


def members_page(request: TenantRequest, form: InviteForm, status: int = 200) -> HttpResponse:
    organization = request.organization
    context = {
        "form": form,
        "today": timezone.localdate(),
        "members": Membership.objects.filter(organization=organization)
        .select_related("user", "stands_in")
        .order_by("created_at")[:200],
        "invitations": Invitation.objects.filter(organization=organization).order_by("email")[:200],
        "assignments": organization.assignments.select_related("marketer").order_by("created_at")[:50],
    }
    return settings_page(
        request,
        "organizations/member_list.html",
        context,
        place="organizations:member_list",
        status=status,
    )


@member
@form_on("organizations:member_list")
def add_member(request: TenantRequest) -> HttpResponse:
    require_settings_right(request)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return members_page(request, form, status=422)
    email = form.cleaned_data["email"]
    try:
        added = operations.invite(request.organization, email=email, by=request.user)
    except Refused as problem:
        form.add_error("email", problem.message)
        return members_page(request, form, status=problem.status)
    said = _("%(email)s was added.") if added else _("An invitation was sent to %(email)s.")
    messages.success(request, said % {"email": email})
    return go(request, "organizations:member_list")


@member
@require_POST
def remove_member(request: TenantRequest, pk: UUID) -> HttpResponse:
    require_settings_right(request)
    membership = get_object_or_404(
        Membership.objects.select_related("user"), pk=pk, organization=request.organization
    )
    try:
        operations.remove_member(request.organization, user=membership.user, by=request.user)
    except Refused as problem:
        messages.error(request, problem.message)
        return members_page(request, InviteForm(), status=problem.status)
    messages.success(request, _("%(email)s was removed.") % {"email": membership.user.email})
    if membership.user == request.user:
        return go(request, f"{base_url()}/organizations/")
    return go(request, "organizations:member_list")


@member
@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: TenantRequest, pk: UUID) -> HttpResponse:
    """What one member decides and gets by mail. A toast takes a change back."""
    row = get_object_or_404(
        Membership.objects.select_related("user", "organization"), pk=pk, organization=request.organization
    )
    today = timezone.localdate()
    form = MembershipForm(request.POST or None, instance=copy.copy(row), today=today)
    if request.method != "POST":
        return _membership_page(request, row, form)
    require_settings_right(request)
    if not form.is_valid():
        return _membership_page(request, row, form, status=422)
    try:
        before = operations.change_membership(row, by=request.user, **form.cleaned_data)
    except Refused as problem:
        form.add_error("approves", problem.message)
        return _membership_page(request, row, form, status=problem.status)
    token = signing.dumps({name: _plain(value) for name, value in before.items()}, salt=BEFORE)
    say(request, _("Saved."), undo=resolve_url("organizations:restore_membership", pk, token))
    return go(request, "organizations:member_list")


def _plain(value: Any) -> Any:
    value = getattr(value, "pk", value)
    return str(value) if isinstance(value, datetime.date | UUID) else value


@member
@require_POST
def restore_membership(request: TenantRequest, pk: UUID, token: str) -> HttpResponse:
    """As it was before the change that the token remembers."""
    require_settings_right(request)
    row = get_object_or_404(
        Membership.objects.select_related("organization"), pk=pk, organization=request.organization
    )
    try:
        before = signing.loads(token, salt=BEFORE, max_age=600)
    except signing.BadSignature as problem:
        raise Http404 from problem
    before["stands_in"] = User.objects.filter(pk=before["stands_in"]).first()
    until = before["away_until"]
    before["away_until"] = datetime.date.fromisoformat(until) if until else None
    operations.change_membership(row, by=request.user, **before)
    messages.success(request, _("Undone. It is as it was."))
    return go(request, "organizations:member_list")


def _membership_page(
    request: TenantRequest, row: Membership, form: MembershipForm, status: int = 200
) -> HttpResponse:
    context = {"form": form, "membership": row, "own": row.user_id == request.user.pk}
    return settings_page(
        request,
        "organizations/membership.html",
        context,
        place="organizations:member_list",
        status=status,
    )


@member
@require_POST
def withdraw_invitation(request: TenantRequest, pk: UUID) -> HttpResponse:
    require_settings_right(request)
    invitation = get_object_or_404(Invitation, pk=pk, organization=request.organization)
    operations.withdraw_invitation(request.organization, email=invitation.email, by=request.user)
    messages.success(request, _("The invitation was withdrawn."))
    return go(request, "organizations:member_list")


@anyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: Any, token: str) -> HttpResponse:
    """GET shows what one is invited to; POST joins, making an account where there is none."""
    if request.tenant is None:
        raise Http404
    asked = operations.invitation_of(token, organization_id=request.tenant.organization_id)
    if asked is None:
        return render(request, "organizations/invitation_over.html", status=410)
    if request.user.is_authenticated or User.objects.filter(email=asked.email).exists():
        return _join_with_account(request, asked)
    form = JoinForm(request.POST or None, email=asked.email)
    if request.method == "POST" and form.is_valid():
        newcomer = operations.join_as_newcomer(
            asked, name=form.cleaned_data["name"], password=form.cleaned_data["password"]
        )
        login(request, newcomer, backend=BACKEND)
        return redirect("/")
    context = {"invitation": asked, "form": form}
    return render(request, "organizations/invitation.html", context, status=422 if form.is_bound else 200)


def _join_with_account(request: Any, asked: Invitation) -> HttpResponse:
    """Somebody who has an account signs in with it first; then one button joins."""
    if request.method == "POST" and request.user.is_authenticated:
        operations.accept_invitation(asked, user=request.user)
        return redirect("/")
    return render(request, "organizations/invitation.html", {"invitation": asked, "form": None})
