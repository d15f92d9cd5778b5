"""A person's own pages, on either host."""

import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posthub.accounts import operations
from posthub.accounts.forms import ProfileForm
from posthub.accounts.models import Consent
from posthub.accounts.queries import sign_ins_of
from posthub.core.access import anyone, person
from posthub.core.htmx import back_to, go
from posthub.core.tenancy import TenantRequest, base_url
from posthub.ui.times import day
from posthub.ui.views import keep_language


@person
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: TenantRequest) -> HttpResponse:
    base = "base_tenant.html" if request.tenant else "base_public.html"
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        operations.change_profile(request.user, **form.cleaned_data)
        with translation.override(request.user.language):
            messages.success(request, _("Saved."))
        response = go(request, "accounts:profile")
        keep_language(request, response, request.user.language)
        return response
    context = {"form": form, "base": base, "sign_ins": sign_ins_of(request.user)[:50]}
    return render(request, "account/profile.html", context, status=422 if form.is_bound else 200)


@person
@require_POST
def sign_out_elsewhere(request: TenantRequest) -> HttpResponse:
    """On every other device, and on every other host; this session stays."""
    update_session_auth_hash(request, operations.sign_out_elsewhere(request.user))
    messages.success(request, _("Signed out everywhere but here."))
    return go(request, back_to(request, "accounts:profile"))


@person
@require_POST
def end_sign_in(request: TenantRequest, pk: UUID) -> HttpResponse:
    """One of the person's own sessions, on whatever host it was begun."""
    operations.end_sign_in(get_object_or_404(sign_ins_of(request.user), pk=pk))
    messages.success(request, _("Signed out there."))
    return go(request, back_to(request, "accounts:profile"))


@anyone
@require_safe
def sign_up(request: HttpRequest) -> HttpResponse:
    """There is one registration form; it lives on the apex host."""
    return HttpResponseRedirect(f"{base_url()}/register/")


@anyone
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    return _document(request, "account/terms.html", Consent.Document.TERMS)


@anyone
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _document(request, "account/privacy.html", Consent.Document.PRIVACY)


def _document(request: HttpRequest, template: str, document: Consent.Document) -> HttpResponse:
    changed = datetime.date.fromisoformat(operations.DOCUMENT_VERSIONS[document])
    return render(request, template, {"version": day(changed)})


@anyone
def admin_door(request: HttpRequest) -> HttpResponse:
    """The admin's own log-in page knows neither codes nor the second factor: everybody enters by ours."""
    onward = request.GET.get("next") or resolve_url("admin:index")
    return HttpResponseRedirect(f"{resolve_url('account_login')}?{urlencode({'next': onward})}")
