"""Twenty at once bring PostHub what Stripe says, as often and in whatever order; and the work is done."""

import random
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from threading import Lock, local

from django.db import connection
from django.db.models.functions import Now
from django.test import Client

from posthub.demo.stripe.world import Row
from posthub.jobs import runner
from posthub.jobs.models import Job
from tests.support.payments import signed

HOOK = "/stripe/webhook/"
AT_ONCE = 20


clients = local()


def post(body: bytes, signature: str) -> int:
    if not hasattr(clients, "own"):
        clients.own = Client()
    headers = {"Stripe-Signature": signature, "Host": "posthub.localhost"}
    answer = clients.own.post(HOOK, body, content_type="application/json", headers=headers)
    return int(answer.status_code)


class Deliveries:
    """`seen` counts answers of the web hook and how the work went."""

    def __init__(self, seed: int) -> None:
        self.pool = ThreadPoolExecutor(AT_ONCE)
        self.random = random.Random(seed)
        self.seen: Counter[str] = Counter()
        self.open: list[Future[None]] = []
        self._lock = Lock()

    def close(self) -> None:
        for _thread in range(AT_ONCE):
            self.pool.submit(connection.close)
        self.pool.shutdown()

    def begin(self, events: Iterable[Row], *, most_copies: int = 2) -> None:
        """In disorder, each up to so many times."""
        copies = [event for event in events for _copy in range(self.random.randint(1, most_copies))]
        self.random.shuffle(copies)
        self.open += [self.pool.submit(self._bring, event) for event in copies]

    def finish(self) -> None:
        for one in self.open:
            one.result()
        self.open = []
        self.work_off()

    def _bring(self, event: Row) -> None:
        status = post(*signed(event))
        job = (
            Job.objects.filter(key=f"public:billing.take_event:{event['id']}")
            .values_list("pk", flat=True)
            .first()
        )
        done = job is not None and runner.run(str(job))
        with self._lock:
            self.seen[f"answered {status}"] += 1
            self.seen["worked"] += bool(done)

    def work_off(self) -> None:
        """What has to be tried again is tried again without its pause."""
        for _attempt in range(8):
            names = self.due()
            if not names:
                return
            Job.objects.filter(pk__in=names).update(run_after=Now() - timedelta(seconds=1))
            with self._lock:
                self.seen["tried again"] += len(names)
            list(self.pool.map(lambda name: runner.run(str(name)), names))

    def due(self) -> list[object]:
        return list(
            Job.objects.filter(task="billing.take_event", state="QUEUED").values_list("pk", flat=True)
        )
