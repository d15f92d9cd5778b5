from __future__ import annotations

from dataclasses import replace
from typing import Any

from posthub.demo.stripe import agenda, invoicing, subscribing
from posthub.demo.stripe.errors import declined, invalid, no_such
from posthub.demo.stripe.form import (
    Read,
    anything,
    flag,
    form,
    many,
    merged,
    metadata,
    moment,
    one_of,
    text,
    whole,
)
from posthub.demo.stripe.periods import Wanted
from posthub.demo.stripe.resources import methods
from posthub.demo.stripe.resources.checkout import AUTOMATIC_TAX, MISSING_METHOD
from posthub.demo.stripe.resources.customers import present
from posthub.demo.stripe.routes import lists, route
from posthub.demo.stripe.world import Row, World

STATUSES = one_of(
    "all", "active", "trialing", "past_due", "unpaid", "canceled", "incomplete", "incomplete_expired", "paused", "ended"
)  # fmt: skip
PRORATION = one_of("create_prorations", "always_invoice", "none")
PAYMENT = one_of("allow_incomplete", "default_incomplete", "error_if_incomplete", "pending_if_incomplete")
FEEDBACK = one_of(
    "customer_service", "low_quality", "missing_features", "other", "switched_service", "too_complex",
    "too_expensive", "unused",
)  # fmt: skip
DETAILS = form(comment=text, feedback=FEEDBACK)
ITEM = form(id=text, price=text, quantity=whole, deleted=flag, metadata=metadata, clear_usage=flag)
FIELDS: dict[str, Read] = {
    "default_payment_method": text, "description": text, "metadata": metadata, "trial_settings": MISSING_METHOD,
    "proration_behavior": PRORATION, "payment_behavior": PAYMENT, "cancel_at_period_end": flag, "cancel_at": moment,
    "trial_end": moment, "payment_settings": anything, "automatic_tax": AUTOMATIC_TAX, "off_session": flag,
    "collection_method": one_of("charge_automatically"),
}  # fmt: skip
# What may come together with a change that waits for its payment.
_MAY_WAIT = {"expand", "items", "payment_behavior", "proration_behavior", "proration_date", "trial_end"}


@route(
    "POST", "/v1/subscriptions",
    form(
        "customer", "items", customer=text, items=many(ITEM), trial_period_days=whole, billing_mode=anything, **FIELDS
    ),
)  # fmt: skip
def create(world: World, given: dict[str, Any]) -> Row:
    customer = present(world, given["customer"], param="customer")
    wanted = [
        subscribing.wanted_of(world, entry, param=f"items[{place}]")
        for place, entry in enumerate(given["items"])
    ]
    trial_end = given.get("trial_end") or subscribing.trial_over_at(
        world.now(), given.get("trial_period_days")
    )
    subscribing.check_together(wanted)
    method = invoicing.method_of(world, given, customer)
    if method is None and not trial_end and given.get("payment_behavior") != "default_incomplete":
        raise invalid(
            "This customer has no attached payment source or default payment method. Please consider adding a "
            "default payment method.", code="resource_missing",
        )  # fmt: skip
    outcome = "succeeded" if trial_end else invoicing.outcome_of(world, method, use=False)
    if given.get("payment_behavior") == "error_if_incomplete" and outcome != "succeeded":
        raise declined(outcome)
    subscription = subscribing.begin(
        world, customer, wanted, trial_end=trial_end, metadata=given.get("metadata") or {},
        description=given.get("description"), default_payment_method=given.get("default_payment_method"),
        cancel_at_period_end=given.get("cancel_at_period_end", False),
        trial_settings=given.get("trial_settings") or subscribing.TRIAL_SETTINGS,
    )  # fmt: skip
    if given.get("payment_behavior") != "default_incomplete":
        subscribing.settle(world, subscription, world.find("invoice", subscription["latest_invoice"]))
    return subscription


