"""One resource each. Importing this makes their routes known."""

from posthub.demo.stripe.resources import (
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
    subscriptions,
)

__all__ = [
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
    "subscriptions",
]
