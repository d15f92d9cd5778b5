"""What the pages about payments have in common: Stripe may be away, and a button may be pressed twice."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse

from posthub.core.errors import OverAllowance, PostHubError
from posthub.core.htmx import go

View = Callable[..., HttpResponse]


def asks_stripe(view: View) -> View:
    """Back to the page with the reason, where Stripe did not answer or would not do it."""

    @wraps(view)
    def asking(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except OverAllowance:
            raise
        except PostHubError as problem:
            messages.error(request, problem.message)
            return go(request, "billing:billing")

    return asking


def attempt_in(request: Any) -> str:
    """The name of this press of the button, as the form carried it: pressed again it is the same."""
    return str(request.POST.get("attempt") or uuid4())[:64]


def new_attempt() -> str:
    return str(uuid4())
