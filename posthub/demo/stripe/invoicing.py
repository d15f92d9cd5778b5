"""Invoices: drawn up, finalized, paid or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from posthub.demo.stripe.periods import DAY, Part
from posthub.demo.stripe.world import Row, World, listing

# After how many days a payment that failed is tried again; then the subscription ends.
RETRY_DAYS = (3, 5, 7)


def line_of(world: World, part: Part, subscription: str, invoice: str) -> Row:
    parent = {
        "type": "subscription_item_details",
        "invoice_item_details": None,
        "subscription_item_details": {
            "subscription": subscription,
            "subscription_item": part.item,
            "proration": part.proration,
            "proration_details": None,
            "invoice_item": None,
        },
    }
    pricing = {
        "type": "price_details",
        "price_details": {"price": part.price["id"], "product": part.price["product"]},
        "unit_amount_decimal": str(part.price["unit_amount"]),
    }
    return world.make(
        "line_item", invoice=invoice, amount=part.amount, subtotal=part.amount, currency=part.price["currency"],
        description=part.description, period={"start": part.start, "end": part.end}, quantity=part.quantity,
        parent=parent, pricing=pricing, subscription=subscription or None, metadata={}, discounts=[],
        discount_amounts=[], discountable=not part.proration, pretax_credit_amounts=[], taxes=[],
    )  # fmt: skip


def draft(world: World, subscription: Row, parts: Sequence[Part], *, reason: str) -> Row:
    """`reason`: subscription_create, subscription_cycle, subscription_update."""
    customer = world.find("customer", subscription["customer"])
    now = world.now()
    invoice = world.make("invoice", **_blank(subscription, customer, reason), metadata={}, status="draft")
    lines = [line_of(world, part, subscription["id"], invoice["id"]) for part in parts]
    total = sum(part.amount for part in parts)
    balance = int(customer["balance"])
    invoice |= {
        "lines": listing(f"/v1/invoices/{invoice['id']}/lines", lines, total_count=len(lines)),
        "subtotal": total, "subtotal_excluding_tax": total, "total": total, "total_excluding_tax": total,
        "amount_due": max(0, total + balance), "amount_remaining": max(0, total + balance),
        "starting_balance": balance, "ending_balance": None, "period_start": now, "period_end": now,
    }  # fmt: skip
    world.emit("invoice.created", invoice)
    subscription["latest_invoice"] = invoice["id"]
    return invoice


def _blank(subscription: Row, customer: Row, reason: str) -> Row:
    details = {"subscription": subscription["id"], "metadata": subscription["metadata"]}
    return {
        "customer": customer["id"], "customer_email": customer["email"], "customer_name": customer["name"],
        "customer_address": customer["address"], "customer_phone": customer["phone"], "customer_tax_ids": [],
        "billing_reason": reason, "collection_method": "charge_automatically", "auto_advance": True,
        "currency": subscription["currency"], "attempt_count": 0, "attempted": False, "next_payment_attempt": None,
        "amount_paid": 0, "amount_overpaid": 0, "amount_shipping": 0, "due_date": None, "number": None,
        "hosted_invoice_url": None, "invoice_pdf": None, "description": None, "discounts": [], "test_clock": None,
        "default_payment_method": None, "default_source": None, "default_tax_rates": [], "total_taxes": [],
        "total_discount_amounts": [], "account_country": "CZ", "account_name": "PostHub", "receipt_number": None,
        "parent": {"type": "subscription_details", "quote_details": None, "subscription_details": details},
        "automatic_tax": {"enabled": False, "liability": None, "status": None}, "statement_descriptor": None,
        "status_transitions": dict.fromkeys(("finalized_at", "marked_uncollectible_at", "paid_at", "voided_at")),
        "issuer": {"type": "self"}, "payment_settings": {"payment_method_options": None, "payment_method_types": None},
    }  # fmt: skip


def finalize(world: World, invoice: Row) -> None:
    """From here on it has a number and a page; what the customer had left over is taken into account."""
    customer = world.find("customer", invoice["customer"])
    place = 1 + len([row for row in world.rows["invoice"].values() if row["number"]])
    with world.changing(customer, "customer.updated"):
        owed = invoice["total"] + int(customer["balance"])
        customer["balance"] = min(0, owed)
    pages = f"{world.base_url}/i/{invoice['id']}"
    invoice |= {
        "status": "open", "number": f"STANDIN-{place:04}", "hosted_invoice_url": pages, "invoice_pdf": f"{pages}/pdf",
        "amount_due": max(0, owed), "amount_remaining": max(0, owed), "ending_balance": customer["balance"],
        "customer_name": customer["name"], "customer_address": customer["address"],
        "customer_tax_ids": tax_ids_of(world, customer),
    }  # fmt: skip
    invoice["status_transitions"]["finalized_at"] = world.now()
    world.emit("invoice.finalized", invoice)


def tax_ids_of(world: World, customer: Row) -> list[Row]:
    return [
        {"type": one["type"], "value": one["value"]} for one in world.of("tax_id", customer=customer["id"])
    ]


def method_of(world: World, subscription: Row | None, customer: Row) -> Row | None:
    """What pays: the subscription's own method, or the customer's."""
    name = (subscription or {}).get("default_payment_method") or customer["invoice_settings"][
        "default_payment_method"
    ]
    return world.rows["payment_method"].get(name) if name else None


def outcome_of(world: World, method: Row | None, *, use: bool = True) -> str:
    """What happens if `method` is charged now; with `use` the order for the next payment is used up."""
    if world.faults.payments:
        return world.faults.payments.pop(0) if use else world.faults.payments[0]
    return method["_outcome"] if method else "card_declined"


def charge(world: World, invoice: Row, method: Row | None) -> str:
    """One attempt at the invoice's money; the outcome. Nothing is done to the subscription here."""
    invoice["attempted"] = True
    if invoice["amount_due"] == 0:
        outcome = "succeeded"
    else:
        invoice["attempt_count"] += 1
        outcome = outcome_of(world, method)
        _intent(world, invoice, method, outcome)
    if outcome == "succeeded":
        invoice |= {
            "status": "paid", "amount_paid": invoice["amount_due"], "amount_remaining": 0,
            "next_payment_attempt": None, "auto_advance": False,
        }  # fmt: skip
        invoice["status_transitions"]["paid_at"] = world.now()
        world.emit("invoice.paid", invoice)
        world.emit("invoice.payment_succeeded", invoice)
        return outcome
    tried = invoice["attempt_count"] - 1
    again = invoice["billing_reason"] != "subscription_create" and tried < len(RETRY_DAYS)
    invoice["next_payment_attempt"] = world.now() + RETRY_DAYS[tried] * DAY if again else None
    world.emit("invoice.payment_failed", invoice)
    if outcome == "authentication_required":
        world.emit("invoice.payment_action_required", invoice)
    return outcome


def _intent(world: World, invoice: Row, method: Row | None, outcome: str) -> None:
    paid = outcome == "succeeded"
    failure: dict[str, Any] | None = None
    if not paid:
        code = outcome if outcome == "authentication_required" else "card_declined"
        failure = {
            "type": "card_error",
            "code": code,
            "decline_code": outcome,
            "message": "Your card was declined.",
        }
    intent = world.make(
        "payment_intent", amount=invoice["amount_due"], amount_received=invoice["amount_due"] if paid else 0,
        currency=invoice["currency"], customer=invoice["customer"], metadata={}, last_payment_error=failure,
        payment_method=method["id"] if method and paid else None, description="Subscription",
        status="succeeded" if paid else "requires_payment_method", payment_method_types=["card"],
        capture_method="automatic", confirmation_method="automatic", on_behalf_of=None, _invoice=invoice["id"],
    )  # fmt: skip
    world.emit("payment_intent.succeeded" if paid else "payment_intent.payment_failed", intent)


def void(world: World, invoice: Row) -> None:
    invoice |= {"status": "void", "next_payment_attempt": None, "auto_advance": False}
    invoice["status_transitions"]["voided_at"] = world.now()
    world.emit("invoice.voided", invoice)
