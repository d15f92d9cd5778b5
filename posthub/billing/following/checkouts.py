"""Somebody came through Stripe's page: it gives nothing by itself, the subscription it made does."""

from typing import Any

from posthub.billing import stripe_api
from posthub.billing.following.customers import attach, organization_of, read_customer
from posthub.billing.following.subscriptions import read_subscription
from posthub.billing.reading import id_of


def checkout_completed(event: Any) -> str:
    return read_checkout(event["data"]["object"]["id"])


def read_checkout(name: str) -> str:
    data = stripe_api.read(f"checkout/sessions/{name}")
    organization = organization_of(data)
    if organization is None:
        return "nobody's"
    customer, subscription = id_of(data.get("customer")), id_of(data.get("subscription"))
    if data.get("status") != "complete":
        return str(data.get("status"))
    if customer:
        attach(organization, customer)
        read_customer(customer)
    return read_subscription(subscription) if subscription else "nothing bought"
