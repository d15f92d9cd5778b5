"""Checkout: a session with a page of its own. Of its modes there is `subscription`, which PostHub uses."""

from __future__ import annotations

from typing import Any

from posthub.demo.stripe import agenda, subscribing
from posthub.demo.stripe.errors import invalid
from posthub.demo.stripe.form import flag, form, many, metadata, one_of, text, url, whole
from posthub.demo.stripe.periods import DAY, Wanted
from posthub.demo.stripe.resources.customers import present
from posthub.demo.stripe.routes import lists, route
from posthub.demo.stripe.world import Row, World, token

LOCALES = one_of("auto", "cs", "en", "en-GB", "sk", "de", "pl")
MISSING_METHOD = form(
    "end_behavior",
    end_behavior=form(
        "missing_payment_method", missing_payment_method=one_of("cancel", "create_invoice", "pause")
    ),
)
SUBSCRIPTION_DATA = form(trial_period_days=whole, trial_settings=MISSING_METHOD, metadata=metadata)
ACCEPTS = form(
    "mode", "customer", "line_items", "success_url",
    mode=one_of("subscription"), customer=text, client_reference_id=text,
    success_url=url, cancel_url=url, locale=LOCALES, metadata=metadata, subscription_data=SUBSCRIPTION_DATA,
    line_items=many(form("price", price=text, quantity=whole)),
    payment_method_collection=one_of("always", "if_required"), tax_id_collection=form("enabled", enabled=flag),
    customer_update=form(address=one_of("auto", "never"), name=one_of("auto", "never")),
    billing_address_collection=one_of("auto", "required"),
)  # fmt: skip


@route("POST", "/v1/checkout/sessions", ACCEPTS)
def create(world: World, given: dict[str, Any]) -> Row:
    _check_customer(world, given)
    wanted = [
        subscribing.wanted_of(world, entry, param=f"line_items[{place}]")
        for place, entry in enumerate(given["line_items"])
    ]
    _check_items(wanted)
    trial = given.get("subscription_data", {}).get("trial_period_days")
    if trial is not None and not 1 <= trial <= 730:
        raise invalid(
            "Trial periods are between 1 and 730 days.", param="subscription_data[trial_period_days]"
        )
    amount = 0 if trial else sum(one.cost for one in wanted)
    session = world.make("checkout.session", **_fields(world, given, amount, wanted[0].price["currency"]))
    session["url"] = f"{world.base_url}/c/pay/{session['id']}"
    return session


def _check_customer(world: World, given: dict[str, Any]) -> None:
    may = given.get("customer_update", {})
    present(world, given["customer"], param="customer")
    if given.get("tax_id_collection", {}).get("enabled") and may.get("name") != "auto":
        raise invalid(
            "Tax ID collection requires updating business name on the customer. To enable tax ID collection for an "
            "existing customer, please set `customer_update[name]` to `auto`.", param="customer_update[name]",
        )  # fmt: skip


def _check_items(wanted: list[Wanted]) -> None:
    intervals = {
        (one.price["recurring"]["interval"], one.price["recurring"]["interval_count"]) for one in wanted
    }
    if len(intervals) > 1:
        raise invalid(
            "Checkout does not support multiple prices with different billing intervals.", param="line_items"
        )
    subscribing.check_together(wanted, param="line_items")


def _fields(world: World, given: dict[str, Any], amount: int, currency: str) -> Row:
    return {
        "mode": given["mode"], "customer": given["customer"], "customer_email": None,
        "client_reference_id": given.get("client_reference_id"), "success_url": given["success_url"],
        "cancel_url": given.get("cancel_url"), "locale": given.get("locale") or "auto", "status": "open",
        "metadata": given.get("metadata") or {}, "payment_status": "unpaid", "amount_total": amount,
        "amount_subtotal": amount, "currency": currency, "expires_at": world.now() + DAY,
        "payment_method_collection": given.get("payment_method_collection") or "always", "subscription": None,
        "tax_id_collection": {"enabled": False, "required": "never"} | given.get("tax_id_collection", {}),
        "automatic_tax": {"enabled": False, "liability": None, "status": None},
        "invoice": None, "customer_details": None, "payment_intent": None, "setup_intent": None, "ui_mode": "hosted",
        "payment_method_types": ["card"],
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "billing_address_collection": given.get("billing_address_collection"), "custom_fields": [],
        "custom_text": dict.fromkeys(("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")),
        "shipping_options": [], "discounts": [], "customer_creation": None,
        "allow_promotion_codes": None, "consent": None, "currency_conversion": None,
        "_items": [{"price": entry["price"], "quantity": entry.get("quantity") or 1} for entry in given["line_items"]],
        "_subscription": given.get("subscription_data", {}), "_customer_update": given.get("customer_update", {}),
        "_page_token": token(),
    }  # fmt: skip


@route("GET", "/v1/checkout/sessions/{}")
def retrieve(world: World, given: dict[str, Any], name: str) -> Row:
    return world.find("checkout.session", name)


@lists("/v1/checkout/sessions", customer=text, status=one_of("complete", "expired", "open"))
def index(world: World, given: dict[str, Any]) -> list[Row]:
    return world.of(
        "checkout.session", **{name: given[name] for name in ("customer", "status") if given.get(name)}
    )


@route("POST", "/v1/checkout/sessions/{}/expire")
def expire(world: World, given: dict[str, Any], name: str) -> Row:
    session = world.find("checkout.session", name)
    if session["status"] != "open":
        raise invalid(
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of '
            f"`{session['status']}`."
        )
    agenda.expire(world, session)
    return session
