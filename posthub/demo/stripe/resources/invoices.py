from __future__ import annotations

from typing import Any

from posthub.demo.stripe import agenda, invoicing, paying, subscribing
from posthub.demo.stripe.errors import invalid, missing_parameter
from posthub.demo.stripe.form import anything, flag, form, many, merged, metadata, moment, one_of, text, whole
from posthub.demo.stripe.periods import after, whole_period
from posthub.demo.stripe.resources.subscriptions import ITEM, PRORATION, changed_items, end_with_period
from posthub.demo.stripe.routes import lists, route
from posthub.demo.stripe.world import Row, World

STATUSES = one_of("draft", "open", "paid", "uncollectible", "void")
PREVIEW = form(
    customer=text, subscription=text, schedule=text, currency=text, automatic_tax=anything, customer_details=anything,
    preview_mode=one_of("next", "recurring"),
    subscription_details=form(
        items=many(ITEM), proration_behavior=PRORATION, proration_date=whole, cancel_at_period_end=flag,
        trial_end=moment, billing_cycle_anchor=one_of("unchanged"),
    ),
)  # fmt: skip


@lists(
    "/v1/invoices",
    customer=text,
    subscription=text,
    status=STATUSES,
    collection_method=text,
    created=anything,
)
def index(world: World, given: dict[str, Any]) -> list[Row]:
    wanted = {name: given[name] for name in ("customer", "status") if given.get(name)}
    of = given.get("subscription")
    return [row for row in world.of("invoice", **wanted) if not of or subscribing.subscription_of(row) == of]


@route("GET", "/v1/invoices/{}")
def retrieve(world: World, given: dict[str, Any], name: str) -> Row:
    return world.find("invoice", name)


@lists("/v1/invoices/{}/lines")
def lines(world: World, given: dict[str, Any], name: str) -> list[Row]:
    shown: list[Row] = world.find("invoice", name)["lines"]["data"]
    return shown[::-1]


@route("POST", "/v1/invoices/{}", form(metadata=metadata, description=text, auto_advance=flag))
def update(world: World, given: dict[str, Any], name: str) -> Row:
    invoice = world.find("invoice", name)
    given["metadata"] = merged(invoice["metadata"], given.get("metadata"))
    with world.changing(invoice, "invoice.updated"):
        invoice |= {key: value for key, value in given.items() if key != "expand"}
    return invoice


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


@route("POST", "/v1/invoices/{}/finalize", form(auto_advance=flag))
def finalize(world: World, given: dict[str, Any], name: str) -> Row:
    invoice = world.find("invoice", name)
    if invoice["status"] != "draft":
        raise invalid("This invoice is already finalized, you can't re-finalize a non-draft invoice.")
    invoicing.finalize(world, invoice)
    return invoice


@route("POST", "/v1/invoices/{}/void")
def void(world: World, given: dict[str, Any], name: str) -> Row:
    invoice = world.find("invoice", name)
    if invoice["status"] not in ("open", "uncollectible"):
        raise invalid("You can only pass in open invoices. This invoice isn't open.")
    invoicing.void(world, invoice)
    return invoice


@route("POST", "/v1/invoices/{}/mark_uncollectible")
def mark_uncollectible(world: World, given: dict[str, Any], name: str) -> Row:
    invoice = world.find("invoice", name)
    if invoice["status"] != "open":
        raise invalid("You can only pass in open invoices. This invoice isn't open.")
    invoicing.void(world, invoice, "uncollectible")
    return invoice


@route("POST", "/v1/invoices/create_preview", PREVIEW)
def create_preview(world: World, given: dict[str, Any]) -> Row:
    """Tried out on a copy of everything: nothing is kept and nobody hears of it."""
    details = given.get("subscription_details", {})
    scratch = world.scratch()
    if given.get("subscription"):
        invoice = _of_subscription(scratch, given["subscription"], details)
    elif given.get("customer") and details.get("items"):
        invoice = _of_new(scratch, given["customer"], details["items"])
    else:
        raise missing_parameter("subscription")
    return scratch.shown(invoice | {"id": "upcoming_" + invoice["id"], "number": None})


def _of_new(world: World, customer: str, items: list[dict[str, Any]]) -> Row:
    wanted = [
        subscribing.wanted_of(world, entry, param=f"subscription_details[items][{place}]")
        for place, entry in enumerate(items)
    ]
    subscription = subscribing.begin(world, world.find("customer", customer, param="customer"), wanted)
    return world.find("invoice", subscription["latest_invoice"])


def _of_subscription(world: World, name: str, details: dict[str, Any]) -> Row:
    subscription = world.find("subscription", name, param="subscription")
    if subscription["status"] in subscribing.OVER:
        raise invalid(
            "No upcoming invoices for customer: the subscription is canceled.", code="invoice_upcoming_none"
        )
    if details.get("cancel_at_period_end"):
        end_with_period(world, subscription, True)
    if not details.get("items"):
        if subscription["cancel_at_period_end"] and not subscription["_pending"]:
            raise invalid("No upcoming invoices for customer.", code="invoice_upcoming_none")
        return agenda.upcoming(world, subscription)
    wanted = changed_items(world, subscription, details["items"], param="subscription_details[items]")
    behaviour = details.get("proration_behavior") or "create_prorations"
    parts, _start, end, anchored = subscribing.prorated(
        world, subscription, wanted, proration=behaviour, at=details.get("proration_date")
    )
    if behaviour != "always_invoice" and not anchored:
        recurring = wanted[0].price["recurring"]
        turn = after(
            end, interval=recurring["interval"], count=recurring["interval_count"],
            anchor=subscription["billing_cycle_anchor"],
        )  # fmt: skip
        parts = subscribing.pending_parts(world, subscription) + parts
        parts += whole_period(wanted, subscribing.names(world), start=end, end=turn)
    invoice = invoicing.draft(world, subscription, parts, reason="upcoming")
    at = details.get("proration_date") or world.now()
    invoice["parent"]["subscription_details"]["subscription_proration_date"] = at
    return invoice
