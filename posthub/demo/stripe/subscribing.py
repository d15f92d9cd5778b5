"""A subscription's life, apart from what the clock does to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from posthub.demo.stripe import invoicing
from posthub.demo.stripe.errors import declined, invalid
from posthub.demo.stripe.periods import DAY, HOUR, Part, Wanted, after, rest_of_period, whole_period
from posthub.demo.stripe.world import Row, World

OVER = ("canceled", "incomplete_expired")
TRIAL_SETTINGS = {"end_behavior": {"missing_payment_method": "create_invoice"}}


def names(world: World) -> dict[str, str]:
    return {product["id"]: product["name"] for product in world.rows["product"].values()}


def held(world: World, subscription: Row) -> list[Wanted]:
    """What it holds now."""
    return [
        Wanted(item["id"], world.rows["price"][item["price"]], item["quantity"], item["metadata"])
        for item in world.items_of(subscription)
    ]


def period_of(world: World, subscription: Row) -> tuple[int, int]:
    item = world.items_of(subscription)[0]
    return item["current_period_start"], item["current_period_end"]


def check_together(wanted: Sequence[Wanted], *, param: str = "items") -> None:
    """What cannot be in one subscription."""
    if not wanted:
        raise invalid("A subscription must have at least one active price.", param=param)
    if (
        len(
            {(one.price["recurring"]["interval"], one.price["recurring"]["interval_count"]) for one in wanted}
        )
        > 1
    ):
        raise invalid("All prices on a subscription must have the same `recurring.interval`.", param=param)
    if len({one.price["currency"] for one in wanted}) > 1:
        raise invalid("All prices on a subscription must have the same currency.", param=param)
    if len({one.price["id"] for one in wanted}) < len(wanted):
        raise invalid(
            "Two items of a subscription have the same price: raise the quantity of one.", param=param
        )


def wanted_of(world: World, entry: dict[str, Any], *, param: str) -> Wanted:
    """A new item of a request."""
    if not entry.get("price"):
        raise invalid("Missing required param: price.", param=f"{param}[price]", code="parameter_missing")
    price = world.find("price", entry["price"], param=f"{param}[price]")
    if not price["active"]:
        raise invalid(
            "The price specified is inactive. This field only accepts active prices.", param=f"{param}[price]"
        )
    if price["type"] != "recurring":
        raise invalid("The price specified is set to `type=one_time`.", param=f"{param}[price]")
    return Wanted("", price, entry.get("quantity") or 1, entry.get("metadata") or {})


def put_items(world: World, subscription: Row, wanted: Sequence[Wanted], start: int, end: int) -> None:
    kept = {one.item for one in wanted}
    for item in world.items_of(subscription):
        if item["id"] not in kept:
            del world.rows["subscription_item"][item["id"]]
    for one in wanted:
        item = world.rows["subscription_item"].get(one.item) or world.make(
            "subscription_item",
            subscription=subscription["id"],
            discounts=[],
            tax_rates=[],
            billing_thresholds=None,
        )
        item |= {
            "price": one.price["id"],
            "quantity": one.quantity,
            "metadata": one.metadata,
            "current_period_start": start,
            "current_period_end": end,
        }


def begin(
    world: World, customer: Row, wanted: Sequence[Wanted], *, trial_end: int | None = None, **fields: Any
) -> Row:
    """A new subscription with its first invoice, open where there is something to pay."""
    check_together(wanted)
    now = world.now()
    recurring = wanted[0].price["recurring"]
    end = trial_end or after(
        now, interval=recurring["interval"], count=recurring["interval_count"], anchor=now
    )
    trial = {"trial_start": now if trial_end else None, "trial_end": trial_end}
    status = "trialing" if trial_end else "incomplete"
    subscription = world.make(
        "subscription", customer=customer["id"], status=status, currency=wanted[0].price["currency"],
        **(_blank(now, anchor=trial_end or now) | trial | fields),
    )  # fmt: skip
    put_items(world, subscription, wanted, now, end)
    if trial_end:
        parts = [
            replace(part, amount=0, description="Trial period for " + part.description)
            for part in whole_period(held(world, subscription), names(world), start=now, end=end)
        ]
    else:
        parts = whole_period(held(world, subscription), names(world), start=now, end=end)
    invoice = invoicing.draft(world, subscription, parts, reason="subscription_create")
    world.emit("customer.subscription.created", subscription)
    invoicing.finalize(world, invoice)
    return subscription


def _blank(now: int, *, anchor: int) -> Row:
    return {
        "start_date": now, "billing_cycle_anchor": anchor, "cancel_at": None, "cancel_at_period_end": False,
        "canceled_at": None, "ended_at": None, "cancellation_details": dict.fromkeys(("comment", "feedback", "reason")),
        "collection_method": "charge_automatically", "default_payment_method": None, "default_source": None,
        "default_tax_rates": [], "description": None, "discounts": [], "latest_invoice": None, "metadata": {},
        "schedule": None, "pending_update": None, "pause_collection": None, "days_until_due": None,
        "trial_settings": TRIAL_SETTINGS, "application": None,
        "automatic_tax": {"enabled": False, "disabled_reason": None, "liability": None}, "test_clock": None,
        "billing_mode": {"type": "flexible"}, "billing_thresholds": None, "on_behalf_of": None, "transfer_data": None,
        "invoice_settings": {"account_tax_ids": None, "issuer": {"type": "self"}}, "pending_setup_intent": None,
        "payment_settings": {"payment_method_options": None, "payment_method_types": None,
                             "save_default_payment_method": "off"},
        "next_pending_invoice_item_invoice": None, "pending_invoice_item_interval": None,
        "billing_cycle_anchor_config": None, "application_fee_percent": None, "_pending": [], "_told": [],
    }  # fmt: skip


def settle(
    world: World, subscription: Row, invoice: Row, *, method: Row | None = None, within: bool = False
) -> str:
    """Try to have the invoice paid and let the subscription become what follows from it.

    `within` a change of the subscription that is told as a whole.
    """
    customer = world.find("customer", subscription["customer"])
    outcome = invoicing.charge(world, invoice, method or invoicing.method_of(world, subscription, customer))
    if subscription["status"] in OVER:
        return outcome
    if outcome == "succeeded":
        if waits_for(subscription, invoice):
            _apply_update(world, subscription, told=within)
        unpaid = [
            row for row in world.of("invoice", status="open") if subscription_of(row) == subscription["id"]
        ]
        if not unpaid and subscription["status"] in ("incomplete", "past_due", "unpaid"):
            with world.changing(subscription, "customer.subscription.updated"):
                subscription["status"] = "active"
    elif subscription["status"] == "active" and subscription["pending_update"] is None:
        with world.changing(subscription, "customer.subscription.updated"):
            subscription["status"] = "past_due"
    return outcome


def subscription_of(invoice: Row) -> str:
    return str(invoice["parent"]["subscription_details"]["subscription"])


def change(
    world: World, subscription: Row, wanted: Sequence[Wanted], *, proration: str = "create_prorations",
    payment: str = "allow_incomplete", at: int | None = None,
) -> None:  # fmt: skip
    """Hold `wanted` from now on; `proration` and `payment` are Stripe's behaviours of those names."""
    check_together(wanted)
    parts, start, end, anchored = prorated(world, subscription, wanted, proration=proration, at=at)
    at_once = bool(parts) and (proration == "always_invoice" or anchored)
    if at_once and payment == "error_if_incomplete" and sum(part.amount for part in parts) > 0:
        customer = world.find("customer", subscription["customer"])
        outcome = invoicing.outcome_of(world, invoicing.method_of(world, subscription, customer), use=False)
        if outcome != "succeeded":
            world.faults.payments = world.faults.payments[1:]
            raise declined(outcome)
    if not at_once:
        subscription["_pending"] += [vars(part) for part in parts]
        put_items(world, subscription, wanted, start, end)
        return
    invoice = invoicing.draft(world, subscription, parts, reason="subscription_update")
    invoicing.finalize(world, invoice)
    if payment == "pending_if_incomplete":
        _wait_for(world, subscription, invoice, wanted, start, end)
    else:
        _hold(world, subscription, wanted, start, end)
    settle(world, subscription, invoice, within=True)


