"""The three proofs: any order, whose word it is, and an hour in which Stripe does not answer."""

import itertools
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import F
from django.db.models.functions import Now
from django.test import override_settings

from posthub.billing.catalogue import sync_plans
from posthub.billing.models import StripeEvent
from posthub.billing.webhooks import FOLLOWS
from posthub.demo.stripe.delivery import signature
from posthub.demo.stripe.world import Row
from posthub.jobs import runner
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue
from posthub.organizations.models import Organization
from tests.proofs.billing import truth
from tests.proofs.billing.deliveries import Deliveries, post
from tests.proofs.billing.lives import Lives
from tests.support.payments import KEY, SECRET, Payments, signed

EXAMPLES = 5
# So many rounds make a life; then all begin anew, on both sides. What has long been over would be looked through again
# and again by the stand-in and by the check, and tells nothing new.
ROUNDS = 20
LEFT_BEHIND = (
    "billing_invoice billing_notice billing_stripeevent billing_reading billing_subscription billing_subscribedaddon "
    "billing_billingdetails djstripe_customer djstripe_subscription djstripe_invoice jobs_job"
).split()


@contextmanager
def shop(
    payments: Payments, organizations: list[Organization], seed: int
) -> Iterator[tuple[Lives, Deliveries]]:
    """Plans stand at Stripe, and every organization is somebody there."""
    access = {"STRIPE_SECRET_KEY": KEY, "STRIPE_API_HOST": payments.url, "STRIPE_WEBHOOK_SECRET": SECRET}
    with override_settings(**access):
        sync_plans()
        payments.take()
        deliveries = Deliveries(seed)
        try:
            yield Lives(payments, organizations, seed), deliveries
        finally:
            deliveries.close()


def fresh(lives: Lives) -> list[Row]:
    """The events since the last time; of those PostHub does not follow only some."""
    with lives.world.lock:
        events = list(lives.world.rows["event"].values())
        lives.world.rows["event"].clear()
    return [event for event in events if event["type"] in FOLLOWS or event["type"] == "invoice.created"]


def mixed(lives: Lives, deliveries: Deliveries, sequences: int, say: Callable[[str], None]) -> dict[str, Any]:
    """A sequence is what one organization does in a round, told in disorder and once, twice or thrice.

    Half of it is told while the rest is still happening, and a tenth only in the next round, again with what is
    old: an organization is looked at when all was told at least once.
    """
    examples: list[Any] = []
    told: list[Row] = []
    held: list[Row] = []
    count = checked = bad = events = 0
    for number in itertools.count():
        if number and number % ROUNDS == 0:
            say(f"{count} sequences, {events} events, {bad} wrong {examples[:1]}")
            ended = at_the_end(lives, deliveries, held)
            bad += len(ended)
            examples += ended
            begin_anew(lives)
            told, held = [], []
        for _step in range(deliveries.random.randint(1, 2)):
            for organization in lives.organizations:
                lives.step(organization)
            news = fresh(lives)
            events += len(news)
            now = [event for event in news if deliveries.random.random() < 0.5]
            deliveries.begin(now)
            told += now
            held += [event for event in news if event not in now]
        late = [event for event in held if deliveries.random.random() < 0.1]
        deliveries.begin([*(event for event in held if event not in late), *told[-8:]])
        deliveries.finish()
        told, held = [event for event in held if event not in late], late
        waiting = {customer_of(event) for event in late}
        for organization in lives.organizations:
            count += 1
            if lives.customers[organization.pk]["id"] in waiting:
                continue
            checked += 1
            if found := truth.wrong(lives, organization):
                bad += 1
                examples.append(found)
        if count >= sequences:
            break
    end = at_the_end(lives, deliveries, held)
    return {
        "sequences": count,
        "checked": checked,
        "events": events,
        "wrong": bad + len(end),
        "examples": [*examples, *end][:EXAMPLES],
    }


def at_the_end(lives: Lives, deliveries: Deliveries, held: list[Row]) -> list[Any]:
    """What is wrong of anybody when all was told."""
    deliveries.begin(held)
    deliveries.finish()
    return [found for organization in lives.organizations if (found := truth.wrong(lives, organization))]


def begin_anew(lives: Lives) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(LEFT_BEHIND)} CASCADE")
    lives.begin_anew()


