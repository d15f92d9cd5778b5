from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_POST

from posthub.core.access import anyone
from posthub.core.htmx import wants_fragment
from posthub.ui import book
from posthub.ui.context import RAIL_COOKIE, THEME_COOKIE, THEMES

YEAR = 365 * 24 * 3600


def _back(request: HttpRequest) -> HttpResponse:
    """Back to the page the switch stood on, and never to another host."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(wanted if safe else "/")
    response.status_code = 303
    return response


@anyone
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    response = _back(request)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(
            THEME_COOKIE, chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    else:
        response.delete_cookie(THEME_COOKIE)
    return response


@anyone
@require_POST
def rail(request: HttpRequest) -> HttpResponse:
    """The side panel as icons, or whole; the next page comes the right way at once."""
    response = _back(request)
    if request.POST.get("rail") == "1":
        response.set_cookie(
            RAIL_COOKIE, "1", max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    else:
        response.delete_cookie(RAIL_COOKIE)
    return response


@anyone
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    response = _back(request)
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES) and check_for_language(code):
        keep_language(request, response, code)
        if request.user.is_authenticated:
            # A person's own language goes before the cookie, so the switch must move it too.
            request.user.language = code
            request.user.save(update_fields=["language"])
    return response


def keep_language(request: HttpRequest, response: HttpResponse, code: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR, samesite="Lax", secure=request.is_secure()
    )


@anyone
@require_GET
def visual_book(request: HttpRequest) -> HttpResponse:
    """`q` leaves only the entries that have all its words in their names, descriptions and contracts."""
    query = request.GET.get("q", "").strip()[:60]
    context = {**book.samples(), "q": query, "found": book.found(query), "index": book.index()}
    name = "visual_book/book.html"
    response = render(request, f"{name}#entries" if wants_fragment(request) else name, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
