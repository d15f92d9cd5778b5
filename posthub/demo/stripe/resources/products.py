from __future__ import annotations

from typing import Any

from posthub.demo.stripe.errors import invalid
from posthub.demo.stripe.form import flag, form, many, merged, metadata, text, url
from posthub.demo.stripe.routes import lists, route
from posthub.demo.stripe.world import Row, World, listing

FIELDS = {
    "name": text, "active": flag, "description": text, "metadata": metadata, "images": many(url),
    "tax_code": text, "unit_label": text, "url": url, "statement_descriptor": text,
    "marketing_features": many(form("name", name=text)), "shippable": flag,
}  # fmt: skip


@route("POST", "/v1/products", form("name", id=text, type=text, **FIELDS))
def create(world: World, given: dict[str, Any]) -> Row:
    if given.get("id") in world.rows["product"]:
        raise invalid(f"Product already exists: '{given['id']}'", param="id", code="resource_already_exists")
    blank: Row = {
        "active": True, "description": None, "metadata": {}, "images": [], "tax_code": None, "unit_label": None,
        "url": None, "statement_descriptor": None, "marketing_features": [], "shippable": None, "type": "service",
        "default_price": None, "package_dimensions": None, "attributes": [],
    }  # fmt: skip
    product = world.make("product", given.pop("id", None) or "", updated=world.now(), **(blank | given))
    world.emit("product.created", product)
    return product


@lists("/v1/products", active=flag, ids=many(text), url=url, type=text)
def index(world: World, given: dict[str, Any]) -> list[Row]:
    wanted = {name: given[name] for name in ("active", "url") if name in given}
    return [row for row in world.of("product", **wanted) if not given.get("ids") or row["id"] in given["ids"]]


@route("GET", "/v1/products/{}")
def retrieve(world: World, given: dict[str, Any], name: str) -> Row:
    return world.find("product", name)


@route("POST", "/v1/products/{}", form(default_price=text, **FIELDS))
def update(world: World, given: dict[str, Any], name: str) -> Row:
    product = world.find("product", name)
    if given.get("default_price"):
        world.find("price", given["default_price"], param="default_price")
    given["metadata"] = merged(product["metadata"], given.get("metadata"))
    with world.changing(product, "product.updated"):
        product |= given
    return product


@route("DELETE", "/v1/products/{}")
def delete(world: World, given: dict[str, Any], name: str) -> Row:
    product = world.find("product", name)
    if world.of("price", product=name):
        raise invalid(
            "This product cannot be deleted because it has one or more user-created prices.", param="id"
        )
    del world.rows["product"][name]
    world.emit("product.deleted", product)
    return {"id": name, "object": "product", "deleted": True}


@route("GET", "/v1/products/{}/features", form())
def features(world: World, given: dict[str, Any], name: str) -> Row:
    world.find("product", name)
    return listing(f"/v1/products/{name}/features", [])
