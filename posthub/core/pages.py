"""What Django itself refuses (no such address, not yours) answers with our pages, in the reader's language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from posthub.core.htmx import wants_fragment
from posthub.core.logging import request_id


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403)


def broken(request: HttpRequest) -> HttpResponse:
    """After an error nobody expected. Nothing is asked of the request: the database may be what broke.

    The reference stands in the lines of the log that tell what happened.
    """
    context = {"reference": request_id.get()}
    name = "errors/500.html"
    return HttpResponse(
        render_to_string(f"{name}#panel" if wants_fragment(request) else name, context), status=500
    )


def _page(request: HttpRequest, status: int) -> HttpResponse:
    name = f"errors/{status}.html"
    return render(request, f"{name}#panel" if wants_fragment(request) else name, status=status)
