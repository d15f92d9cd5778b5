"""What comes to the web hook: whose word it is, once and in whatever order, and with Stripe away."""

import itertools
import json
import random
import time
from typing import Any

from django.db import connection
from django.test import Client

from posthub.accounts.models import User
from posthub.billing import stripe_api
from posthub.billing.models import Invoice, Notice, Reading, StripeEvent, SubscribedAddOn
from posthub.billing.webhooks import FOLLOWS, follow, is_signed, read_message, store
from posthub.jobs.models import Job, JobState
from posthub.organizations.models import Organization
from posthub.organizations.queries import tenant_of_host
from tests.billing.conftest import Shop, sell_little
from tests.support.payments import SECRET, Payments, signed
from tests.support.threads import at_once

ORDERS, AT_ONCE = 2, 8
HOOK = "/stripe/webhook/"


def an_event(**changes: Any) -> dict[str, Any]:
    return {
        "id": "evt_1", "object": "event", "type": "customer.updated", "created": int(time.time()), "livemode": False,
        "data": {"object": {"id": "cus_1", "object": "customer"}}, **changes,
    }  # fmt: skip


def post(body: bytes, signature: str | None) -> int:
    headers = {"Stripe-Signature": signature} if signature is not None else {}
    browser = Client(HTTP_HOST="posthub.localhost")
    answer = browser.post(HOOK, data=body, content_type="application/json", headers=headers)
    return answer.status_code


def test_thirty_forged_old_or_future_messages_are_refused_and_a_good_one_is_kept(
    db: None, settings: Any
) -> None:
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    now = int(time.time())
    body, good = signed(an_event())
    other = "whsec_" + "other" * 6
    stamp, mark = good.split(",")
    late = [signed(an_event(), at=now + shift)[1] for shift in (-86400, -3600, -301, 330, 600, 3600, 86400)]
    forged = [
        None, "", "t=1", stamp, mark, f"{stamp},v1=", f"{stamp},v0={mark[3:]}", f"{stamp},v1={'0' * 64}",
        f"{stamp},v1={mark[3:-1]}", f"{stamp},v1={mark[3:].upper()}", f"t={now}a,{mark}", f"t=,{mark}", f"t=-1,{mark}",
        f"t=١٢٣,{mark}", f"{stamp},t={now + 1},{mark}", f"{mark}", f"t={now + 7},{mark}", f"t={now - 7},{mark}",
        signed(an_event(), secret=other)[1], signed(an_event(id="evt_2"))[1], f"t={'9' * 40},{mark}", "v1=é,t=é",
        f"t=0x{now:x},{mark}",
    ]  # fmt: skip
    assert len(late + forged) == 30
    assert [post(body, signature) for signature in [*late, *forged]] == [400] * 30
    for odd in (b"", b"[]", b"{}", b"null", json.dumps(an_event(livemode=True)).encode(), b'{"id": 1}'):
        assert post(odd, _sign(odd)) == 400
    assert post(b" " * (512 * 1024 + 1), good) == 413
    assert StripeEvent.objects.count() == 0
    assert (post(body, good), post(body, good), post(body, f"{stamp},v1={'0' * 64},{mark}")) == (
        200,
        200,
        200,
    )
    assert (StripeEvent.objects.count(), Job.objects.filter(task="billing.take_event").count()) == (1, 1)
    settings.STRIPE_WEBHOOK_SECRET = f"{other},{SECRET}"
    assert is_signed(body, good)
    settings.STRIPE_WEBHOOK_SECRET = ""
    assert not is_signed(body, good)
    assert Client(HTTP_HOST="acme.posthub.localhost").post(HOOK).status_code == 404


