from __future__ import annotations

from typing import Any

from posthub.demo.stripe import invoicing, paying, subscribing
from posthub.demo.stripe.errors import invalid
from posthub.demo.stripe.form import flag, form, many, one_of, text, whole
from posthub.demo.stripe.resources.subscriptions import ITEM, changed_items
from posthub.demo.stripe.routes import lists, route
from posthub.demo.stripe.world import Row, World

STATUSES = one_of("draft", "open", "paid", "uncollectible", "void")
PREVIEW = form(
    "subscription", "subscription_details", subscription=text, subscription_details=form(
        "items", items=many(ITEM), proration_behavior=one_of("always_invoice"), proration_date=whole,
    ),
)  # fmt: skip


@lists("/v1/invoices", customer=text, subscription=text, status=STATUSES)
def index(world: World, given: dict[str, Any]) -> list[Row]:
    wanted = {name: given[name] for name in ("customer", "status") if given.get(name)}
    of = given.get("subscription")
    return [row for row in world.of("invoice", **wanted) if not of or subscribing.subscription_of(row) == of]


@route("GET", "/v1/invoices/{}")
def retrieve(world: World, given: dict[str, Any], name: str) -> Row:
    return world.find("invoice", name)


@route("POST", "/v1/invoices/{}/pay", form(payment_method=text, off_session=flag))
def pay(world: World, given: dict[str, Any], name: str) -> Row:
    invoice = world.find("invoice", name)
    customer = world.find("customer", invoice["customer"])
    subscription = world.find("subscription", subscribing.subscription_of(invoice))
    own = invoicing.method_of(world, subscription, customer) or {}
    method = str(given.get("payment_method") or own.get("id", ""))
    if not method:
        raise invalid(
            "There is no default_payment_method set on this Customer or Invoice.", param="payment_method"
        )
    paying.pay_invoice(world, invoice, method)
    return invoice


@route("POST", "/v1/invoices/create_preview", PREVIEW)
def create_preview(world: World, given: dict[str, Any]) -> Row:
    """Tried out on a copy of everything: nothing is kept and nobody hears of it."""
    scratch = world.scratch()
    details = given["subscription_details"]
    subscription = scratch.find("subscription", given["subscription"], param="subscription")
    if subscription["status"] in subscribing.OVER:
        raise invalid(
            "No upcoming invoices for customer: the subscription is canceled.", code="invoice_upcoming_none"
        )
    wanted = changed_items(scratch, subscription, details["items"], param="subscription_details[items]")
    at = details.get("proration_date") or scratch.now()
    parts, *_period = subscribing.prorated(scratch, subscription, wanted, proration="always_invoice", at=at)
    invoice = invoicing.draft(scratch, subscription, parts, reason="upcoming")
    invoice["parent"]["subscription_details"]["subscription_proration_date"] = at
    return scratch.shown(invoice | {"id": "upcoming_" + invoice["id"], "number": None})