@lists("/v1/subscriptions", customer=text, status=STATUSES, price=text)
def index(world: World, given: dict[str, Any]) -> list[Row]:
    wanted = {"customer": given["customer"]} if given.get("customer") else {}
    status = given.get("status")
    shown = []
    for row in world.of("subscription", **wanted):
        over = row["status"] in subscribing.OVER
        asked = (
            row["status"] == status
            or status == "all"
            or (over if status == "ended" else not status and row["status"] != "canceled")
        )
        if asked and (
            not given.get("price") or given["price"] in {item["price"] for item in world.items_of(row)}
        ):
            shown.append(row)
    return shown


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
    "POST", "/v1/subscriptions/{}",
    form(
        items=many(ITEM), proration_date=whole, cancellation_details=DETAILS, pause_collection=anything,
        billing_cycle_anchor=one_of("unchanged"), **FIELDS,
    ),
)  # fmt: skip
def update(world: World, given: dict[str, Any], name: str) -> Row:
    subscription = world.find("subscription", name)
    _check_update(subscription, given)
    payment = given.get("payment_behavior") or "allow_incomplete"
    with world.changing(subscription, "customer.subscription.updated"):
        _set_fields(world, subscription, given)
    if given.get("trial_end") is not None and subscription["status"] == "trialing":
        _end_trial(world, subscription, given["trial_end"])
    if given.get("items"):
        wanted = changed_items(world, subscription, given["items"])
        with world.changing(subscription, "customer.subscription.updated"):
            subscribing.change(
                world, subscription, wanted, payment=payment, at=given.get("proration_date"),
                proration=given.get("proration_behavior") or "create_prorations",
            )  # fmt: skip
    return subscription


def _check_update(subscription: Row, given: dict[str, Any]) -> None:
    allowed = {"metadata", "cancellation_details", "expand"}
    if subscription["status"] in subscribing.OVER and set(given) - allowed:
        raise invalid("A canceled subscription can only update its cancellation_details and metadata.")
    if given.get("payment_behavior") == "pending_if_incomplete" and (wrong := sorted(set(given) - _MAY_WAIT)):
        raise invalid(
            f"When `payment_behavior` is `pending_if_incomplete`, `{wrong[0]}` cannot be updated.",
            param=wrong[0],
        )
    if subscription["schedule"] and {"cancel_at_period_end", "cancel_at"} & set(given):
        raise invalid(
            f"The subscription is managed by the subscription schedule `{subscription['schedule']}`, and updating any "
            "cancelation behavior directly is not allowed. Please update the schedule instead."
        )


def _set_fields(world: World, subscription: Row, given: dict[str, Any]) -> None:
    if method := given.get("default_payment_method"):
        card = world.find("payment_method", method, param="default_payment_method")
        if card["customer"] != subscription["customer"]:
            methods.attach_to(world, card["id"], world.find("customer", subscription["customer"]))
    subscription["metadata"] = merged(subscription["metadata"], given.get("metadata"))
    for name in ("default_payment_method", "description", "trial_settings"):
        if name in given:
            subscription[name] = given[name]
    if "cancellation_details" in given:
        subscription["cancellation_details"] = (
            subscription["cancellation_details"] | given["cancellation_details"]
        )
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


def _end_trial(world: World, subscription: Row, at: int | str) -> None:
    start, _end = subscribing.period_of(world, subscription)
    end = world.now() if at == "now" else int(at)
    if end < world.now():
        raise invalid(
            "Invalid timestamp: must be an integer Unix timestamp in the future.", param="trial_end"
        )
    with world.changing(subscription, "customer.subscription.updated"):
        subscription |= {"trial_end": end, "billing_cycle_anchor": end}
        subscribing.put_items(world, subscription, subscribing.held(world, subscription), start, end)
    if at == "now":
        agenda.end_trial(world, subscription)


@route("DELETE", "/v1/subscriptions/{}", form(invoice_now=flag, prorate=flag, cancellation_details=DETAILS))
def cancel(world: World, given: dict[str, Any], name: str) -> Row:
    subscription = world.find("subscription", name)
    if subscription["status"] in subscribing.OVER:
        raise no_such("subscription", name)
    subscription["cancellation_details"] = subscription["cancellation_details"] | given.get(
        "cancellation_details", {}
    )
    subscribing.cancel(world, subscription)
    return subscription


@route("POST", "/v1/subscriptions/{}/resume", form(billing_cycle_anchor=text, proration_behavior=PRORATION))
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
