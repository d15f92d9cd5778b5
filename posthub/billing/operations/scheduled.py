"""Paying by another interval once the period is over. As a change of the subscription itself it would begin a new
period at once, so Stripe is given a schedule for it."""

from typing import Any

from posthub.billing import stripe_api
from posthub.billing.models import Plan, Subscription
from posthub.billing.operations.checkout import price_of
from posthub.billing.reading import Bought, Data, id_of
from posthub.billing.stripe_api import key_of


def turn_to(
    row: Subscription, data: Data, plan: Plan, *, interval: str, bought: Bought, attempt: str
) -> Data:
    """What comes then, as `kept_in` finds it in the subscription's metadata."""
    then = [(price_of(plan, currency=row.currency, interval=interval), 1)]
    for add_on in plan.add_ons.filter(for_sale=True, code__in=bought.add_ons):
        price = price_of(add_on, currency=row.currency, interval=interval)
        then.append((price, bought.add_ons[add_on.code][0]))
    now = [
        {"price": id_of(item["price"]), "quantity": item.get("quantity") or 1}
        for item in data["items"]["data"]
    ]
    schedule = _schedule_of(row, data, attempt)
    phases: list[dict[str, Any]] = [
        {
            "items": now,
            "start_date": schedule["current_phase"]["start_date"],
            "end_date": schedule["current_phase"]["end_date"],
        },
        {
            "items": [{"price": price.stripe_id, "quantity": quantity} for price, quantity in then],
            "duration": {"interval": interval, "interval_count": 1},
            "proration_behavior": "none",
        },
    ]
    body: dict[str, Any] = {"phases": phases, "end_behavior": "release", "proration_behavior": "none"}
    key = key_of(schedule["id"], "phases", attempt, **body)
    stripe_api.change(f"subscription_schedules/{schedule['id']}", key=key, **body)
    amount = sum(price.amount * quantity for price, quantity in then)
    return {"plan": plan.code, "interval": interval, "amount": amount}


def _schedule_of(row: Subscription, data: Data, attempt: str) -> Data:
    if there := id_of(data.get("schedule")):
        return stripe_api.read(f"subscription_schedules/{there}")
    key = key_of(row.stripe_id, "schedule", attempt)
    return stripe_api.change("subscription_schedules", key=key, from_subscription=row.stripe_id)


def let_go(row: Subscription, *, attempt: str) -> Data:
    """The subscription as it is at Stripe, without a schedule: nobody else changes it from here on."""
    data = stripe_api.read(f"subscriptions/{row.stripe_id}")
    if schedule := id_of(data.get("schedule")):
        key = key_of(schedule, "release", attempt)
        stripe_api.change(f"subscription_schedules/{schedule}/release", key=key)
    return data