def _sign(body: bytes) -> str:
    import hashlib
    import hmac

    now = int(time.time())
    mark = hmac.new(SECRET.encode(), f"{now}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={now},v1={mark}"


def the_story(shop: Shop) -> list[Any]:
    """All that happened at Stripe, told to nobody yet: bought, failed, paid, grown, cancelled."""
    subscription = shop.buy("pro", "video")
    shop.stripe.next_payments("declined")
    shop.stripe.advance(months=1, days=0.1)
    shop.stripe.advance(days=4)
    change(subscription, cancel_at_period_end=True)
    change(subscription, cancel_at_period_end=False)
    change(subscription, metadata={"seen": "1"})
    return shop.stripe.take()


def change(subscription: str, **body: Any) -> None:
    stripe_api.change(f"subscriptions/{subscription}", key=stripe_api.key_of(subscription, **body), **body)


def state(organization: Organization) -> tuple[Any, ...]:
    row = organization.subscription
    row.refresh_from_db()
    add_ons = SubscribedAddOn.objects.filter(organization=organization).values_list(
        "add_on__code", "quantity"
    )
    invoices = Invoice.objects.filter(organization=organization).order_by("stripe_id")
    return (
        row.plan.code, row.status, row.amount, row.cancels_at, row.period_end, row.usage_since, row.paid_until,
        list(add_ons), list(invoices.values_list("stripe_id", "status", "attempts")),
        sorted(Notice.objects.values_list("key", flat=True)),
    )  # fmt: skip


def test_whatever_order_and_however_often_messages_come_the_end_is_the_same(
    own_database: str, stripe: Payments
) -> None:
    """AT_ONCE workers at a time, each message now and then twice. `make billing` lives thousands of other lives."""
    acme = Organization.objects.get(name="Acme")
    sell_little()
    shop = Shop(stripe, acme, signed_in("sofia"))
    stripe.take()
    story = the_story(shop)
    assert len(story) > 15
    for event in story:
        read_message(*signed(event))
        store(event)
    followed = list(StripeEvent.objects.filter(kind__in=FOLLOWS))
    seen: dict[str, int] = {}
    for number in range(ORDERS):
        chance = random.Random(number)
        told = [*followed, *chance.choices(followed, k=len(followed) // 2)]
        chance.shuffle(told)
        hands = [told[place::AT_ONCE] for place in range(AT_ONCE)]
        done = at_once(AT_ONCE, lambda place, hands=hands: [follow(event) for event in hands[place]])
        assert [outcome for outcome in done if isinstance(outcome, Exception)] == []
        end = repr(state(acme))
        seen[end] = seen.get(end, 0) + 1
        mails = Job.objects.filter(task="billing.mail", payload__name="receipt").count()
        assert (Notice.objects.filter(key__startswith="paid-").count(), mails) == (2, 2)
        forget(acme)
    assert len(seen) == 1
    assert "'pro', 'active'" in next(iter(seen))


def signed_in(name: str) -> Client:
    client = Client(HTTP_HOST="acme.posthub.localhost")
    tenant = tenant_of_host("acme.posthub.localhost")
    assert tenant is not None
    connection.set_schema(tenant.schema_name)
    person = User.objects.get(email=f"{name}@example.com")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    connection.set_schema_to_public()
    return client


def forget(organization: Organization) -> None:
    """As before the first message."""
    connection.set_schema_to_public()
    organization.subscription.delete()
    for rows in (Invoice, Notice, SubscribedAddOn):
        rows.objects.filter(organization=organization).delete()
    Reading.objects.all().delete()
    Job.objects.filter(task__startswith="billing.").delete()
    organization.refresh_from_db()


def test_each_failure_is_told_once_and_what_was_paid_since_is_not_told(
    shop: Shop, acme: Organization
) -> None:
    shop.buy("basic")
    shop.tell()
    shop.stripe.next_payments("declined", "declined")
    shop.stripe.advance(months=1, days=0.1)
    shop.tell(times=4)
    shop.stripe.advance(days=4)
    shop.tell(times=4)
    failed = Job.objects.filter(task="billing.mail", payload__name="payment_failed")
    assert failed.count() == 2
    shop.stripe.advance(days=7)
    late = shop.stripe.take()
    for event in sorted(late, key=lambda one: one["type"] == "invoice.payment_failed"):
        shop.deliver(event)
    shop.work()
    assert failed.count() == 2
    assert shop.row.status == "active"


def test_with_stripe_away_for_an_hour_nothing_is_lost(shop: Shop, acme: Organization) -> None:
    story = the_story(shop)
    shop.stripe.world.faults.down = "503"
    for event in story:
        assert shop.deliver(event) == 200
    for _round in range(8):
        Job.objects.filter(state=JobState.QUEUED).update(run_after="2020-01-01T00:00Z")
        work_once()
    assert set(Job.objects.filter(task="billing.take_event").values_list("state", flat=True)) == {"DEAD"}
    assert not hasattr(acme, "subscription")
    shop.stripe.world.faults.down = ""
    StripeEvent.objects.update(received_at="2020-01-01T00:00Z")
    catch_up()
    shop.work()
    assert StripeEvent.objects.filter(taken_at=None, outcome="").exclude(kind__in=UNFOLLOWED).count() == 0
    assert (shop.row.plan.code, shop.row.status) == ("pro", "active")


UNFOLLOWED = [
    "customer.created", "customer.deleted", "invoice.created", "invoice.payment_succeeded", "product.created",
    "price.created", "payment_intent.created", "payment_intent.succeeded", "payment_intent.payment_failed",
    "checkout.session.expired", "invoice.upcoming", "customer.tax_id.created", "charge.succeeded", "charge.failed",
    "invoice_payment.paid", "invoice.will_be_due", "invoice.deleted", "customer.subscription.pending_update_applied",
    "customer.subscription.pending_update_expired", "price.updated", "product.updated",
]  # fmt: skip


def work_once() -> None:
    from posthub.jobs import runner

    connection.set_schema_to_public()
    for pk in Job.objects.filter(state=JobState.QUEUED, task="billing.take_event").values_list(
        "pk", flat=True
    ):
        runner.run(str(pk))
    connection.set_schema_to_public()


def catch_up() -> None:
    from posthub.billing.tasks import catch_up as task
    from posthub.jobs import runner
    from posthub.jobs.operations import enqueue

    assert task is not None
    runner.run(str(enqueue("billing.catch_up", key="now", payload={}).pk))


def test_a_second_subscription_does_not_take_the_place_of_the_first(shop: Shop, acme: Organization) -> None:
    first = shop.buy("pro")
    second = Payments.complete  # the same page cannot be completed twice
    assert second is not None
    shop.tell()
    customer = acme.billing_details.customer_id
    price = shop.stripe.world.rows["subscription_item"]
    item = next(iter(price.values()))
    stripe_api.change(
        "subscriptions", key="second", customer=customer, items=[{"price": item["price"]}],
        default_payment_method=next(iter(shop.stripe.world.rows["payment_method"])),
    )  # fmt: skip
    shop.tell()
    assert shop.row.stripe_id == first
    assert "beside another" in StripeEvent.objects.values_list("outcome", flat=True)
    assert list(itertools.islice(Notice.objects.filter(key=f"started-{first}"), 2)) != []
