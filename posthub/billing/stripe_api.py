"""Asking Stripe, and nothing else: each call is bounded in time and says in words what went wrong.

The library is imported with the first call. Whoever asks for a change names it by a key of ours, which is the
same when the call is made again, so that Stripe does nothing twice.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from posthub.core.errors import WorkFailed

logger = logging.getLogger(__name__)
Data = dict[str, Any]
_clients: dict[tuple[str, str], Any] = {}


class StripeAway(WorkFailed):
    """Stripe did not answer, or is busy: the same question may be answered later."""


class StripeRefused(WorkFailed):
    """Stripe answered that it will not do this; `code` is its own word for why."""

    def __init__(self, cause: str, *, code: str = "") -> None:
        super().__init__(cause, permanent=True)
        self.code = code


def stands_in() -> bool:
    """Whether somebody on this machine answers in Stripe's place: see the setting STRIPE_API_HOST."""
    return not settings.STRIPE_API_HOST.startswith("https://")


def key_of(*parts: object, **body: Any) -> str:
    """The name of a change: what it is about, and a mark of what is sent along."""
    mark = hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()[:16]
    return ":".join([*map(str, parts), mark])[:255]


def read(path: str, *, expand: tuple[str, ...] = (), **params: Any) -> Data:
    """GET /v1/<path>."""
    if expand:
        params["expand"] = list(expand)
    return _asked("get", path, params, None)


def change(path: str, *, key: str, method: str = "post", **params: Any) -> Data:
    """POST (or DELETE) /v1/<path>, once for each `key`."""
    return _asked(method, path, params, key)


def every(path: str, **params: Any) -> Iterator[Data]:
    """All objects of a list, page by page."""
    after: Data = {}
    while True:
        page = read(path, limit=100, **params, **after)
        yield from page["data"]
        if not page.get("has_more") or not page["data"]:
            return
        after = {"starting_after": page["data"][-1]["id"]}


def _asked(method: str, path: str, params: Mapping[str, Any], key: str | None) -> Data:
    import stripe

    options = {"idempotency_key": key} if key else {}
    ask: Callable[..., Any] = _client().raw_request
    try:
        answer = ask(method, f"/v1/{path}", **params, **options)
    except stripe.StripeError as problem:
        raise _in_our_words(problem) from problem
    answered: Data = json.loads(answer.body)
    return answered


def _client() -> Any:
    import stripe

    if not settings.STRIPE_SECRET_KEY:
        raise StripeRefused(_("Payments are not set up here."), code="no_key")
    place = (settings.STRIPE_SECRET_KEY, settings.STRIPE_API_HOST)
    if place not in _clients:
        _clients[place] = stripe.StripeClient(
            settings.STRIPE_SECRET_KEY,
            base_addresses={"api": settings.STRIPE_API_HOST},
            stripe_version=settings.STRIPE_API_VERSION,
            max_network_retries=0,
            http_client=stripe.RequestsClient(timeout=settings.STRIPE_SECONDS),
        )
    return _clients[place]


def _in_our_words(problem: Any) -> WorkFailed:
    import stripe

    status = problem.http_status or 0
    code = str(getattr(problem, "code", "") or "")
    logger.warning("Stripe said %s %s (%s)", status, type(problem).__name__, code)
    away = (
        isinstance(problem, stripe.APIConnectionError | stripe.RateLimitError)
        or status >= 500
        or status == 409
    )
    if away:
        return StripeAway(
            _("The payment service does not answer. Nothing was changed; try again in a while."),
            permanent=False,
        )
    if isinstance(problem, stripe.CardError):
        return StripeRefused(_("The card was declined. Choose another card and try again."), code=code)
    if isinstance(problem, stripe.AuthenticationError | stripe.PermissionError):
        return StripeRefused(_("Payments are not set up correctly. Our team has to look at it."), code="key")
    return StripeRefused(_("The payment service refused this. Nothing was changed."), code=code)