def _hold(world: World, subscription: Row, wanted: Sequence[Wanted], start: int, end: int) -> None:
    if period_of(world, subscription)[0] != start:
        subscription["billing_cycle_anchor"] = start
    put_items(world, subscription, wanted, start, end)


def _wait_for(
    world: World, subscription: Row, invoice: Row, wanted: Sequence[Wanted], start: int, end: int
) -> None:
    """The change is made once its invoice is paid, and given up after 23 hours."""
    subscription["pending_update"] = {
        "expires_at": world.now() + 23 * HOUR,
        "billing_cycle_anchor": None,
        "trial_end": None,
        "trial_from_plan": None,
        "subscription_items": [
            {"id": one.item or None, "price": world.shown(one.price), "quantity": one.quantity}
            for one in wanted
        ],
    }
    kept = [
        {"item": w.item, "price": w.price["id"], "quantity": w.quantity, "metadata": w.metadata}
        for w in wanted
    ]
    subscription["_update"] = {"invoice": invoice["id"], "wanted": kept, "start": start, "end": end}


def waits_for(subscription: Row, invoice: Row) -> bool:
    return bool(subscription["pending_update"]) and subscription["_update"]["invoice"] == invoice["id"]


def _apply_update(world: World, subscription: Row, *, told: bool) -> None:
    waiting = subscription["_update"]
    wanted = [
        Wanted(one["item"], world.find("price", one["price"]), one["quantity"], one["metadata"])
        for one in waiting["wanted"]
    ]
    if told:
        subscription["pending_update"] = None
        _hold(world, subscription, wanted, waiting["start"], waiting["end"])
        return
    with world.changing(subscription, "customer.subscription.updated"):
        subscription["pending_update"] = None
        _hold(world, subscription, wanted, waiting["start"], waiting["end"])
    world.emit("customer.subscription.pending_update_applied", subscription)


