"""What comes in loses the one character that PostgreSQL keeps in no text: a search for it would break, not find."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.request import UnreadablePostError

NULL = "\0"


class NullBytesMiddleware:
    """Cleans the query, the cookies and the fields of a form; an address that holds a null byte leads nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = cleaned(request.GET)  # type: ignore[assignment]
        request.COOKIES = {name: value.replace(NULL, "") for name, value in request.COOKIES.items()}
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if any(isinstance(part, str) and NULL in part for part in kwargs.values()):
            raise Http404
        if request.method != "POST":
            return
        try:
            posted = request.POST
        except UnreadablePostError:
            return  # whoever sent it is gone; what asks for the fields next says so
        if any(NULL in text for name, values in posted.lists() for text in (name, *values)):
            request.POST = cleaned(posted)  # type: ignore[assignment]


def cleaned(given: QueryDict) -> QueryDict:
    """The same without null bytes, as unchangeable as what the request brought."""
    clean = QueryDict(mutable=True, encoding=given.encoding)
    for name, values in given.lists():
        clean.setlist(name.replace(NULL, ""), [value.replace(NULL, "") for value in values])
    clean._mutable = False
    return clean
