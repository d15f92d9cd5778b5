"""What the person does on a checkout page: from an open session to a subscription."""

from __future__ import annotations

from typing import Any

from posthub.demo.stripe import invoicing, subscribing
from posthub.demo.stripe.errors import declined, invalid
from posthub.demo.stripe.resources import customers, methods
from posthub.demo.stripe.world import Row, World


def needs_card(session: Row) -> bool:
    return bool(session["amount_total"] > 0 or session["payment_method_collection"] == "always")


def customer_of(world: World, session: Row, filled: dict[str, str]) -> Row:
    """The session's customer, with what was filled in on the page."""
    customer = world.find("customer", session["customer"])
    may = session["_customer_update"]
    with world.changing(customer, "customer.updated"):
        if filled.get("name") and (may.get("name") == "auto" or not customer["name"]):
            customer["name"] = filled["name"]
        if filled.get("line1") and (may.get("address") == "auto" or not customer["address"]):
            customer["address"] = {
                name: filled.get(name) or None
                for name in ("line1", "line2", "city", "postal_code", "state", "country")
            }
    if filled.get("vat_id") and session["tax_id_collection"]["enabled"]:
        customers.create_tax_id(world, {"type": "eu_vat", "value": filled["vat_id"]}, customer["id"])
    return customer


def complete(world: World, session: Row, card: str, filled: dict[str, str] | None = None) -> Row:
    """Pay with a card of methods.CARDS, "" for none. Raises Refused as the page shows it: the session stays open."""
    if session["status"] != "open":
        raise invalid("This Checkout Session is no longer open.")
    if not card and needs_card(session):
        raise invalid("A payment method is needed.", param="payment_method")
    customer = customer_of(world, session, filled or {})
    method = methods.card(world, card) if card else None
    trial_end = subscribing.trial_over_at(world.now(), session["_subscription"].get("trial_period_days"))
    # Nothing is begun with a card that does not work: the page says so and waits for another one.
    if method and (session["amount_total"] > 0 or method["_outcome"] != "succeeded"):
        outcome = invoicing.outcome_of(world, method, use=False)
        if outcome != "succeeded":
            if world.faults.payments:
                world.faults.payments.pop(0)
            del world.rows["payment_method"][method["id"]]
            raise declined(outcome)
    if method:
        methods.attach_to(world, method["id"], customer)
    wanted = [subscribing.wanted_of(world, entry, param="line_items") for entry in session["_items"]]
    given = session["_subscription"]
    subscription = subscribing.begin(
        world, customer, wanted, trial_end=trial_end, metadata=given.get("metadata") or {},
        default_payment_method=method["id"] if method else None,
        trial_settings=given.get("trial_settings") or subscribing.TRIAL_SETTINGS,
    )  # fmt: skip
    invoice = world.find("invoice", subscription["latest_invoice"])
    subscribing.settle(world, subscription, invoice)
    _close(world, session, customer, subscription)
    return subscription


def _close(world: World, session: Row, customer: Row, subscription: Row) -> None:
    session |= {
        "status": "complete", "url": None, "subscription": subscription["id"],
        "invoice": subscription["latest_invoice"],
        "payment_status": "paid" if session["amount_total"] else "no_payment_required",
        "customer_details": {
            "address": customer["address"], "email": customer["email"], "name": customer["name"],
            "phone": customer["phone"], "tax_exempt": "none", "tax_ids": invoicing.tax_ids_of(world, customer),
        },
    }  # fmt: skip
    world.emit("checkout.session.completed", session)


def success_url(session: Row) -> str:
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def pay_invoice(world: World, invoice: Row, card: str) -> None:
    """On the invoice's own page. Raises Refused where the card does not work."""
    if invoice["status"] != "open":
        raise invalid(
            "Invoice is already paid" if invoice["status"] == "paid" else "This invoice can't be paid."
        )
    subscription = world.find("subscription", subscribing.subscription_of(invoice))
    customer = world.find("customer", invoice["customer"])
    method = methods.attach_to(world, card, customer)
    if (outcome := subscribing.settle(world, subscription, invoice, method=method)) != "succeeded":
        raise declined(outcome)


def replace_card(world: World, customer: Row, card: str) -> None:
    """In the portal: the new card pays from now on, and what is owed is tried with it."""
    outcome: Any = methods.CARDS[card][0]
    if card != "pm_card_chargeCustomerFail" and outcome != "succeeded":
        # A card that fails already when it is checked; the other one only fails when it is charged.
        raise declined(outcome)
    method = methods.attach_to(world, card, customer)
    methods.make_default(world, customer, method)
    for subscription in world.of("subscription", customer=customer["id"]):
        if subscription["status"] in subscribing.OVER:
            continue
        with world.changing(subscription, "customer.subscription.updated"):
            subscription["default_payment_method"] = method["id"]
    for invoice in world.of("invoice", customer=customer["id"], status="open"):
        subscription = world.find("subscription", subscribing.subscription_of(invoice))
        if subscription["status"] not in subscribing.OVER:
            subscribing.settle(world, subscription, invoice, method=method)
