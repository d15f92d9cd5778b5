"""Somebody came through Stripe's page: it gives nothing by itself, the subscription it made does."""

from typing import Any

from posthub.billing import stripe_api
from posthub.billing.following.customers import attach, organization_of, read_customer
from posthub.billing.following.subscriptions import read_subscription
from posthub.billing.reading import id_of
from posthub.billing.stripe_api import StripeRefused, key_of


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
    said = read_subscription(subscription) if subscription else "nothing bought"
    if customer:
        close_others(customer)
    return said


def close_others(customer: str, *, but: str = "") -> str:
    """Of a customer's open pages only the one pressed for as `but` stays, so that nobody pays on two of them.

    Returns its address, "" where there is none.
    """
    address = ""
    for session in stripe_api.every("checkout/sessions", customer=customer, status="open"):
        if but and session["metadata"].get("press") == but:
            address = str(session["url"])
            continue
        try:
            stripe_api.change(
                f"checkout/sessions/{session['id']}/expire", key=key_of(session["id"], "expire")
            )
        except StripeRefused:
            if not but:
                continue  # paid or over by now: its own message tells
            raise
    return address
