from __future__ import annotations

from typing import Any

from posthub.demo.stripe.form import flag, form, merged, metadata, text
from posthub.demo.stripe.routes import lists, route
from posthub.demo.stripe.world import Row, World

FIELDS = {
    "name": text, "active": flag, "description": text, "metadata": metadata,
}  # fmt: skip


@route("POST", "/v1/products", form("name", **FIELDS))
def create(world: World, given: dict[str, Any]) -> Row:
    blank: Row = {
        "active": True, "description": None, "metadata": {}, "images": [], "tax_code": None, "unit_label": None,
        "url": None, "statement_descriptor": None, "marketing_features": [], "shippable": None, "type": "service",
        "default_price": None, "package_dimensions": None, "attributes": [],
    }  # fmt: skip
    product = world.make("product", updated=world.now(), **(blank | given))
    world.emit("product.created", product)
    return product


@lists("/v1/products", active=flag)
def index(world: World, given: dict[str, Any]) -> list[Row]:
    return world.of("product", **({"active": given["active"]} if "active" in given else {}))


@route("POST", "/v1/products/{}", form(**FIELDS))
def update(world: World, given: dict[str, Any], name: str) -> Row:
    product = world.find("product", name)
    given["metadata"] = merged(product["metadata"], given.get("metadata"))
    with world.changing(product, "product.updated"):
        product |= given
    return product