def customer_of(event: Row) -> str:
    about = event["data"]["object"]
    return str(about["id"] if about["object"] == "customer" else about.get("customer"))


def forged() -> dict[str, int]:
    """Messages that are not Stripe's, not of now, or not what was signed: none is taken, none leaves a row."""
    event = {
        "id": "evt_forged",
        "object": "event",
        "type": "customer.subscription.deleted",
        "livemode": False,
        "created": 1,
        "data": {"object": {"id": "sub_1", "object": "subscription", "customer": "cus_1"}},
    }
    now = int(time.time())
    body, good = signed(event)
    other = json.dumps(event | {"id": "evt_other"}).encode()
    stamp, mark = good.split(",")
    tries: list[tuple[bytes, str]] = [
        *((body, signature(body, SECRET, at=now + ahead)) for ahead in (310, 400, 600, 3600, 86400, 31536000)),
        *((body, signature(body, SECRET, at=now - ago)) for ago in (310, 400, 600, 3600, 86400, 31536000)),
        *((body, signature(body, secret)) for secret in ("", "whsec_", SECRET[:-1], SECRET.upper(), KEY, "whsec_x")),
        (other, good), (body + b" ", good), (body[:-1], good), (b"", good), (b"{}", good),
        (body, ""), (body, mark), (body, stamp), (body, f"{stamp},v0={mark[3:]}"), (body, f"{stamp},v1="),
        (body, f"{stamp},{stamp},{mark}"), (body, f"t=,{mark}"), (body, f"t=1e9,{mark}"), (body, f"t=-{now},{mark}"),
        (body, f"t={now + 1}0,{mark}"), (body, f"{stamp},v1={mark[3:-1]}"), (body, good.replace("t=", "T=")),
        (json.dumps(event | {"livemode": True}).encode(), ""),
    ]  # fmt: skip
    tries[-1] = (tries[-1][0], signature(tries[-1][0], SECRET))
    refused = sum(post(*one) == 400 for one in tries)
    kept = StripeEvent.objects.filter(pk__in=["evt_forged", "evt_other"]).count()
    return {"sent": len(tries), "refused": refused, "kept": kept, "good": post(body, good)}


def hour_without_stripe(lives: Lives, deliveries: Deliveries, *, minutes: int = 60) -> dict[str, Any]:
    """A burst of messages while Stripe answers nothing for so long by the clock, then it does again."""
    for _round in range(4):
        for organization in lives.organizations:
            lives.step(organization)
        lives.pass_time()
    news = fresh(lives)
    lives.world.faults.down = "503"
    deliveries.begin(news)
    for one in deliveries.open:
        one.result()
    deliveries.open = []
    waiting = StripeEvent.objects.filter(taken_at=None, pk__in=[event["id"] for event in news]).count()
    for minute in range(minutes):
        a_minute_later()
        if minute % 5 == 0:
            catch_up(minute)
        run_due()
    lives.world.faults.down = ""
    for minute in range(minutes, minutes + 20):
        a_minute_later()
        if minute % 5 == 0:
            catch_up(minute)
        run_due()
    followed = [event["id"] for event in news if event["type"] in FOLLOWS]
    done = StripeEvent.objects.filter(pk__in=followed).exclude(taken_at=None).count()
    found = [said for organization in lives.organizations if (said := truth.wrong(lives, organization))]
    return {
        "events": len(news),
        "waited": waiting,
        "lost": len(followed) - done,
        "wrong": len(found),
        "examples": found[:EXAMPLES],
    }


def a_minute_later() -> None:
    """The clock of whatever waits is the database's; so what is waited for comes a minute nearer."""
    minute = timedelta(minutes=1)
    Job.objects.filter(state="QUEUED", task__startswith="billing.").update(run_after=F("run_after") - minute)
    StripeEvent.objects.filter(taken_at=None).update(received_at=F("received_at") - minute)


def catch_up(minute: int) -> None:
    job = enqueue("billing.catch_up", key=f"proof-{minute}", payload={})
    runner.run(str(job.pk))


def run_due() -> None:
    due = Job.objects.filter(task="billing.take_event", state="QUEUED", run_after__lte=Now())
    for name in list(due.values_list("pk", flat=True)):
        runner.run(str(name))
