"""What Django itself refuses (no such address, not yours) answers with our pages, in the reader's language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from posthub.core.htmx import wants_fragment


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403)


def _page(request: HttpRequest, status: int) -> HttpResponse:
    name = f"errors/{status}.html"
    return render(request, f"{name}#panel" if wants_fragment(request) else name, status=status)
