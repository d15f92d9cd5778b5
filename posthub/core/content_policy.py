"""What a page may load, and where its forms may go. Imported by the settings."""

from collections.abc import Iterable
from typing import Any

from csp.constants import NONE, SELF


def content_policy(scheme: str, origin: str, *, pay_at: Iterable[str] = ()) -> dict[str, Any]:
    return {
        "DIRECTIVES": {
            "default-src": [SELF],
            "img-src": [SELF, "data:"],
            "object-src": [NONE],
            "base-uri": [NONE],
            "frame-ancestors": [NONE],
            # Going from one of our hosts to another posts a hand-over token there; paying leads to Stripe's pages.
            "form-action": [SELF, f"{scheme}://{origin}", f"{scheme}://*.{origin}", *pay_at],
        }
    }
