"""A subscription's life by the clock, as the real library sees it."""

import random
from types import SimpleNamespace
from typing import Any

import pytest
import stripe

from posthub.demo.stripe.world import Row
from tests.demo.stripe.conftest import checkout
from tests.support.payments import Payments


def kinds(events: list[Row], about: str = "") -> list[str]:
    return [event["type"] for event in events if event["type"].startswith(about)]


def held(ask: Any, name: str) -> set[str]:
    return {item.price.lookup_key for item in ask.subscriptions.retrieve(name)["items"].data}


def test_checkout_makes_a_subscription_with_a_paid_invoice(ask: Any, shop: Any, payments: Payments) -> None:
    wanted = checkout(
        shop, shop.pro, shop.video, tax_id_collection={"enabled": True},
        customer_update={"name": "auto", "address": "auto"}, client_reference_id="organization-1",
    )  # fmt: skip
    session = ask.checkout.sessions.create(wanted)
    payments.take()
    payments.complete(session.id, name="Acme s.r.o.", line1="Hlavní 1", city="Brno", vat_id="CZ27074358")
    done = ask.checkout.sessions.retrieve(session.id, {"expand": ["subscription.latest_invoice"]})
    assert (done.status, done.payment_status, done.url) == ("complete", "paid", None)
    assert done.amount_total == 249000
    invoice = done.subscription.latest_invoice
    assert (invoice.status, invoice.total, invoice.amount_due) == ("paid", 249000, 249000)
    assert invoice.customer_tax_ids[0].value == "CZ27074358"
    assert invoice.parent.subscription_details.subscription == done.subscription.id
    assert kinds(payments.take()) == [
        "customer.updated", "customer.tax_id.created", "payment_method.attached", "invoice.created",
        "customer.subscription.created", "invoice.finalized", "payment_intent.succeeded", "invoice.paid",
        "invoice.payment_succeeded", "customer.subscription.updated", "checkout.session.completed",
    ]  # fmt: skip


def test_a_declined_card_at_the_checkout_begins_nothing(ask: Any, shop: Any, payments: Payments) -> None:
    session = ask.checkout.sessions.create(checkout(shop, shop.pro))
    with pytest.raises(Exception, match="declined"):
        payments.complete(session.id, "pm_card_chargeCustomerFail")
    assert ask.checkout.sessions.retrieve(session.id).status == "open"
    assert ask.subscriptions.list({"customer": shop.customer}).data == []
    payments.complete(session.id)
    assert ask.checkout.sessions.retrieve(session.id).status == "complete"


def test_the_preview_of_an_upgrade_is_what_is_invoiced(
    ask: Any, shop: Any, subscribed: Any, payments: Payments
) -> None:
    payments.advance(days=random.Random(5).uniform(1, 20))
    item = next(item for item in subscribed["items"].data if item.price.id == shop.pro)
    change = {
        "items": [{"id": item.id, "price": shop.ultimate}],
        "proration_behavior": "always_invoice",
        "proration_date": payments.world.now(),
    }
    preview = ask.invoices.create_preview({"subscription": subscribed.id, "subscription_details": change})
    assert len(preview.lines.data) == 2
    assert [line.parent.subscription_item_details.proration for line in preview.lines.data] == [True, True]
    done = ask.subscriptions.update(subscribed.id, {**change, "payment_behavior": "pending_if_incomplete"})
    invoice = ask.invoices.retrieve(done.latest_invoice)
    assert (invoice.status, invoice.total) == ("paid", preview.total)
    assert 0 < invoice.total < 300000
    assert held(ask, subscribed.id) == {"ultimate-month", "video-month"}
    assert [item.current_period_end for item in done["items"].data] == [item.current_period_end] * 2


def test_an_upgrade_that_is_not_paid_waits_and_then_is_given_up(
    ask: Any, shop: Any, subscribed: Any, payments: Payments
) -> None:
    change = {
        "items": [{"id": subscribed["items"].data[0].id, "price": shop.ultimate}],
        "proration_behavior": "always_invoice",
        "payment_behavior": "pending_if_incomplete",
    }
    payments.next_payments("card_declined")
    waiting = ask.subscriptions.update(subscribed.id, change)
    assert (waiting.status, waiting.pending_update is None) == ("active", False)
    assert held(ask, subscribed.id) == {"pro-month", "video-month"}
    ask.invoices.pay(waiting.latest_invoice, {"payment_method": "pm_card_visa"})
    assert held(ask, subscribed.id) == {"ultimate-month", "video-month"}
    assert "customer.subscription.pending_update_applied" in kinds(payments.take())
    back = {
        **change,
        "items": [{"id": subscribed["items"].data[0].id, "price": shop.pro}, {"price": shop.pro_year}],
    }
    with pytest.raises(stripe.InvalidRequestError):
        ask.subscriptions.update(subscribed.id, back)
    payments.next_payments("insufficient_funds")
    more = {**change, "items": [{"id": subscribed["items"].data[1].id, "quantity": 3}]}
    failed = ask.subscriptions.update(subscribed.id, more)
    payments.advance(days=1)
    assert ask.subscriptions.retrieve(subscribed.id).pending_update is None
    assert ask.invoices.retrieve(failed.latest_invoice).status == "void"
    payments.next_payments("card_declined")
    with pytest.raises(stripe.CardError):
        ask.subscriptions.update(subscribed.id, {**more, "payment_behavior": "error_if_incomplete"})


