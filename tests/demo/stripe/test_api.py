"""The real library of Stripe against the stand-in: what it takes, and what it refuses."""

from types import SimpleNamespace
from typing import Any

import pytest
import stripe

from tests.demo.stripe.conftest import checkout, client_of
from tests.support.payments import Payments


def refused(call: Any) -> tuple[int | None, str | None, str | None]:
    with pytest.raises(stripe.StripeError) as problem:
        call()
    return problem.value.http_status, problem.value.code, getattr(problem.value, "param", None)


def test_a_catalogue_is_made_changed_and_found_by_its_keys(ask: Any, shop: SimpleNamespace) -> None:
    found = ask.prices.list({"lookup_keys": ["video-month", "pro-month"], "expand": ["data.product"]})
    assert {(price.lookup_key, price.product.name) for price in found.data} == {
        ("video-month", "Video"),
        ("pro-month", "PRO"),
    }
    dearer = ask.prices.create(
        {
            "product": found.data[0].product.id,
            "currency": "czk",
            "unit_amount": 60000,
            "recurring": {"interval": "month"},
            "lookup_key": "video-month",
            "transfer_lookup_key": True,
        }
    )
    assert [price.id for price in ask.prices.list({"lookup_keys": ["video-month"]}).data] == [dearer.id]
    assert ask.prices.retrieve(shop.video).lookup_key is None
    product = ask.products.update(found.data[0].product.id, {"metadata": {"addon": "", "kind": "film"}})
    assert product.metadata.to_dict() == {"kind": "film"}
    names = [product.name for product in ask.products.list({"limit": 1}).auto_paging_iter()]
    assert names == ["Video", "ULTIMATE", "PRO"]


def test_what_stripe_refuses_is_refused_in_its_words(
    ask: Any, shop: SimpleNamespace, subscribed: Any
) -> None:
    item = subscribed["items"].data[0].id
    ask.prices.update(shop.ultimate, {"active": False})
    later = {"payment_behavior": "pending_if_incomplete", "metadata": {"a": "b"}, "items": [{"id": item}]}
    table = [
        (lambda: ask.customers.create({"nonsense": "1"}), (400, "parameter_unknown", "nonsense")),
        (lambda: ask.prices.create({"currency": "czk"}), (400, "parameter_missing", "unit_amount")),
        (lambda: ask.customers.retrieve("cus_none"), (404, "resource_missing", "id")),
        (lambda: ask.customers.list({"limit": 500}), (400, None, "limit")),
        (
            lambda: ask.checkout.sessions.create(checkout(shop, shop.pro_year, shop.video)),
            (400, None, "line_items"),
        ),
        (
            lambda: ask.checkout.sessions.create(checkout(shop, shop.ultimate)),
            (400, None, "line_items[0][price]"),
        ),
        (
            lambda: ask.checkout.sessions.create(checkout(shop, shop.pro, success_url="/billing/")),
            (400, "url_invalid", "success_url"),
        ),
        (
            lambda: ask.checkout.sessions.create(
                checkout(shop, shop.pro, tax_id_collection={"enabled": True})
            ),
            (400, None, "customer_update[name]"),
        ),
        (
            lambda: ask.customers.tax_ids.create(shop.customer, {"type": "eu_vat", "value": "CZ1"}),
            (400, "tax_id_invalid", "value"),
        ),
        (lambda: ask.subscriptions.update(subscribed.id, later), (400, None, "metadata")),
        (lambda: ask.subscriptions.resume(subscribed.id), (400, None, None)),
        (
            lambda: ask.subscriptions.update(subscribed.id, {"items": [{"price": shop.pro_year}]}),
            (400, None, "items"),
        ),
        (
            lambda: ask.billing_portal.sessions.create(
                {"customer": shop.customer, "flow_data": {"type": "subscription_cancel"}}
            ),
            (400, "parameter_missing", "flow_data[subscription_cancel]"),
        ),
        (lambda: ask.subscriptions.retrieve(subscribed.id, {"expand": ["shoes"]}), (400, None, "expand")),
    ]
    assert [refused(call) for call, _said in table] == [said for _call, said in table]


def test_a_cancelled_subscription_stays_cancelled(ask: Any, subscribed: Any) -> None:
    ask.subscriptions.cancel(subscribed.id)
    assert refused(lambda: ask.subscriptions.update(subscribed.id, {"cancel_at_period_end": False}))[0] == 400
    assert refused(lambda: ask.subscriptions.cancel(subscribed.id)) == (404, "resource_missing", "id")
    assert ask.subscriptions.update(subscribed.id, {"metadata": {"why": "price"}}).status == "canceled"


def test_a_named_request_is_done_once(ask: Any, payments: Payments) -> None:
    named = {"idempotency_key": "organization-1:customer"}
    first = ask.customers.create({"email": "a@example.com"}, named)
    assert ask.customers.create({"email": "a@example.com"}, named).id == first.id
    with pytest.raises(stripe.IdempotencyError):
        ask.customers.create({"email": "b@example.com"}, named)
    payments.world.faults.api = ["answer_lost"]
    other = {"idempotency_key": "organization-2:customer"}
    with pytest.raises(stripe.APIConnectionError):
        ask.customers.create({"email": "c@example.com"}, other)
    again = ask.customers.create({"email": "c@example.com"}, other)
    assert [row["email"] for row in payments.world.rows["customer"].values()] == [
        "a@example.com",
        "c@example.com",
    ]
    assert again.email == "c@example.com"
    payments.advance(days=1.1)
    assert ask.customers.create({"email": "b@example.com"}, named).id != first.id


def test_faults_on_order_reach_the_library_as_what_they_are(ask: Any, payments: Payments) -> None:
    kinds = {
        "429": stripe.RateLimitError,
        "503": stripe.APIError,
        "500": stripe.APIError,
        "409": stripe.APIError,
        "reset": stripe.APIConnectionError,
    }
    payments.world.faults.api = list(kinds)
    for kind in kinds.values():
        with pytest.raises(kind):
            ask.products.list()
    with pytest.raises(stripe.AuthenticationError):
        client_of(payments.url, "sk_test_" + "a" * 30).products.list()
    payments.world.faults.down = "503"
    for _time in range(3):
        with pytest.raises(stripe.APIError):
            ask.products.list()
    payments.world.faults.down = ""
    assert ask.products.list().data == []
