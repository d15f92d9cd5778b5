"""What goes wrong, by name. Each is one line of the table at the end."""

import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

import psycopg
from django.db import Error, connections
from django.db.models.functions import Now

from posthub.core.database import connection
from posthub.core.embedded import EmbeddedPostgres
from posthub.jobs.models import Job
from posthub.jobs.operations import cancel_all
from posthub.organizations.models import Organization
from posthub.organizations.provisioning import drop_schema
from tests.proofs.chaos import provider as providers
from tests.proofs.chaos.crew import WORKERS, Crew, Member
from tests.proofs.chaos.load import Load
from tests.proofs.chaos.stage import LEASE_SECONDS, Redis, found, restart_immediately

T = TypeVar("T")


@dataclass
class Faults:
    crew: Crew
    load: Load
    provider: providers.Provider
    server: EmbeddedPostgres
    redis: Redis | None
    dice: random.Random
    done: Counter[str] = field(default_factory=Counter)
    struck: int = 0
    under_way: list[threading.Thread] = field(default_factory=list)

    def plan(self, count: int) -> list[str]:
        """Every kind once, in any order, then any of them."""
        kinds = list(self.table)
        more = [self.dice.choice(kinds) for _fault in range(max(0, count - len(kinds)))]
        plan = (kinds + more)[:count] if count >= len(kinds) else self.dice.sample(kinds, count)
        self.dice.shuffle(plan)
        return plan

    def strike(self, kind: str) -> None:
        self.struck += 1
        self.table[kind]()
        self.done[kind] += 1

    @property
    def table(self) -> dict[str, Callable[[], None]]:
        bad_answers = {
            f"provider_{kind}": lambda kind=kind: self.provider.spoil(kind) for kind in providers.FAULTS
        }
        return {
            "worker_killed": lambda: self._one_of_each(signal.SIGKILL),
            "worker_terminated": lambda: self._one_of_each(signal.SIGTERM),
            "consumers_killed": lambda: self._all(signal.SIGKILL),
            "consumers_terminated": lambda: self._all(signal.SIGTERM),
            "worker_frozen": self._freeze,
            "sweeper_killed": lambda: self._one("sweeper", signal.SIGKILL),
            "hints_wiped": self._wipe_hints,
            "transport_killed": self._kill_transport,
            "database_restarted": lambda: restart_immediately(self.server),
            "clock_jump": self._jump,
            "poison_job": self._poison,
            "double_enqueue": self._ask_twice,
            "organization_deleted": self._delete_organization,
            **bad_answers,
        }

    def _one(self, role: str, number: signal.Signals) -> None:
        self.crew.signal([self.dice.choice(self.crew.of(role))], number)

    def _one_of_each(self, number: signal.Signals) -> None:
        self.crew.signal([self._worker(), self._busy("control")], number)

    def _worker(self) -> Member:
        role = self.dice.choice(WORKERS)
        return self._busy(role) if role == "ai" else self.dice.choice(self.crew.of(role))

    def _busy(self, role: str) -> Member:
        """One that waits for the provider just now; any of them where none does for a while."""
        members, patience = self.crew.of(role), time.monotonic() + 1
        while time.monotonic() < patience:
            busy = [member for member in members if self.provider.busy[member.pid] > 0]
            if busy:
                return self.dice.choice(busy)
            time.sleep(0.002)
        return self.dice.choice(members)

    def _all(self, number: signal.Signals) -> None:
        self.crew.signal(self.crew.of(*WORKERS, "control"), number)

    def _freeze(self) -> None:
        """In the middle of a call, and for so long that somebody else has done the job meanwhile.

        Redis may give the first hint to the frozen process itself, so that it takes a second one.
        """
        for member in (self._busy("ai"), self._busy("control")):
            self.crew.freeze(member, LEASE_SECONDS + self.dice.uniform(2.5, 9))

    def _jump(self) -> None:
        self._one(self.dice.choice(["ai", "quick", "sweeper"]), signal.SIGUSR1)

    def _wipe_hints(self) -> None:
        if self.redis:
            import redis

            redis.Redis.from_url(self.redis.url).flushall()
        else:
            with psycopg.connect(self.server.url) as session:
                session.execute("DELETE FROM public.huey_task")

    def _kill_transport(self) -> None:
        if self.redis:
            self.redis.kill()
            time.sleep(self.dice.uniform(0.2, 1))
            self.redis.start()
        else:
            with psycopg.connect(self.server.url) as session:
                session.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE usename = current_user AND pid <> pg_backend_pid()"
                )

    def _poison(self) -> None:
        key = f"poison-{self.struck}"
        self.load.ask("chaos.poison", key, self.dice.choice(self.load.schemas), sort="poison")

    def _ask_twice(self) -> None:
        """Four at once ask for the same, and it was asked for before or not."""
        key, schema = f"double-{self.struck}", self.dice.choice(self.load.schemas)

        def one(_number: int) -> None:
            self.load.ask("chaos.plain", key, schema)
            connections.close_all()

        with ThreadPoolExecutor(4) as people:
            list(people.map(one, range(4)))

    def _delete_organization(self) -> None:
        deletion = threading.Thread(target=self._delete, args=(f"leaving-{self.struck}",), daemon=True)
        self.under_way.append(deletion)
        deletion.start()

    def _delete(self, label: str) -> None:
        """An organization with work of its own goes: called off, drained, and only then dropped."""
        schema = _insistently(lambda: found(label))
        for number in range(6):
            task = "chaos.paid" if number % 2 else "chaos.plain"
            payload = {"calls": 1, "provider": self.load.provider}
            self.load.ask(task, f"{label}-{number}", schema, sort="leaving", **payload)
        time.sleep(0.05)
        _insistently(
            lambda: Organization.objects.filter(schema_name=schema).update(deleted_at=Now()),
        )
        while _insistently(lambda: cancel_all(schema)) or _insistently(lambda: _active(schema)):
            time.sleep(0.3)
        _insistently(lambda: drop_schema(schema))
        connections.close_all()


def _active(schema: str) -> bool:
    return Job.objects.filter(schema_name=schema, state__in=["QUEUED", "RUNNING"]).exists()


def _insistently(what: Callable[[], T]) -> T:
    """As an operator would: again, until the database is there and no lock stands in the way."""
    while True:
        try:
            return what()
        except Error:
            connection.close()
            time.sleep(0.3)
