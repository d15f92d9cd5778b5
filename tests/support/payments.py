"""The stand-in for Stripe, in this process: `stripe.world` can be looked into, `stripe.take()` gives its messages."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from posthub.demo.stripe import agenda, paying
from posthub.demo.stripe.delivery import body_of, signature
from posthub.demo.stripe.periods import DAY, in_months
from posthub.demo.stripe.server import StandIn
from posthub.demo.stripe.world import Row

KEY = "sk_test_" + "standinforstripe0123456789"
SECRET = "whsec_" + "standinforstripe0123456789"


class Payments(StandIn):
    """Events are told to nobody by themselves here: a test takes them, or calls `tell` with its receiver."""

    def __init__(self) -> None:
        super().__init__(key=KEY)
        self._taken = 0

    def take(self) -> list[Row]:
        """The events since the last time, in the order they happened."""
        with self.world.lock:
            events = list(self.world.rows["event"].values())
        fresh, self._taken = events[self._taken :], len(events)
        return fresh

    def advance(self, *, months: int = 0, days: float = 0) -> None:
        with self.world.lock:
            moment = self.world.now()
            agenda.advance(self.world, (in_months(moment, months) if months else moment) + int(days * DAY))

    def complete(self, session: str, card: str = "pm_card_visa", **filled: str) -> Row:
        """What the person does on the checkout's page; the subscription that comes of it."""
        with self.world.lock:
            return paying.complete(self.world, self.world.find("checkout.session", session), card, filled)

    def next_payments(self, *outcomes: str) -> None:
        with self.world.lock:
            self.world.faults.payments.extend(outcomes)


def signed(event: Row, *, secret: str = SECRET, at: int | None = None) -> tuple[bytes, str]:
    """The body of a delivery and its Stripe-Signature."""
    body = body_of(event)
    return body, signature(body, secret, at=at)


@contextmanager
def standing_in() -> Iterator[Payments]:
    payments = Payments()
    thread = threading.Thread(target=payments.serve, daemon=True)
    thread.start()
    try:
        yield payments
    finally:
        payments.stop()
        thread.join(5)


@pytest.fixture
def stripe(settings: Any) -> Iterator[Payments]:
    with standing_in() as payments:
        settings.STRIPE_SECRET_KEY = KEY
        settings.STRIPE_API_HOST = payments.url
        settings.STRIPE_WEBHOOK_SECRET = SECRET
        yield payments
