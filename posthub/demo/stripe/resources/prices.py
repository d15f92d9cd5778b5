from __future__ import annotations

from typing import Any

from posthub.demo.stripe.errors import invalid
from posthub.demo.stripe.form import flag, form, many, merged, metadata, one_of, text, whole
from posthub.demo.stripe.routes import lists, route
from posthub.demo.stripe.world import Row, World

INTERVAL = one_of("month", "year")
RECURRING = form("interval", interval=INTERVAL)
CURRENCIES = ("czk", "eur", "usd", "gbp", "pln")
FIELDS = {
    "active": flag, "nickname": text, "metadata": metadata, "lookup_key": text, "transfer_lookup_key": flag,
    "tax_behavior": one_of("inclusive", "exclusive", "unspecified"),
}  # fmt: skip


@route(
    "POST",
    "/v1/prices",
    form(
        "currency", "unit_amount", "product", currency=one_of(*CURRENCIES), product=text, unit_amount=whole,
        recurring=RECURRING, **FIELDS,
    ),
)  # fmt: skip
def create(world: World, given: dict[str, Any]) -> Row:
    if given["unit_amount"] < 0:
        raise invalid("Invalid non-negative integer", param="unit_amount")
    product = world.find("product", given["product"], param="product")
    transfer = given.get("transfer_lookup_key", False)
    _check_key(world, None, given.get("lookup_key"), transfer=transfer)
    recurring = given.get("recurring")
    blank = {"interval_count": 1, "meter": None, "trial_period_days": None, "usage_type": "licensed"}
    price = world.make(
        "price", currency=given["currency"], product=product["id"], unit_amount=given["unit_amount"],
        unit_amount_decimal=str(given["unit_amount"]), type="recurring" if recurring else "one_time",
        recurring=recurring and blank | recurring,
        active=given.get("active", True), nickname=given.get("nickname"), metadata=given.get("metadata") or {},
        lookup_key=None, tax_behavior=given.get("tax_behavior") or "unspecified", billing_scheme="per_unit",
        custom_unit_amount=None, tiers_mode=None, transform_quantity=None,
    )  # fmt: skip
    _take_key(world, price, given.get("lookup_key"))
    world.emit("price.created", price)
    return price


def _check_key(world: World, price: Row | None, key: str | None, *, transfer: bool) -> None:
    """A lookup key belongs to one price; it moves only when that is said."""
    for other in world.of("price", lookup_key=key) if key and not transfer else []:
        if other is not price:
            raise invalid(f"A price (`{other['id']}`) already uses that lookup key.", param="lookup_key")


def _take_key(world: World, price: Row, key: str | None) -> None:
    for other in world.of("price", lookup_key=key) if key else []:
        if other is not price:
            with world.changing(other, "price.updated"):
                other["lookup_key"] = None
    price["lookup_key"] = key


@lists("/v1/prices", active=flag, lookup_keys=many(text))
def index(world: World, given: dict[str, Any]) -> list[Row]:
    if len(given.get("lookup_keys", [])) > 10:
        raise invalid("Array lookup_keys exceeded maximum 10 allowed elements.", param="lookup_keys")
    wanted = {"active": given["active"]} if "active" in given else {}
    keys = given.get("lookup_keys")
    return [row for row in world.of("price", **wanted) if not keys or row["lookup_key"] in keys]


@route("GET", "/v1/prices/{}")
def retrieve(world: World, given: dict[str, Any], name: str) -> Row:
    return world.find("price", name)


@route("POST", "/v1/prices/{}", form(**FIELDS))
def update(world: World, given: dict[str, Any], name: str) -> Row:
    price = world.find("price", name)
    transfer = given.pop("transfer_lookup_key", False)
    given["metadata"] = merged(price["metadata"], given.get("metadata"))
    _check_key(world, price, given.get("lookup_key"), transfer=transfer)
    with world.changing(price, "price.updated"):
        if "lookup_key" in given:
            _take_key(world, price, given["lookup_key"])
        price |= given
    return price