def prorated(
    world: World, subscription: Row, wanted: Sequence[Wanted], *, proration: str, at: int | None = None
) -> tuple[list[Part], int, int, bool]:
    """The parts to be invoiced, the period that follows, and whether it begins anew now."""
    before, known = held(world, subscription), names(world)
    start, end = period_of(world, subscription)
    now = at or world.now()
    if not start <= now < end and subscription["status"] != "trialing":
        raise invalid("`proration_date` must be within the current period.", param="proration_date")
    old, new = before[0].price["recurring"], wanted[0].price["recurring"]
    if subscription["status"] == "trialing":
        return [], start, end, False
    if (old["interval"], old["interval_count"]) != (new["interval"], new["interval_count"]):
        turn = after(now, interval=new["interval"], count=new["interval_count"], anchor=now)
        back = rest_of_period(before, [], known, at=now, start=start, end=end) if proration != "none" else []
        return back + whole_period(wanted, known, start=now, end=turn), now, turn, True
    if proration == "none":
        return [], start, end, False
    return rest_of_period(before, wanted, known, at=now, start=start, end=end), start, end, False


def pending_parts(world: World, subscription: Row) -> list[Part]:
    """Prorations that wait for the next invoice."""
    return [Part(**entry) for entry in subscription["_pending"]]


def cancel(world: World, subscription: Row, *, reason: str = "cancellation_requested") -> None:
    """At once and for good."""
    for invoice in world.of("invoice", status="open"):
        if subscription_of(invoice) == subscription["id"]:
            invoice |= {"next_payment_attempt": None, "auto_advance": False}
    now = world.now()
    details = subscription["cancellation_details"]
    subscription |= {
        "status": "canceled", "canceled_at": subscription["canceled_at"] or now, "ended_at": now,
        "cancellation_details": details | {"reason": details["reason"] or reason}, "pending_update": None,
    }  # fmt: skip
    if schedule := world.rows["subscription_schedule"].get(subscription["schedule"] or ""):
        schedule |= {"status": "canceled", "canceled_at": now}
        subscription["schedule"] = None
        world.emit("subscription_schedule.canceled", schedule)
    world.emit("customer.subscription.deleted", subscription)


def trial_over_at(now: int, days: int | None) -> int | None:
    return now + days * DAY if days else None
