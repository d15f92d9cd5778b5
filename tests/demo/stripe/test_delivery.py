"""What the stand-in tells, and how badly it does so on order."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import stripe

from posthub.demo.stripe.server import StandIn
from tests.demo.stripe.conftest import client_of
from tests.support.payments import KEY, SECRET, Payments, signed

PATIENCE = 20


class Receiver(ThreadingHTTPServer):
    """Checks signatures with the real library and notes the events' ids; `answers` are used up first."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.answers: list[int] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                event = stripe.Webhook.construct_event(body, self.headers["Stripe-Signature"], SECRET)
                status = receiver.answers.pop(0) if receiver.answers else 200
                receiver.heard.append(event.id)
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://hook.localhost:{self.server_address[1]}/stripe/webhook/"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as made:
        threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
        yield made
        made.shutdown()


def settled(payments: StandIn) -> None:
    deadline = time.monotonic() + PATIENCE
    while not payments.courier.idle:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_messages_come_signed_and_again_until_they_are_heard(
    payments: Payments, ask: Any, receiver: Receiver
) -> None:
    payments.tell(receiver.url, SECRET)
    receiver.answers = [500]
    customer = ask.customers.create({"email": "a@example.com"})
    settled(payments)
    event = ask.events.list({"type": "customer.created"}).data[0]
    assert receiver.heard == [event.id, event.id]
    assert (event.data.object.id, event.pending_webhooks, event.api_version) == (
        customer.id,
        0,
        "2026-05-27.dahlia",
    )
    payments.world.faults.unheard = 1
    ask.customers.update(customer.id, {"name": "Acme"})
    settled(payments)
    assert Counter(receiver.heard[2:]) == {ask.events.list({"type": "customer.updated"}).data[0].id: 2}


def test_messages_come_twice_and_in_disorder_on_order(
    payments: Payments, ask: Any, receiver: Receiver
) -> None:
    payments.tell(receiver.url, SECRET)
    payments.world.faults.set({"duplicates": 2, "disorder": 0.3})
    for number in range(20):
        ask.customers.create({"email": f"{number}@example.com"})
    settled(payments)
    order = list(payments.world.rows["event"])
    assert Counter(receiver.heard) == dict.fromkeys(order, 3)
    assert list(dict.fromkeys(receiver.heard)) != order


def test_only_what_an_endpoint_asked_for_is_told(payments: Payments, ask: Any, receiver: Receiver) -> None:
    made = ask.webhook_endpoints.create({"url": receiver.url, "enabled_events": ["product.created"]})
    assert made.secret.startswith("whsec_")
    payments.tell(receiver.url, SECRET)
    ask.customers.create({"email": "a@example.com"})
    ask.products.create({"name": "PRO"})
    settled(payments)
    assert receiver.heard == [ask.events.list({"type": "product.created"}).data[0].id]
    assert ask.events.list({"types": ["customer.*"]}).data[0].pending_webhooks == 0


def test_what_was_not_told_is_told_by_the_next_start(tmp_path: Path, receiver: Receiver) -> None:
    file = tmp_path / "stripe.json"
    first = StandIn(key=KEY, file=file)
    first.tell(receiver.url, SECRET)
    threading.Thread(target=first.serve, daemon=True).start()
    first.world.faults.deliveries = False
    customer = client_of(first.url).customers.create({"email": "a@example.com"}, {"idempotency_key": "one"})
    first.stop()
    second = StandIn(key=KEY, file=file)
    second.world.faults.deliveries = True
    threading.Thread(target=second.serve, daemon=True).start()
    settled(second)
    again = client_of(second.url).customers.create({"email": "a@example.com"}, {"idempotency_key": "one"})
    assert (again.id, len(receiver.heard)) == (customer.id, 1)
    second.stop()


def test_a_message_can_be_signed_for_another_time() -> None:
    body, header = signed({"id": "evt_1", "object": "event", "_waiting": {}}, at=int(time.time()) - 400)
    assert b"_waiting" not in body
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body, header, SECRET)
