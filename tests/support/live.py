"""The whole product as real processes on a database of its own, for journeys in a browser."""

import http.client
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from posthub.core.processes import Program, Supervisor, last_lines
from tests.support.databases import copied, database_url
from tests.support.environment import OWN_NUMBER, RUNNING_PRODUCT, redis_database
from tests.support.payments import KEY, SECRET, Payments, standing_in
from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


class NotReady(Exception):
    """The server did not come up; the message holds the ends of the logs."""


@dataclass(frozen=True)
class Live:
    """`database` is what the processes work on: tests look into it with `databases.pointed_at(live.database)`.

    `payments` stands in for Stripe in this process, so that tests can move its clock and spoil its day.
    """

    port: int
    site_port: int
    database: str
    logs: Path
    payments: Payments

    def url(self, path: str = "/", host: str = settings.BASE_HOST) -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def site_url(self) -> str:
        """The demo company's own website, which the reader may reach."""
        return f"http://127.0.0.1:{self.site_port}/"

    def get(self, path: str, host: str = settings.BASE_HOST) -> tuple[int, str]:
        """Status and body. Python does not resolve *.localhost, so the name goes into the header only."""
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            client.request("GET", path, headers={"Host": f"{host}:{self.port}"})
            answer = client.getresponse()
            return answer.status, answer.read().decode()
        finally:
            client.close()

    def last_words(self) -> str:
        return "\n".join(f"-- {log.name}\n{_end_of(log)}" for log in sorted(self.logs.glob("*.log")))


def _end_of(log: Path) -> str:
    """The last lines; of a long one its end, where an error says what it is."""
    return "\n".join(line[-1500:] for line in last_lines(log, 20).splitlines())


@contextmanager
def serving(database: str, directory: Path, **more: str) -> Iterator[Live]:
    """Web, worker, sweeper and the demo company's site on `database`, until the end of the block."""
    with standing_in() as payments:
        live = Live(free_port(), free_port(), database, directory / "logs", payments)
        payments.tell(live.url("/stripe/webhook/"), SECRET)
        with _running(live, directory, more):
            yield live


@contextmanager
def _running(live: Live, directory: Path, more: dict[str, str]) -> Iterator[None]:
    # What these processes run is followed by the tests of its parts; following it once more doubles a journey's time.
    own = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    environment = own | {
        "DATABASE_URL": database_url(live.database),
        "DATA_DIR": str(directory),
        "PORT": str(live.port),
        "WEB_BIND": f"127.0.0.1:{live.port}",
        "WEB_CONCURRENCY": "1",
        "BASE_HOST": settings.BASE_HOST,
        "READER_ALLOW": f"127.0.0.1:{live.site_port}",
        "SECRET_KEY": settings.SECRET_KEY,
        "STRIPE_API_HOST": live.payments.url,
        "STRIPE_SECRET_KEY": KEY,
        "STRIPE_WEBHOOK_SECRET": SECRET,
        "DEMO": "1",
        "TESTING": "1",
        "PYTHONUNBUFFERED": "1",
        **_own_redis(),
        **more,
    }
    supervisor = Supervisor(live.logs, environment, ROOT, lambda line: None)
    try:
        supervisor.add(*_programs(live))
        _wait_until_ready(live, supervisor)
        yield
    finally:
        supervisor.stop()


def _own_redis() -> dict[str, str]:
    """Its worker would take the hints that the tests of this process wait for."""
    if url := os.environ.get("REDIS_URL"):
        return {"REDIS_URL": redis_database(url, RUNNING_PRODUCT + OWN_NUMBER)}
    return {}


def _programs(live: Live) -> list[Program]:
    python = sys.executable
    return [
        Program("web", (python, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "posthub.wsgi")),
        Program("worker", (python, "manage.py", "posthub_worker")),
        Program("sweeper", (python, "manage.py", "posthub_sweeper")),
        Program("site", (python, "-m", "posthub.demo.site", "--port", str(live.site_port))),
    ]


def _wait_until_ready(live: Live, supervisor: Supervisor) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _healthy(live):
        supervisor.look_after(most_deaths=1)
        if time.monotonic() > deadline:
            raise NotReady(live.last_words())
        time.sleep(0.1)


def _healthy(live: Live) -> bool:
    try:
        return live.get("/api/health/")[0] == 200
    except (OSError, http.client.HTTPException):
        return False


@pytest.fixture(scope="session")
def live(
    database_template: str, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Live]:
    """One running PostHub for all journeys; each journey brings or chooses an organization of its own."""
    with django_db_blocker.unblock(), copied(database_template) as name:
        running = serving(name, tmp_path_factory.mktemp("live"))
        with running as live:
            yield live


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """A journey that failed shows what the processes said."""
    report = yield
    running = getattr(item, "funcargs", {}).get("live")
    if report.failed and isinstance(running, Live):
        report.sections.append(("PostHub's own logs", running.last_words()))
    return report