def test_a_downgrade_by_schedule_comes_with_the_next_period(
    ask: Any, shop: Any, subscribed: Any, payments: Payments
) -> None:
    schedule = ask.subscription_schedules.create({"from_subscription": subscribed.id})
    now = schedule.phases[0]
    phases = [
        {
            "items": [{"price": shop.pro}, {"price": shop.video}],
            "start_date": now.start_date,
            "end_date": now.end_date,
        },
        {"items": [{"price": shop.pro}], "duration": {"interval": "month"}, "proration_behavior": "none"},
    ]
    ask.subscription_schedules.update(schedule.id, {"phases": phases, "end_behavior": "release"})
    with pytest.raises(stripe.InvalidRequestError):
        ask.subscriptions.update(subscribed.id, {"cancel_at_period_end": True})
    payments.advance(days=20)
    assert held(ask, subscribed.id) == {"pro-month", "video-month"}
    payments.advance(days=12)
    assert held(ask, subscribed.id) == {"pro-month"}
    assert ask.invoices.list({"subscription": subscribed.id}).data[0].total == 199000
    payments.advance(months=1)
    assert ask.subscriptions.retrieve(subscribed.id).schedule is None


def test_payments_that_fail_are_tried_again_and_end_the_subscription(
    ask: Any, subscribed: Any, payments: Payments
) -> None:
    payments.next_payments("card_declined", "card_declined")
    payments.advance(months=1, days=0.1)
    late = ask.subscriptions.retrieve(subscribed.id, {"expand": ["latest_invoice"]})
    assert (late.status, late.latest_invoice.status, late.latest_invoice.attempt_count) == (
        "past_due",
        "open",
        1,
    )
    assert late.latest_invoice.next_payment_attempt - late.latest_invoice.created == 3 * 86400 + 3600
    payments.advance(days=9)
    assert ask.subscriptions.retrieve(subscribed.id).status == "active"
    assert kinds(payments.take(), "invoice.pa") == [
        "invoice.payment_failed", "invoice.payment_failed", "invoice.paid", "invoice.payment_succeeded",
    ]  # fmt: skip
    payments.next_payments(*["card_declined"] * 4)
    payments.advance(months=2)
    ended = ask.subscriptions.retrieve(subscribed.id)
    assert (ended.status, ended.cancellation_details.reason) == ("canceled", "payment_failed")
    assert kinds(payments.take())[-1] == "customer.subscription.deleted"


def test_cancelling_holds_until_the_period_is_over(ask: Any, subscribed: Any, payments: Payments) -> None:
    end = subscribed["items"].data[0].current_period_end
    leaving = ask.subscriptions.update(subscribed.id, {"cancel_at_period_end": True})
    assert (leaving.cancel_at, leaving.status) == (end, "active")
    assert ask.subscriptions.update(subscribed.id, {"cancel_at_period_end": False}).cancel_at is None
    ask.subscriptions.update(subscribed.id, {"cancel_at_period_end": True})
    payments.advance(days=25)
    assert ask.subscriptions.retrieve(subscribed.id).status == "active"
    payments.advance(days=10)
    over = ask.subscriptions.retrieve(subscribed.id)
    assert (over.status, over.ended_at) == ("canceled", end)
    assert "invoice.upcoming" not in kinds(payments.take())


@pytest.mark.parametrize(
    ("missing", "card", "status"),
    [("cancel", "", "canceled"), ("pause", "", "paused"), ("cancel", "pm_card_visa", "active")],
)
def test_a_trial_ends_as_it_was_agreed(
    ask: Any, shop: SimpleNamespace, payments: Payments, missing: str, card: str, status: str
) -> None:
    trial = {"trial_period_days": 14, "trial_settings": {"end_behavior": {"missing_payment_method": missing}}}
    session = ask.checkout.sessions.create(
        checkout(shop, shop.pro, subscription_data=trial, payment_method_collection="if_required")
    )
    begun = payments.complete(session.id, card)
    assert ask.subscriptions.retrieve(begun["id"]).status == "trialing"
    payments.take()
    payments.advance(days=12)
    assert kinds(payments.take()) == ["customer.subscription.trial_will_end"]
    payments.advance(days=3)
    assert ask.subscriptions.retrieve(begun["id"]).status == status


def test_periods_keep_their_day_over_short_months(ask: Any, subscribed: Any, payments: Payments) -> None:
    ends = []
    for _month in range(14):
        payments.advance(months=1)
        ends.append(ask.subscriptions.retrieve(subscribed.id)["items"].data[0].current_period_end)
    assert ends == sorted(set(ends))
    paid = ask.invoices.list({"subscription": subscribed.id, "status": "paid", "limit": 100}).data
    assert len(paid) >= 14


def test_another_interval_begins_a_new_period_at_once(
    ask: Any, shop: Any, subscribed: Any, payments: Payments
) -> None:
    items = {item.price.id: item.id for item in subscribed["items"].data}
    payments.advance(days=10)
    change = [{"id": items[shop.pro], "price": shop.pro_year}, {"id": items[shop.video], "deleted": True}]
    yearly = ask.subscriptions.update(subscribed.id, {"items": change})
    assert yearly.latest_invoice != subscribed.latest_invoice
    assert 360 < (yearly["items"].data[0].current_period_end - payments.world.now()) / 86400 < 367
    invoice = ask.invoices.retrieve(yearly.latest_invoice)
    assert (invoice.status, 1990000 - 249000 < invoice.total < 1990000) == ("paid", True)
