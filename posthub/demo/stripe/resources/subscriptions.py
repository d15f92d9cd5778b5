from __future__ import annotations

from dataclasses import replace
from typing import Any

from posthub.demo.stripe import agenda, invoicing, subscribing
from posthub.demo.stripe.errors import invalid, no_such
from posthub.demo.stripe.form import (
    Read,
    flag,
    form,
    many,
    merged,
    metadata,
    one_of,
    text,
    whole,
)
from posthub.demo.stripe.periods import Wanted
from posthub.demo.stripe.resources import methods
from posthub.demo.stripe.resources.customers import present
from posthub.demo.stripe.routes import lists, route
from posthub.demo.stripe.world import Row, World

PRORATION = one_of("create_prorations", "always_invoice", "none")
PAYMENT = one_of("allow_incomplete", "error_if_incomplete", "pending_if_incomplete")
ITEM = form(id=text, price=text, quantity=whole, deleted=flag, metadata=metadata)
FIELDS: dict[str, Read] = {
    "default_payment_method": text, "metadata": metadata, "proration_behavior": PRORATION, "payment_behavior": PAYMENT,
    "cancel_at_period_end": flag,
}  # fmt: skip
# What may come together with a change that waits for its payment.
_MAY_WAIT = {"items", "payment_behavior", "proration_behavior", "proration_date"}


@route("POST", "/v1/subscriptions", form("customer", "items", customer=text, items=many(ITEM), **FIELDS))
def create(world: World, given: dict[str, Any]) -> Row:
    customer = present(world, given["customer"], param="customer")
    wanted = [
        subscribing.wanted_of(world, entry, param=f"items[{place}]")
        for place, entry in enumerate(given["items"])
    ]
    subscribing.check_together(wanted)
    if invoicing.method_of(world, given, customer) is None:
        raise invalid(
            "This customer has no attached payment source or default payment method. Please consider adding a "
            "default payment method.", code="resource_missing",
        )  # fmt: skip
    subscription = subscribing.begin(
        world, customer, wanted, metadata=given.get("metadata") or {},
        default_payment_method=given.get("default_payment_method"),
    )  # fmt: skip
    subscribing.settle(world, subscription, world.find("invoice", subscription["latest_invoice"]))
    return subscription


@lists("/v1/subscriptions", customer=text)
def index(world: World, given: dict[str, Any]) -> list[Row]:
    """Without those that are over, as long as nobody asks for them by their status."""
    wanted = {"customer": given["customer"]} if given.get("customer") else {}
    return [row for row in world.of("subscription", **wanted) if row["status"] != "canceled"]


@route("GET", "/v1/subscriptions/{}")
def retrieve(world: World, given: dict[str, Any], name: str) -> Row:
    return world.find("subscription", name)


def changed_items(
    world: World, subscription: Row, entries: list[dict[str, Any]], *, param: str = "items"
) -> list[Wanted]:
    """What the subscription would hold after the `items` of a request."""
    after = {one.item: one for one in subscribing.held(world, subscription)}
    for place, entry in enumerate(entries):
        where = f"{param}[{place}]"
        if not (name := entry.get("id")):
            fresh = subscribing.wanted_of(world, entry, param=where)
            after[f"new {place}"] = fresh
            continue
        if name not in after:
            raise no_such("subscription_item", name, param=f"{where}[id]")
        if entry.get("deleted"):
            del after[name]
            continue
        one = after[name]
        if entry.get("price") and entry["price"] != one.price["id"]:
            one = replace(one, price=subscribing.wanted_of(world, entry, param=where).price)
        after[name] = replace(
            one,
            quantity=entry["quantity"] if entry.get("quantity") is not None else one.quantity,
            metadata=merged(one.metadata, entry.get("metadata")),
        )
    wanted = list(after.values())
    subscribing.check_together(wanted, param=param)
    return wanted


@route(
    "POST",
    "/v1/subscriptions/{}",
    form(items=many(ITEM), proration_date=whole, **FIELDS),
)
def update(world: World, given: dict[str, Any], name: str) -> Row:
    subscription = world.find("subscription", name)
    _check_update(subscription, given)
    payment = given.get("payment_behavior") or "allow_incomplete"
    with world.changing(subscription, "customer.subscription.updated"):
        _set_fields(world, subscription, given)
    if given.get("items"):
        wanted = changed_items(world, subscription, given["items"])
        with world.changing(subscription, "customer.subscription.updated"):
            subscribing.change(
                world, subscription, wanted, payment=payment, at=given.get("proration_date"),
                proration=given.get("proration_behavior") or "create_prorations",
            )  # fmt: skip
    return subscription


def _check_update(subscription: Row, given: dict[str, Any]) -> None:
    if subscription["status"] in subscribing.OVER and set(given) - {"metadata"}:
        raise invalid("A canceled subscription can only update its cancellation_details and metadata.")
    if given.get("payment_behavior") == "pending_if_incomplete" and (wrong := sorted(set(given) - _MAY_WAIT)):
        raise invalid(
            f"When `payment_behavior` is `pending_if_incomplete`, `{wrong[0]}` cannot be updated.",
            param=wrong[0],
        )
    if subscription["schedule"] and "cancel_at_period_end" in given:
        raise invalid(
            f"The subscription is managed by the subscription schedule `{subscription['schedule']}`, and updating any "
            "cancelation behavior directly is not allowed. Please update the schedule instead."
        )


def _set_fields(world: World, subscription: Row, given: dict[str, Any]) -> None:
    if method := given.get("default_payment_method"):
        card = world.find("payment_method", method, param="default_payment_method")
        if card["customer"] != subscription["customer"]:
            methods.attach_to(world, card["id"], world.find("customer", subscription["customer"]))
        subscription["default_payment_method"] = method
    subscription["metadata"] = merged(subscription["metadata"], given.get("metadata"))
    if "cancel_at_period_end" in given:
        end_with_period(world, subscription, given["cancel_at_period_end"])


def end_with_period(world: World, subscription: Row, cancelled: bool) -> None:
    _start, end = subscribing.period_of(world, subscription)
    details = subscription["cancellation_details"]
    subscription |= {
        "cancel_at_period_end": cancelled,
        "cancel_at": end if cancelled else None,
        "canceled_at": world.now() if cancelled else None,
        "cancellation_details": details | {"reason": "cancellation_requested" if cancelled else None},
    }


@route("DELETE", "/v1/subscriptions/{}", form(invoice_now=flag, prorate=flag))
def cancel(world: World, given: dict[str, Any], name: str) -> Row:
    subscription = world.find("subscription", name)
    if subscription["status"] in subscribing.OVER:
        raise no_such("subscription", name)
    subscribing.cancel(world, subscription)
    return subscription


@route("POST", "/v1/subscriptions/{}/resume", form())
def resume(world: World, given: dict[str, Any], name: str) -> Row:
    subscription = world.find("subscription", name)
    if subscription["status"] != "paused":
        raise invalid(
            f"You can only resume a subscription that is paused. This subscription is {subscription['status']}."
        )
    subscription["status"] = "active"
    agenda.end_trial(world, subscription)
    world.emit("customer.subscription.resumed", subscription)
    return subscription
