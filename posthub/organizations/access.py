"""Lets in whom the view declares (core.access) and nobody else."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from posthub.accounts.models import StaffRole
from posthub.accounts.second_factor import lacks_second_factor
from posthub.core.access import Who, declared
from posthub.core.errors import PostHubError
from posthub.core.htmx import go, problem_page, wants_fragment
from posthub.organizations.policies import is_staff_member
from posthub.organizations.queries import entered


class Forbidden(PostHubError):
    """Yours to know, but not to do."""

    status = 403


class AccessMiddleware:
    """404 for "not yours to know", 403 for "yours, but not to do", the log-in page for nobody in particular."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(
        self, request: Any, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        who = declared(view)
        if who is None:
            raise Http404("no access declared")
        if who is Who.ANYONE:
            return None
        if not request.user.is_authenticated:
            return to_login(request)
        if not view.__module__.startswith("allauth.") and lacks_second_factor(request.user):
            return go(request, f"{resolve_url('mfa_index')}?required=1")
        if who is Who.STAFF and not is_staff_member(request.user):
            raise Http404
        if who is Who.ADMIN and request.user.staff_role != StaffRole.ADMIN:
            raise Http404
        if who in {Who.MEMBER, Who.SUPERVISOR} or request.tenant is not None:
            return self._enter(request, who)
        return None

    def _enter(self, request: Any, who: Who) -> HttpResponse | None:
        """Set `request.organization`; one statement says whether the person belongs here and as what.

        A refusal is answered here: what a view raises becomes a page, what is raised before it does not.
        """
        if request.tenant is None:
            raise Http404
        found = entered(request.user, request.tenant.organization_id)
        if found is None:
            raise Http404
        organization, supervises, approves = found
        request.organization = organization
        timezone.activate(ZoneInfo(organization.zone))
        request.supervises = supervises
        request.decides = approves or not supervises
        self._speak(request, organization.language)
        if who is Who.SUPERVISOR and not request.supervises:
            return problem_page(
                request, Forbidden(_("Only the client can do this. Ask the organization's own people."))
            )
        return None

    def _speak(self, request: Any, language: str) -> None:
        """The organization's language, for somebody who chose none, neither in the profile nor by the switch."""
        if not request.user.language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(language)
            request.LANGUAGE_CODE = language


def to_login(request: HttpRequest) -> HttpResponse:
    """The log-in page that leads back here; HTMX is told to go there instead of showing it inside a card."""
    login = resolve_url("account_login")
    if wants_fragment(request):
        back = request.headers.get("HX-Current-URL", "")
        response = HttpResponse(status=204)
        response["HX-Redirect"] = f"{login}?{urlencode({'next': _path_of(back)})}"
        return response
    return HttpResponseRedirect(f"{login}?{urlencode({'next': request.get_full_path()})}")


def _path_of(address: str) -> str:
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
