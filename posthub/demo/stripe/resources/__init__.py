"""One resource each. Importing this makes their routes known."""

from posthub.demo.stripe.resources import (
    account,
    checkout,
    customers,
    endpoints,
    events,
    invoices,
    methods,
    portal,
    prices,
    products,
    schedules,
    subscription_items,
    subscriptions,
)

__all__ = [
    "account",
    "checkout",
    "customers",
    "endpoints",
    "events",
    "invoices",
    "methods",
    "portal",
    "prices",
    "products",
    "schedules",
    "subscription_items",
    "subscriptions",
]
