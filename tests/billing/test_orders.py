"""Stripe's messages in any order; `make billing` does the same ten thousand times over."""

import itertools
from typing import Any

import pytest
from django.db import connection

from posthub.billing.models import StripeEvent, Subscription
from posthub.billing.webhooks import FOLLOWS, follow
from posthub.demo.stripe import subscribing
from posthub.demo.stripe.resources import subscriptions
from posthub.organizations.models import Organization
from tests.billing.conftest import Shop
from tests.proofs.billing import orders, truth
from tests.support.payments import standing_in

SEQUENCES = 10


def in_order(shop: Shop, events: list[Any]) -> None:
    """Followed one after the other, without the queue."""
    connection.set_schema_to_public()
    for event in events:
        if event["type"] in FOLLOWS:
            follow(StripeEvent(id=event["id"], kind=event["type"], payload=event))


def test_a_plan_bought_again_runs_even_if_the_end_of_the_old_one_is_told_last(shop: Shop) -> None:
    shop.buy("basic")
    shop.tell()
    first = shop.row.stripe_id
    with shop.stripe.world.lock:
        subscribing.cancel(shop.stripe.world, shop.stripe.world.find("subscription", first))
    end = shop.stripe.take()
    shop.row.delete()
    in_order(shop, end[-1:])
    assert shop.row.status == "canceled"
    again = shop.buy("pro")
    begin = shop.stripe.take()
    in_order(shop, end)
    in_order(shop, begin)
    for order in itertools.islice(itertools.permutations([end[-1], *begin], 3), 6):
        in_order(shop, list(order))
        assert (shop.row.stripe_id, shop.row.status, shop.row.plan.code) == (again, "active", "pro")


def test_a_plan_bought_again_and_ended_counts_though_the_end_of_the_old_one_is_told_last(shop: Shop) -> None:
    shop.buy("basic")
    shop.tell()
    world = shop.stripe.world
    # All within one second, so that Stripe's times do not say which was first.
    with world.lock, world.moving_to(world.now()):
        subscribing.cancel(world, world.find("subscription", shop.row.stripe_id))
        end = shop.stripe.take()
        again = sell_at_stripe(shop, shop.row, "pro")
        subscribing.cancel(world, again)
    in_order(shop, [*shop.stripe.take(), *end])
    assert (shop.row.stripe_id, shop.row.status, shop.row.plan.code) == (again["id"], "canceled", "pro")


def sell_at_stripe(shop: Shop, row: Subscription, plan: str) -> Any:
    """Another subscription of the same customer, paid by the same card."""
    with shop.stripe.world.lock:
        world = shop.stripe.world
        old = world.find("subscription", row.stripe_id)
        price = next(one for one in world.of("price") if one["lookup_key"] == f"{plan}_month_czk")
        given = {
            "customer": old["customer"],
            "items": [{"price": price["id"]}],
            "default_payment_method": old["default_payment_method"],
        }
        return subscriptions.create(world, given)


def test_two_plans_at_once_are_told_apart_and_the_second_takes_over(shop: Shop, caplog: Any) -> None:
    """Whoever pays twice has what was bought first; when that ends, the other one is in use without a word."""
    first = shop.buy("basic")
    shop.tell()
    old = shop.stripe.world.find("subscription", first)
    second = sell_at_stripe(shop, shop.row, "pro")
    shop.tell()
    assert (shop.row.stripe_id, "one has to be refunded" in caplog.text) == (first, True)
    with shop.stripe.world.lock:
        subscribing.cancel(shop.stripe.world, old)
    shop.tell()
    assert (shop.row.stripe_id, shop.row.plan.code) == (second["id"], "pro")


def test_usage_counts_from_what_was_paid_though_a_later_month_is_heard_of_first(shop: Shop) -> None:
    shop.buy("pro")
    paid = shop.stripe.world.now()
    shop.stripe.next_payments("card_declined")
    shop.stripe.advance(months=1, days=1)
    events = [event for event in shop.stripe.take() if event["type"] in FOLLOWS]
    in_order(shop, events[::-1])
    assert shop.row.status == "past_due"
    assert shop.row.usage_since is not None
    assert abs(shop.row.usage_since.timestamp() - paid) < 5


@pytest.mark.usefixtures("own_database")
def test_messages_in_disorder_leave_what_stripe_says() -> None:
    organizations = list(Organization.objects.order_by("name"))
    with standing_in() as payments, orders.shop(payments, organizations, seed=7) as (lives, deliveries):
        said = orders.forged()
        assert (said["sent"], said["kept"], said["good"]) == (said["refused"], 0, 200)
        mixed = orders.mixed(lives, deliveries, SEQUENCES, say=lambda line: None)
        assert (mixed["wrong"], mixed["examples"]) == (0, [])
        hour = orders.hour_without_stripe(lives, deliveries, minutes=10)
        assert (hour["lost"], hour["wrong"], hour["waited"] > 0) == (0, 0, True)
        assert [truth.wrong(lives, organization) for organization in organizations] == [{}, {}]
