"""What a plan allows, what was bought, what was used of it, and what Stripe said. All in the public schema."""

from posthub.billing.models.plans import AddOn, Currency, Feature, Interval, Plan, Price
from posthub.billing.models.records import (
    BillingDetails,
    ExitSurvey,
    Invoice,
    Notice,
    OnTrial,
    Reading,
    Reason,
    StripeEvent,
)
from posthub.billing.models.subscriptions import Status, SubscribedAddOn, Subscription
from posthub.billing.models.usage import UsageMeter

__all__ = [
    "AddOn",
    "BillingDetails",
    "Currency",
    "ExitSurvey",
    "Feature",
    "Interval",
    "Invoice",
    "Notice",
    "OnTrial",
    "Plan",
    "Price",
    "Reading",
    "Reason",
    "Status",
    "StripeEvent",
    "SubscribedAddOn",
    "Subscription",
    "UsageMeter",
]
