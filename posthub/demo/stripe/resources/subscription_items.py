from __future__ import annotations

from typing import Any

from posthub.demo.stripe import subscribing
from posthub.demo.stripe.errors import invalid
from posthub.demo.stripe.form import flag, form, metadata, text, whole
from posthub.demo.stripe.resources.subscriptions import PAYMENT, PRORATION, changed_items
from posthub.demo.stripe.routes import lists, route
from posthub.demo.stripe.world import Row, World

BEHAVIOUR = {"proration_behavior": PRORATION, "payment_behavior": PAYMENT, "proration_date": whole}

_OF_ITEM = ("price", "quantity", "metadata")


@lists("/v1/subscription_items", subscription=text)
def index(world: World, given: dict[str, Any]) -> list[Row]:
    return world.items_of(world.find("subscription", given.get("subscription"), param="subscription"))


@route("GET", "/v1/subscription_items/{}")
def retrieve(world: World, given: dict[str, Any], name: str) -> Row:
    return world.find("subscription_item", name)


@route(
    "POST", "/v1/subscription_items",
    form("subscription", "price", subscription=text, price=text, quantity=whole, metadata=metadata, **BEHAVIOUR),
)  # fmt: skip
def create(world: World, given: dict[str, Any]) -> Row:
    subscription = world.find("subscription", given["subscription"], param="subscription")
    before = {item["id"] for item in world.items_of(subscription)}
    entry: dict[str, Any] = {name: given[name] for name in _OF_ITEM if name in given}
    _change(world, subscription, entry, given)
    made = [item for item in world.items_of(subscription) if item["id"] not in before]
    if not made:
        raise invalid("The change waits for its payment.", code="subscription_payment_intent_requires_action")
    return made[0]


@route("POST", "/v1/subscription_items/{}", form(price=text, quantity=whole, metadata=metadata, **BEHAVIOUR))
def update(world: World, given: dict[str, Any], name: str) -> Row:
    item = world.find("subscription_item", name)
    entry: dict[str, Any] = {"id": name} | {key: given[key] for key in _OF_ITEM if key in given}
    _change(world, world.find("subscription", item["subscription"]), entry, given)
    return item


@route("DELETE", "/v1/subscription_items/{}", form(clear_usage=flag, **BEHAVIOUR))
def delete(world: World, given: dict[str, Any], name: str) -> Row:
    item = world.find("subscription_item", name)
    _change(world, world.find("subscription", item["subscription"]), {"id": name, "deleted": True}, given)
    return {"id": name, "object": "subscription_item", "deleted": True}


def _change(world: World, subscription: Row, entry: dict[str, Any], given: dict[str, Any]) -> None:
    if subscription["status"] in subscribing.OVER:
        raise invalid("A canceled subscription can only update its cancellation_details and metadata.")
    wanted = changed_items(world, subscription, [entry])
    with world.changing(subscription, "customer.subscription.updated"):
        subscribing.change(
            world, subscription, wanted, payment=given.get("payment_behavior") or "allow_incomplete",
            proration=given.get("proration_behavior") or "create_prorations", at=given.get("proration_date"),
        )  # fmt: skip
