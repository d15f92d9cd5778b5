"""A card that is valid longer than it was: its bank renewed it, or somebody wrote it anew."""

from typing import Any

from posthub.billing.following.customers import read_customer
from posthub.billing.following.subscriptions import read_subscription
from posthub.billing.models import Subscription
from posthub.billing.reading import id_of


def card_changed(event: Any) -> str:
    """Neither its customer nor its subscription changes with it, so both are read."""
    customer = id_of(event["data"]["object"].get("customer"))
    if not customer:
        return "nobody's"
    said = read_customer(customer)
    rows = Subscription.objects.filter(organization__billing_details__customer_id=customer)
    for name in rows.exclude(stripe_id="").values_list("stripe_id", flat=True):
        said = read_subscription(name)
    return said
