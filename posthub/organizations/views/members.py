"""Who belongs to an organization, and how others come in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posthub.accounts.models import User
from posthub.core.access import anyone, member
from posthub.core.htmx import go
from posthub.core.tenancy import TenantRequest, base_url
from posthub.organizations import operations
from posthub.organizations.forms import InviteForm, JoinForm
from posthub.organizations.models import Invitation, Membership
from posthub.organizations.views.settings import require_settings_right, settings_page

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@member
@require_safe
def member_list(request: TenantRequest) -> HttpResponse:
    return members_page(request, InviteForm())


def members_page(request: TenantRequest, form: InviteForm, status: int = 200) -> HttpResponse:
    organization = request.organization
    context = {
        "form": form,
        "members": Membership.objects.filter(organization=organization)
        .select_related("user")
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
@require_POST
def add_member(request: TenantRequest) -> HttpResponse:
    require_settings_right(request)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return members_page(request, form, status=422)
    email = form.cleaned_data["email"]
    added = operations.invite(request.organization, email=email, by=request.user)
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
    operations.remove_member(request.organization, user=membership.user, by=request.user)
    messages.success(request, _("%(email)s was removed.") % {"email": membership.user.email})
    if membership.user == request.user:
        return go(request, f"{base_url()}/organizations/")
    return go(request, "organizations:member_list")


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
