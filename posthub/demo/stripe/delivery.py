"""Tells events to whoever registered for them: signed, again until they were heard, and as badly as was ordered."""

from __future__ import annotations

import hashlib
import heapq
import hmac
import http.client
import itertools
import json
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from posthub.demo.stripe.world import Row, World

_AT_ONCE, _SECONDS = 8, 20
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0


def signature(body: bytes, secret: str, *, at: int | None = None) -> str:
    """The header Stripe-Signature."""
    moment = int(time.time()) if at is None else at
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def body_of(event: Row) -> bytes:
    shown = {name: value for name, value in event.items() if not name.startswith("_")}
    return json.dumps(shown, ensure_ascii=False, indent=2).encode()


@dataclass(order=True)
class _Errand:
    due: float
    number: int
    event: str = field(compare=False)
    endpoint: str = field(compare=False)
    attempt: int = field(compare=False, default=0)


class Courier:
    """Begins with `start`, and carries what the world's events are until `stop`."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._heap: list[_Errand] = []
        self._numbers = itertools.count()
        self._wake = threading.Condition(world.lock)
        self._stopped = False
        self._under_way = 0
        world.on_event = self.take
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="stripe-courier")

    def start(self) -> None:
        self.tell_again()
        self._thread.start()

    def stop(self) -> None:
        with self._wake:
            self._stopped = True
            self._wake.notify_all()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def take(self, event: Row) -> None:
        """A new event: an errand for each endpoint that wants its kind."""
        with self._wake:
            for endpoint in self.world.of("webhook_endpoint", status="enabled"):
                if "*" in endpoint["enabled_events"] or event["type"] in endpoint["enabled_events"]:
                    event["_waiting"][endpoint["id"]] = 0
            event["pending_webhooks"] = len(event["_waiting"])
            for name in event["_waiting"]:
                for _copy in range(1 + self.world.faults.duplicates):
                    self._put(event["id"], name)

    def tell_again(self) -> None:
        """Everything nobody has confirmed yet, from now on."""
        with self._wake:
            planned = {(errand.event, errand.endpoint) for errand in self._heap}
            for event in self.world.rows["event"].values():
                for name in event["_waiting"]:
                    if (event["id"], name) not in planned:
                        self._put(event["id"], name)
            for errand in self._heap:
                errand.due = min(errand.due, time.monotonic())
            heapq.heapify(self._heap)
            self._wake.notify_all()

    @property
    def idle(self) -> bool:
        """Whether all that can be told was told."""
        with self._wake:
            return not self._heap and not self._under_way

    def _put(self, event: str, endpoint: str, *, attempt: int = 0, pause: float = 0) -> None:
        faults = self.world.faults
        pause += faults.delay + random.random() * faults.disorder  # noqa: S311 (an order, not a secret)
        due = time.monotonic() + pause
        heapq.heappush(self._heap, _Errand(due, next(self._numbers), event, endpoint, attempt))
        self._wake.notify_all()

    def _run(self) -> None:
        with self._wake:
            while not self._stopped:
                now = time.monotonic()
                if not self._heap or not self.world.faults.deliveries:
                    self._wake.wait(0.2 if self._heap else None)
                elif self._heap[0].due > now:
                    self._wake.wait(self._heap[0].due - now)
                else:
                    self._under_way += 1
                    self._pool.submit(self._deliver, heapq.heappop(self._heap))

    def _deliver(self, errand: _Errand) -> None:
        with self._wake:
            event = self.world.rows["event"].get(errand.event)
            endpoint = self.world.rows["webhook_endpoint"].get(errand.endpoint)
            body = body_of(event) if event else b""
        heard = (
            not event or not endpoint or post(endpoint["url"], body, endpoint["_secret"]) in range(200, 300)
        )
        with self._wake:
            self._under_way -= 1
            if heard and self.world.faults.unheard > 0:
                self.world.faults.unheard -= 1
                heard = False
            if heard and event:
                event["_waiting"].pop(errand.endpoint, None)
                event["pending_webhooks"] = len(event["_waiting"])
                self.world.save()
            elif not heard:
                pause = min(_FIRST_PAUSE * 2**errand.attempt, _LONGEST_PAUSE)
                self._put(errand.event, errand.endpoint, attempt=errand.attempt + 1, pause=pause)
            self._wake.notify_all()


def post(address: str, body: bytes, secret: str) -> int:
    """The receiver's status; 0 where there is nobody, or it is not on this machine: nothing leaves it."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if not (host in ("localhost", "127.0.0.1") or host.endswith(".localhost")) or parts.scheme != "http":
        return 0
    # Python does not resolve *.localhost, so the name goes into the header only.
    connection = http.client.HTTPConnection("127.0.0.1", parts.port or 80, timeout=_SECONDS)
    headers = {
        "Host": parts.netloc,
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Stripe/1.0 (a stand-in of PostHub)",
        "Stripe-Signature": signature(body, secret),
    }
    try:
        connection.request("POST", parts.path or "/", body, headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return 0
    else:
        return answer.status
    finally:
        connection.close()
