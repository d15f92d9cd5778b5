from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import stripe

from tests.support.payments import KEY, Payments, standing_in


def client_of(url: str, key: str = KEY) -> Any:
    """The real library, pointed at the stand-in."""
    made = stripe.StripeClient(
        key, base_addresses={"api": url}, stripe_version="2026-05-27.dahlia", max_network_retries=0
    )
    return made.v1


@pytest.fixture
def payments() -> Iterator[Payments]:
    with standing_in() as made:
        yield made


@pytest.fixture
def ask(payments: Payments) -> Any:
    return client_of(payments.url)


@pytest.fixture
def shop(ask: Any) -> SimpleNamespace:
    """PRO and ULTIMATE by the month, PRO by the year, video by the month and the year, and a customer."""

    def price(product: str, amount: int, interval: str, key: str) -> Any:
        recurring = {"interval": interval}
        return ask.prices.create(
            {
                "product": product,
                "currency": "czk",
                "unit_amount": amount,
                "recurring": recurring,
                "lookup_key": key,
            }
        )

    pro = ask.products.create({"name": "PRO", "metadata": {"plan": "pro"}})
    ultimate = ask.products.create({"name": "ULTIMATE", "metadata": {"plan": "ultimate"}})
    video = ask.products.create({"name": "Video", "metadata": {"addon": "video"}})
    return SimpleNamespace(
        pro=price(pro.id, 199000, "month", "pro-month").id,
        ultimate=price(ultimate.id, 499000, "month", "ultimate-month").id,
        pro_year=price(pro.id, 1990000, "year", "pro-year").id,
        video=price(video.id, 50000, "month", "video-month").id,
        customer=ask.customers.create({"email": "sofia@example.com", "name": "Acme"}).id,
    )


@pytest.fixture
def subscribed(ask: Any, shop: SimpleNamespace, payments: Payments) -> Any:
    """PRO with video, bought by Checkout."""
    session = ask.checkout.sessions.create(checkout(shop, shop.pro, shop.video))
    payments.complete(session.id)
    payments.take()
    return ask.subscriptions.list({"customer": shop.customer}).data[0]


def checkout(shop: SimpleNamespace, *prices: str, **more: Any) -> dict[str, Any]:
    return {
        "mode": "subscription",
        "customer": shop.customer,
        "line_items": [{"price": price, "quantity": 1} for price in prices],
        "success_url": "http://acme.posthub.localhost/billing/?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://acme.posthub.localhost/billing/",
        "locale": "cs",
        **more,
    }
