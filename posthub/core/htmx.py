"""The one place that knows whether a request came from HTMX, and answers with a fragment or a page."""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django_htmx.middleware import HtmxDetails

from posthub.core.errors import OverAllowance, PostHubError

View = TypeVar("View", bound=Callable[..., Any])


def wants_fragment(request: Any) -> bool:
    """Not where a link was boosted, nor on the way back through the history: those replace the whole page."""
    # Not there yet where something broke on the way in.
    htmx: Any = getattr(request, "htmx", None) or HtmxDetails(request)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    fragment: str,
    status: int = 200,
) -> HttpResponse:
    """Answer a GET: the whole page, or only its part `fragment` where HTMX asked (paging, filters, polling)."""
    name = f"{template}#{fragment}" if wants_fragment(request) else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def reply(
    request: HttpRequest,
    fragment: str,
    context: Mapping[str, Any] | None = None,
    *,
    otherwise: Any,
    status: int = 200,
) -> HttpResponse:
    """Answer a POST: `fragment` ("page.html#part") to HTMX; to a plain form a redirect to `otherwise` (303)."""
    if wants_fragment(request):
        return render(request, fragment, context, status=status)
    return HttpResponseRedirect(back_to(request, otherwise), status=303)


def again(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, fragment: str, status: int = 422
) -> HttpResponse:
    """A form that was refused, with what was wrong: its page, or for HTMX the form alone in its own place, whatever
    else the answer to a right one would have replaced."""
    response = show(request, template, context, fragment=fragment, status=status)
    if wants_fragment(request):
        response["HX-Retarget"] = "this"
        response["HX-Reswap"] = "outerHTML"
    return response


def go(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Leave the page, for HTMX and plain forms alike."""
    address = resolve_url(to, *args, **kwargs)
    if wants_fragment(request):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = address
        return response
    return HttpResponseRedirect(address, status=303)


def say(request: HttpRequest, message: str, *, undo: str = "") -> None:
    """A toast with what was done, and where given the POST address that takes it back."""
    messages.success(request, message, extra_tags=undo)


def go_on(request: HttpRequest, address: str, *, target: str) -> HttpResponse:
    """After a decision: what stands at `address` takes the place of `target`.

    The answer itself is empty; the browser asks for the next thing, so a decision never carries a page.
    """
    if not wants_fragment(request):
        return HttpResponseRedirect(address, status=303)
    response = HttpResponse()
    response["HX-Location"] = json.dumps({"path": address, "target": target, "swap": "outerHTML"})
    return response


def ask_first(request: HttpRequest, *, title: str, text: str, label: str, back: str) -> HttpResponse:
    """Whether to really do what cannot be taken back: a dialog, or a page of its own; the answer is posted here."""
    context = {"title": title, "text": text, "label": label, "action": request.path, "back": back}
    return show(request, "confirm.html", context, fragment="dialog")


def form_on(page: str, *names: str) -> Callable[[View], View]:
    """Only POST. A refusal shows `page` at the form's own address; who comes back there by GET is led to the page.

    `names` are the parts of the address that both have.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def posted(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in {"GET", "HEAD"}:
                return HttpResponseRedirect(resolve_url(page, **{name: kwargs[name] for name in names}))
            answered: HttpResponse = post_only(request, *args, **kwargs)
            return answered

        post_only = require_POST(view)
        return cast(View, posted)

    return declare


def back_to(request: HttpRequest, otherwise: Any) -> str:
    """Where the form asked to return (`next`, on this host only), else `otherwise`."""
    wanted = request.POST.get("next", "")
    if (
        wanted
        and url_has_allowed_host_and_scheme(wanted, {request.get_host()})
        and not urlsplit(wanted).netloc
    ):
        return wanted
    return resolve_url(otherwise)


# What has a page of its own.
PANELS: dict[type[PostHubError], str] = {OverAllowance: "errors/allowance.html"}


def problem_page(request: HttpRequest, problem: PostHubError) -> HttpResponse:
    """What happened and what to do next: a page, or a panel where HTMX asked."""
    page = PANELS.get(type(problem)) or f"errors/{problem.status}.html"
    name = f"{page}#panel" if wants_fragment(request) else page
    return render(request, name, {"problem": problem, "message": problem.message}, status=problem.status)


class ReplyMiddleware:
    """Adds waiting messages to fragments as toasts, and turns our own errors into their page or fragment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_html = response.get("Content-Type", "").startswith("text/html")
        shows = is_html and response.status_code == 200 and "HX-Location" not in response
        if wants_fragment(request) and shows and not response.streaming:
            waiting = list(get_messages(request))
            if waiting:
                response.write(
                    render_to_string("ui/toasts.html", {"messages": waiting, "oob": True}, request)
                )
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        return problem_page(request, problem) if isinstance(problem, PostHubError) else None
