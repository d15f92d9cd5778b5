"""Reading only: what was not paid for keeps its pages, and nothing on them can be changed."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from posthub.billing.queries import terms_of
from posthub.billing.standing import Standing
from posthub.billing.wording import why_stopped
from posthub.core.errors import OverAllowance
from posthub.core.htmx import problem_page

READS = {"GET", "HEAD", "OPTIONS", "TRACE"}
# To pay, to sign in and out, to see to oneself, and to leave with everything, is possible all the same.
OPEN = (
    "posthub.billing.",
    "posthub.accounts.",
    "allauth.",
    "posthub.organizations.",
    "posthub.backoffice.",
    "django.",
)


class FreezeMiddleware:
    """Stands inside the one that grants access: only who belongs here learns how the organization stands."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        organization = getattr(request, "organization", None)
        if organization is None or request.method in READS or view.__module__.startswith(OPEN):
            return None
        terms = terms_of(organization)
        if terms.standing != Standing.FROZEN:
            return None
        return problem_page(request, OverAllowance(why_stopped(terms)))
