from __future__ import annotations

import re
from typing import Any

from posthub.demo.stripe import subscribing
from posthub.demo.stripe.errors import invalid, no_such
from posthub.demo.stripe.form import Read, anything, form, many, merged, metadata, one_of, text, whole
from posthub.demo.stripe.routes import lists, route
from posthub.demo.stripe.world import Row, World

ADDRESS = form(line1=text, line2=text, city=text, postal_code=text, state=text, country=text)
TAX_ID = form("type", "value", type=one_of("eu_vat", "gb_vat"), value=text)
FIELDS: dict[str, Read] = {
    "email": text, "name": text, "phone": text, "description": text, "metadata": metadata, "address": ADDRESS,
    "preferred_locales": many(text), "balance": whole,
    "invoice_settings": form(default_payment_method=text, custom_fields=anything, footer=text),
}  # fmt: skip
# By country, after its two letters.
_VAT = {"CZ": r"\d{8,10}", "SK": r"\d{10}", "DE": r"\d{9}", "AT": r"U\d{8}", "PL": r"\d{10}"}


@route("POST", "/v1/customers", form(**FIELDS))
def create(world: World, given: dict[str, Any]) -> Row:
    settings = given.pop("invoice_settings", {})
    blank: Row = {
        "email": None, "name": None, "phone": None, "description": None, "metadata": {}, "address": None,
        "preferred_locales": [], "tax_exempt": "none", "shipping": None, "balance": 0, "currency": None,
        "default_source": None, "delinquent": False, "discount": None, "next_invoice_sequence": 1, "test_clock": None,
        "invoice_prefix": "STANDIN", "invoice_settings": _settings({}, settings),
    }  # fmt: skip
    customer = world.make("customer", **(blank | given))
    world.emit("customer.created", customer)
    return customer


def _settings(before: Row, given: Row) -> Row:
    blank = dict.fromkeys(("custom_fields", "default_payment_method", "footer", "rendering_options"))
    return blank | before | given


@lists("/v1/customers")
def index(world: World, given: dict[str, Any]) -> list[Row]:
    return [row for row in world.of("customer") if not row.get("deleted")]


@route("GET", "/v1/customers/{}")
def retrieve(world: World, given: dict[str, Any], name: str) -> Row:
    customer = world.find("customer", name)
    if customer.get("deleted"):
        return {"id": name, "object": "customer", "deleted": True}
    return customer


def present(world: World, name: Any, *, param: str) -> Row:
    """A customer there still is."""
    customer = world.find("customer", name, param=param)
    if customer.get("deleted"):
        raise no_such("customer", str(name), param=param)
    return customer


@route("POST", "/v1/customers/{}", form(**FIELDS))
def update(world: World, given: dict[str, Any], name: str) -> Row:
    customer = present(world, name, param="id")
    settings = given.pop("invoice_settings", {})
    if method := settings.get("default_payment_method"):
        owned = world.find("payment_method", method, param="invoice_settings[default_payment_method]")
        if owned["customer"] != name:
            raise invalid(
                f"The customer does not have a payment method with the ID {method}. The payment method must be "
                "attached to the customer.",
                param="invoice_settings[default_payment_method]",
                code="resource_missing",
            )
    given["metadata"] = merged(customer["metadata"], given.get("metadata"))
    if given.get("address") is not None:
        blank = dict.fromkeys(("line1", "line2", "city", "postal_code", "state", "country"))
        given["address"] = (
            blank | (customer["address"] or {}) | given["address"] if given["address"] else None
        )
    with world.changing(customer, "customer.updated"):
        customer |= given
        customer["invoice_settings"] = _settings(customer["invoice_settings"], settings)
    return customer


@route("DELETE", "/v1/customers/{}")
def delete(world: World, given: dict[str, Any], name: str) -> Row:
    customer = present(world, name, param="id")
    for subscription in world.of("subscription", customer=name):
        if subscription["status"] not in subscribing.OVER:
            subscribing.cancel(world, subscription)
    customer["deleted"] = True
    world.emit("customer.deleted", customer)
    return {"id": name, "object": "customer", "deleted": True}


def _check_tax_id(given: dict[str, Any]) -> None:
    value = re.sub(r"[\s.-]", "", given["value"]).upper()
    shape = _VAT.get(value[:2], r"[A-Z0-9]{2,12}")
    if not re.fullmatch(rf"[A-Z]{{2}}{shape}", value):
        raise invalid(f"Invalid value for {given['type']}.", param="value", code="tax_id_invalid")


@route("POST", "/v1/customers/{}/tax_ids", TAX_ID)
def create_tax_id(world: World, given: dict[str, Any], name: str) -> Row:
    present(world, name, param="id")
    _check_tax_id(given)
    tax_id = world.make(
        "tax_id", customer=name, type=given["type"], value=given["value"], country=given["value"][:2].upper(),
        owner={"type": "customer", "customer": name}, verification={"status": "pending", "verified_name": None},
    )  # fmt: skip
    world.emit("customer.tax_id.created", tax_id)
    return tax_id


@lists("/v1/customers/{}/tax_ids")
def tax_ids(world: World, given: dict[str, Any], name: str) -> list[Row]:
    present(world, name, param="id")
    return world.of("tax_id", customer=name)


@route("DELETE", "/v1/customers/{}/tax_ids/{}")
def delete_tax_id(world: World, given: dict[str, Any], name: str, wanted: str) -> Row:
    row = world.find("tax_id", wanted)
    del world.rows["tax_id"][wanted]
    world.emit("customer.tax_id.deleted", row)
    return {"id": wanted, "object": "tax_id", "deleted": True}
