"""People who ask for work: a few at a time, who ask again by the same key where no answer came."""

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from django.db import Error, transaction

from posthub.core.database import connection
from posthub.core.tenancy import in_schema
from posthub.jobs.operations import enqueue, transport_errors
from tests.proofs.chaos.control import plain_huey, task_of

CLIENTS = 3
MOST_OUTSTANDING = 90
CONTROL_SHARE = 4


@dataclass
class Load:
    """`accepted` holds the key of every job whose asking was committed; `control` those plain Huey took."""

    provider: str
    schemas: list[str]
    jobs: int
    seed: int
    allowed: int = 0
    outstanding: int = 0
    asked: int = 0
    accepted: dict[str, str] = field(default_factory=dict)
    control: set[str] = field(default_factory=set)
    asked_again: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    over: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> None:
        self.plain = plain_huey()
        self.plain_work = task_of(self.plain)
        for number in range(CLIENTS):
            threading.Thread(target=self._ask, args=(number,), daemon=True).start()

    def _ask(self, number: int) -> None:
        dice = random.Random(self.seed * 100 + number)
        while not self.over.is_set():
            turn = self._turn()
            if turn is None:
                time.sleep(0.02)
                continue
            key, schema = f"job-{turn}", dice.choice(self.schemas)
            if dice.random() < 0.5:
                self.ask("chaos.paid", key, schema, calls=dice.choice([1, 1, 2]), provider=self.provider)
            else:
                self.ask("chaos.plain", key, schema, follow=turn % 3 == 0)
            if turn % CONTROL_SHARE == 0:
                self._ask_control(key)

    def _turn(self) -> int | None:
        with self.lock:
            if self.asked >= min(self.allowed, self.jobs) or self.outstanding > MOST_OUTSTANDING:
                return None
            self.asked += 1
            self.outstanding += 1
            return self.asked

    def ask(self, task: str, key: str, schema: str, *, sort: str = "once", **payload: object) -> None:
        """A person who gets no answer, or an error, presses the button again until it is accepted."""
        while True:
            try:
                with in_schema(schema), transaction.atomic():
                    job = enqueue(task, key=key, payload={"key": key, **payload})
                    if sort == "poison":
                        type(job).objects.filter(pk=job.pk).update(max_attempts=2)
            except Error:
                self.asked_again[task] += 1
                connection.close()
                time.sleep(0.2)
                continue
            with self.lock:
                self.accepted[key] = sort
            return

    def _ask_control(self, key: str) -> None:
        try:
            self.plain_work(self.provider, key)
        except transport_errors():
            return
        with self.lock:
            self.control.add(key)
