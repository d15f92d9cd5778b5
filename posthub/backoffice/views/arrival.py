"""Coming to an organization's host with a one-time token from another host of ours."""

from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from posthub.company.models import Company
from posthub.core.access import anyone
from posthub.core.tenancy import base_url
from posthub.organizations.hand_over import accept_hand_over

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@anyone
@never_cache
@csrf_exempt  # the form stands on another host of ours; Origin and the one-time token stand in for the cookie
@require_POST
def enter(request: Any) -> HttpResponse:
    token = request.POST.get("token", "")
    user = None
    if comes_from_us(request):
        user = accept_hand_over(token, organization_id=request.tenant.organization_id)
    if user is None:
        return render(request, "backoffice/entry_refused.html", {"base_url": base_url()}, status=403)
    # A session of somebody else on this host ends here; one's own goes on under a new key.
    login(request, user, backend=BACKEND)
    request.session.cycle_key()
    return HttpResponseRedirect(onward(request), status=303)


def comes_from_us(request: HttpRequest) -> bool:
    """Whether the form was sent by a page of ours: the apex host or an organization's, on the same port."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        from_ = urlsplit(origin)
        here = urlsplit(f"{request.scheme}://{request.get_host()}")
        same_door = from_.scheme == here.scheme and _port(from_) == _port(here)
    except ValueError:
        return False
    host = (from_.hostname or "").lower()
    return same_door and (host == settings.BASE_HOST or host.endswith(f".{settings.BASE_HOST}"))


def _port(parts: SplitResult) -> int:
    return parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)


def onward(request: HttpRequest) -> str:
    """Where the form wanted to go, on this host; an organization without a company begins with the wizard."""
    wanted = request.POST.get("next", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    if not Company.objects.exists():
        try:
            return reverse("company:welcome")
        except NoReverseMatch:
            return "/"
    return "/"
