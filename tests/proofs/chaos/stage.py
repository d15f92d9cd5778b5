"""What a run stands on: a PostgreSQL and a Redis of its own, organizations, and the ledger of effects."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from posthub.core.embedded import EmbeddedPostgres
from posthub.core.processes import tie_to_parent

LEASE_SECONDS = 4


class Redis:
    """On a Unix socket, without persistence: what it held is gone when it is killed."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.socket = directory / "redis.sock"
        self.url = f"unix://{self.socket}"
        self.start()

    def start(self) -> None:
        options = [
            "--port",
            "0",
            "--unixsocket",
            str(self.socket),
            "--save",
            "",
            "--dir",
            str(self.directory),
        ]
        self.process = subprocess.Popen(
            ["redis-server", *options], stdout=subprocess.DEVNULL, preexec_fn=tie_to_parent
        )
        wait(self.socket.exists)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.socket.unlink(missing_ok=True)


def restart_immediately(server: EmbeddedPostgres) -> None:
    """As `pg_ctl restart -m immediate`: every session is cut off, and the log is replayed."""
    pid = server.pid()
    assert pid is not None
    os.kill(pid, signal.SIGQUIT)
    wait(lambda: server.pid() is None)
    server.start(tied=True)


def wait(what: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not what():  # type: ignore[operator]
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not happen")
        time.sleep(0.02)


@contextmanager
def standing(directory: Path, storage: str) -> Iterator[tuple[EmbeddedPostgres, Redis | None]]:
    """Database and transport, up and named in this process's environment. Commits are durable: they must be."""
    server = EmbeddedPostgres(directory)
    redis = Redis(directory) if storage == "redis" else None
    server.start(tied=True)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "posthub.settings",
        "DATABASE_URL": server.url,
        "REDIS_URL": redis.url if redis else "",
        "DATA_DIR": str(directory),
        "TESTING": "1",
        "LOG_LEVEL": "WARNING",
        "JOB_LEASE_SECONDS": str(LEASE_SECONDS),
        "JOB_MAX_ATTEMPTS": "30",
        "SWEEP_SECONDS": "1",
        "WORKER_STOP_SECONDS": "5",
    }
    try:
        yield server, redis
    finally:
        if redis:
            redis.kill()
        server.stop()


def settle(organizations: int) -> list[str]:
    """Tables, one person and so many organizations; returns their schemas."""
    from django.core.management import call_command

    from posthub.accounts.models import User
    from posthub.core.database import connection
    from tests.proofs.chaos.tasks import LEDGER

    call_command("migrate_tenants", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(LEDGER)
    User.objects.create_user("owner@example.com", "correct-horse-battery", name="Owner")
    return [found(f"client-{number}") for number in range(organizations)]


def found(label: str) -> str:
    from posthub.accounts.models import User
    from posthub.organizations.operations import register_organization

    owner = User.objects.get(email="owner@example.com")
    made = register_organization(name=label, label=label, by=owner, language="en", platforms=["linkedin"])
    return str(made.schema_name)
