"""Payment methods. Stripe's own names of test cards stand for cards that work or do not."""

from __future__ import annotations

from typing import Any

from posthub.demo.stripe.errors import invalid
from posthub.demo.stripe.form import form, whole
from posthub.demo.stripe.routes import route
from posthub.demo.stripe.world import Row, World

# name: (outcome of a charge, last four digits, brand)
CARDS = {
    "pm_card_visa": ("succeeded", "4242", "visa"),
    "pm_card_mastercard": ("succeeded", "4444", "mastercard"),
    "pm_card_chargeCustomerFail": ("card_declined", "0341", "visa"),
    "pm_card_visa_chargeDeclined": ("card_declined", "0002", "visa"),
    "pm_card_visa_chargeDeclinedInsufficientFunds": ("insufficient_funds", "9995", "visa"),
    "pm_card_authenticationRequired": ("authentication_required", "3184", "visa"),
}


def card(world: World, name: str) -> Row:
    outcome, last4, brand = CARDS[name]
    details = {
        "brand": brand, "last4": last4, "exp_month": 12, "exp_year": 2032, "country": "CZ", "funding": "credit",
        "fingerprint": f"standin{last4}", "display_brand": brand, "generated_from": None, "wallet": None,
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "networks": {"available": [brand], "preferred": None}, "three_d_secure_usage": {"supported": True},
        "regulated_status": "unregulated",
    }  # fmt: skip
    billing = {"address": dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state")), "email": None,
               "name": None, "phone": None, "tax_id": None}  # fmt: skip
    return world.make(
        "payment_method", type="card", card=details, billing_details=billing, customer=None, metadata={},
        allow_redisplay="unspecified", _outcome=outcome,
    )  # fmt: skip


def attach_to(world: World, name: str, customer: Row) -> Row:
    method = (
        card(world, name) if name in CARDS else world.find("payment_method", name, param="payment_method")
    )
    if method["customer"] not in (None, customer["id"]):
        raise invalid(
            "The payment method you provided is attached to another customer.", param="payment_method"
        )
    method["customer"] = customer["id"]
    world.emit("payment_method.attached", method)
    return method


def make_default(world: World, customer: Row, method: Row) -> None:
    with world.changing(customer, "customer.updated"):
        customer["invoice_settings"] = customer["invoice_settings"] | {"default_payment_method": method["id"]}


@route("POST", "/v1/payment_methods/{}", form("card", card=form(exp_month=whole, exp_year=whole)))
def update(world: World, given: dict[str, Any], name: str) -> Row:
    method = world.find("payment_method", name)
    with world.changing(method, "payment_method.updated"):
        method["card"] |= given["card"]
    return method
