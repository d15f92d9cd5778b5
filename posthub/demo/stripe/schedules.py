"""Subscription schedules: what a subscription holds from when on."""

from __future__ import annotations

from typing import Any

from posthub.demo.stripe import subscribing
from posthub.demo.stripe.periods import Wanted
from posthub.demo.stripe.world import Row, World


def phase_of(world: World, subscription: Row) -> Row:
    """The phase that says what the subscription holds now, until its period is over."""
    start, end = subscribing.period_of(world, subscription)
    entries = [
        {"price": item["price"], "quantity": item["quantity"], "metadata": item["metadata"]}
        for item in world.items_of(subscription)
    ]
    return phase(start, end, entries)


def phase(start: int, end: int, entries: list[dict[str, Any]], **fields: Any) -> Row:
    items = [
        {"metadata": {}, "quantity": 1, "discounts": [], "tax_rates": [], "billing_thresholds": None} | entry
        for entry in entries
    ]
    return {
        "start_date": start, "end_date": end, "items": items, "proration_behavior": "create_prorations",
        "metadata": {}, "add_invoice_items": [], "currency": None, "trial_end": None, "discounts": [],
        "default_payment_method": None, "collection_method": None, "billing_cycle_anchor": None,
    } | fields  # fmt: skip


def held_in(world: World, subscription: Row, step: Row) -> list[Wanted]:
    """A phase's items; one whose price is held already keeps its item."""
    known = {item["price"]: item["id"] for item in world.items_of(subscription)}
    return [
        Wanted(
            known.get(one["price"], ""), world.find("price", one["price"]), one["quantity"], one["metadata"]
        )
        for one in step["items"]
    ]


def _of(world: World, subscription: Row) -> Row | None:
    return world.rows["subscription_schedule"].get(subscription["schedule"] or "")


def enter_due(world: World, subscription: Row, moment: int) -> None:
    """At a period's end: the newest phase that has begun by then."""
    schedule = _of(world, subscription)
    if schedule is None:
        return
    begun = [step for step in schedule["phases"] if step["start_date"] <= moment]
    if begun and begun[-1]["start_date"] > schedule["current_phase"]["start_date"]:
        start, end = subscribing.period_of(world, subscription)
        subscribing.put_items(world, subscription, held_in(world, subscription, begun[-1]), start, end)
        _stand_in(world, schedule, begun[-1])


def _stand_in(world: World, schedule: Row, step: Row) -> None:
    with world.changing(schedule, "subscription_schedule.updated"):
        schedule["current_phase"] = {"start_date": step["start_date"], "end_date": step["end_date"]}


def leave_over(world: World, subscription: Row) -> None:
    """A schedule whose last phase is over lets its subscription go.

    The last phase's end is that of its first period; from its beginning nothing is left to wait for.
    """
    schedule = _of(world, subscription)
    if schedule is None or schedule["status"] != "active":
        return
    if schedule["phases"][-1]["end_date"] <= world.now():
        release(world, schedule)


def release(world: World, schedule: Row) -> None:
    subscription = world.find("subscription", schedule["subscription"])
    with world.changing(subscription, "customer.subscription.updated"):
        subscription["schedule"] = None
    schedule |= {
        "status": "released", "released_at": world.now(), "released_subscription": subscription["id"],
        "subscription": None, "current_phase": None,
    }  # fmt: skip
    world.emit("subscription_schedule.released", schedule)
