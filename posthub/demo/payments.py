"""The demo's stand-in for Stripe: where it stands, the keys it shares with PostHub, and orders for it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings

from posthub.core.secret_key import secret_key

SECONDS = 10
# What the page of the demo offers: the order's name, and what goes with it.
ORDERS: dict[str, tuple[str, dict[str, Any]]] = {
    "day": ("advance", {"days": 1}),
    # A renewal is charged an hour after its invoice is made: whoever waits for a month wants to see that, too.
    "month": ("advance", {"months": 1, "seconds": 2 * 3600}),
    "decline": ("faults", {"payments": ["card_declined"] * 100}),
    "pay": ("faults", {"payments": []}),
    "down": ("faults", {"down": "503"}),
    "up": ("faults", {"down": ""}),
    "mess": ("faults", {"duplicates": 2, "disorder": 4}),
    "tidy": ("faults", {"duplicates": 0, "disorder": 0}),
}


@dataclass(frozen=True)
class OwnStripe:
    """`hook` is where PostHub listens for it; `file` keeps what it knows over a restart."""

    port: int
    file: Path
    hook: str
    key: str
    signing: str

    @classmethod
    def of(cls, data_dir: Path, *, port: int, web_url: str) -> OwnStripe:
        # The same at every start: PostHub remembers objects by the account of the key.
        mark = hashlib.sha256(f"stand-in for stripe {secret_key(data_dir)}".encode()).hexdigest()
        hook = f"{web_url}/stripe/webhook/"
        return cls(port, data_dir / "stripe.json", hook, f"sk_test_{mark[:32]}", f"whsec_{mark[32:]}")

    @property
    def environment(self) -> dict[str, str]:
        return {
            "STRIPE_API_HOST": f"http://127.0.0.1:{self.port}",
            "STRIPE_SECRET_KEY": self.key,
            "STRIPE_WEBHOOK_SECRET": self.signing,
        }


def stands_in() -> bool:
    """Whether it is the demo's own Stripe that PostHub talks to."""
    return bool(settings.DEMO and settings.STRIPE_API_HOST.startswith("http://127.0.0.1:"))


def report() -> dict[str, Any]:
    return _asked("GET", "report", None)


def order(name: str) -> dict[str, Any]:
    path, given = ORDERS[name]
    return _asked("POST", path, given)


def complete(session: str) -> dict[str, Any]:
    """Pay on the checkout's page, with a card that works."""
    return _asked("POST", "complete", {"session": session, "card": "pm_card_visa"})


def _asked(method: str, path: str, given: dict[str, Any] | None) -> dict[str, Any]:
    """Raises httpx.HTTPError where nobody answers as they should."""
    address = f"{settings.STRIPE_API_HOST}/_control/{path}"
    headers = {"Authorization": f"Bearer {settings.STRIPE_SECRET_KEY}"}
    answer = httpx.request(method, address, json=given, headers=headers, timeout=SECONDS)
    answer.raise_for_status()
    said: dict[str, Any] = answer.json()
    return said
