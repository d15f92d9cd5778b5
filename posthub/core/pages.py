"""What Django itself refuses or breaks on answers with our pages, in the reader's language."""

import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from posthub.core.htmx import wants_fragment
from posthub.core.logging import request_id

RETRY_SECONDS = 5


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403)


def other_method(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """What only a form leads to was opened as an address, or the other way round."""
    page = _page(request, 405)
    page["Allow"] = refused["Allow"]
    return page


def broken(request: HttpRequest) -> HttpResponse:
    """Called while the error is handled. A database that is away is no fault of ours: it comes back."""
    if not is_away(sys.exc_info()[1]):
        return _plain_page(request, "errors/500.html", 500)
    response = _plain_page(request, "errors/away.html", 503)
    response["Retry-After"] = str(RETRY_SECONDS)
    if request.method == "GET" and not wants_fragment(request):
        response["Refresh"] = str(RETRY_SECONDS)
    return response


def is_away(problem: BaseException | None) -> bool:
    """Whether PostgreSQL or Redis could not be reached, rather than something being wrong."""
    import redis

    away = (OperationalError, InterfaceError, redis.ConnectionError, redis.TimeoutError)
    return isinstance(problem, away)


class MethodMiddleware:
    """What a view refuses without a word gets a page, for people; programs read its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        bare = response.status_code == 405 and not response.streaming and not response.content
        return other_method(request, response) if bare and request.method in {"GET", "POST"} else response


def _page(request: HttpRequest, status: int) -> HttpResponse:
    name = f"errors/{status}.html"
    return render(request, f"{name}#panel" if wants_fragment(request) else name, status=status)


def _plain_page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    """Without anything about the viewer: whatever is asked of the database now would fail as well.

    The reference stands in the lines of the log that tell what happened.
    """
    language = getattr(request, "LANGUAGE_CODE", None) or translation.get_language_from_request(request)
    context = {"reference": request_id.get()}
    with translation.override(language):
        page = render_to_string(f"{name}#panel" if wants_fragment(request) else name, context)
    return HttpResponse(page, status=status)
