"""The whole product in one terminal: database, demo site, web, workers and sweeper until Ctrl-C."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from django.core.exceptions import ImproperlyConfigured

from posthub.core.embedded import DEFAULT_DATA_DIR, EmbeddedPostgres
from posthub.core.env import Environment
from posthub.core.postgres_binaries import EmbeddedError
from posthub.core.processes import ProcessError, Program, Supervisor, end, last_lines, launch
from posthub.demo import processes
from posthub.demo.payments import OwnStripe

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 180
BUSY_SECONDS = 12
MOST_EARLY_DEATHS = 2


class Stopped(BaseException):
    """Ctrl-C or SIGTERM arrived: an order, not an error."""


class StartError(Exception):
    """The demo cannot run here as asked; the message says what to change."""


@dataclass(frozen=True)
class Demo:
    base_host: str
    port: int
    data_dir: Path
    database_url: str | None
    site_url: str | None
    own_stripe: bool

    @classmethod
    def from_environment(cls) -> Demo:
        environment = Environment()
        return cls(
            base_host=environment.hosts("BASE_HOST", ("posthub.localhost",))[0],
            port=environment.whole("PORT", 8000, least=1, most=65535),
            data_dir=environment.path("DATA_DIR", ROOT / DEFAULT_DATA_DIR),
            database_url=environment.secret("DATABASE_URL"),
            site_url=environment.url("DEMO_SITE_URL") or None,
            own_stripe=environment.secret("STRIPE_SECRET_KEY") is not None,
        )

    @property
    def url(self) -> str:
        return f"http://{self.base_host}:{self.port}"

    @property
    def json_path(self) -> Path:
        return self.data_dir / "demo.json"

    @property
    def logs(self) -> Path:
        return self.data_dir / "logs"


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def run(demo: Demo, make_table: Callable[..., processes.Table] = processes.table) -> None:
    """Run until Ctrl-C or SIGTERM; raise StartError or ProcessError when it does not come so far."""
    _obey_signals()
    demo.data_dir.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        stack.enter_context(_only_one(demo))
        _wait_for_port(demo.port)
        server = _database(demo, stack)
        site_port = _kept_port(demo, "site-port")
        site_url = demo.site_url or f"http://127.0.0.1:{site_port}/"
        payments = OwnStripe.of(demo.data_dir, port=_kept_port(demo, "stripe-port"), web_url=demo.url)
        environment = _environment(demo, server, site_port)
        if not demo.own_stripe:
            environment |= payments.environment
        table = make_table(
            site_port=site_port, site_url=site_url, json_path=str(demo.json_path), payments=payments
        )
        supervisor = Supervisor(demo.logs, environment, ROOT, say)
        stack.callback(supervisor.stop)
        if demo.site_url is None:
            supervisor.add(table.site)
        if not demo.own_stripe:
            supervisor.add(table.payments)
        _serve(demo, table, supervisor, _Steps(demo, environment, supervisor), _mark(demo, server, site_url))
        print(f"PostHub is ready at {demo.url}", flush=True)
        while True:
            supervisor.look_after()
            if server is not None and server.pid() is None:
                say("PostgreSQL ended; starting it again")
                server.start(tied=True)
            time.sleep(0.5)


def _serve(demo: Demo, table: processes.Table, supervisor: Supervisor, steps: _Steps, mark: str) -> None:
    if not steps.done("migrated", mark):
        say("Preparing the database")
        for program in table.prepare:
            steps.run(program)
        steps.remember("migrated", mark)
    supervisor.add(*table.serve)
    if not (steps.done("seeded", mark) and demo.json_path.exists()):
        say("Filling the demo organizations; this is done once and may take minutes")
        steps.run(table.seed)
        steps.remember("seeded", mark)
    say("Waiting for the web server")
    deadline = time.monotonic() + READY_SECONDS
    while not _healthy(demo):
        supervisor.look_after(most_deaths=MOST_EARLY_DEATHS)
        if time.monotonic() > deadline:
            raise StartError(f"{demo.url}/api/health/ does not answer 200; see {demo.logs}.")
        time.sleep(0.2)


class _Steps:
    """What has to be done once, remembered in the data directory by what it depends on."""

    def __init__(self, demo: Demo, environment: dict[str, str], supervisor: Supervisor) -> None:
        self._demo = demo
        self._environment = environment
        self._supervisor = supervisor

    def done(self, name: str, mark: str) -> bool:
        path = self._demo.data_dir / name
        return path.exists() and path.read_text() == mark

    def remember(self, name: str, mark: str) -> None:
        (self._demo.data_dir / name).write_text(mark)

    def run(self, program: Program) -> None:
        # Nobody takes back what the preparation decides.
        environment = self._environment | {"GRACE_SECONDS": "0"}
        process = launch(program, self._demo.logs, environment, ROOT)
        try:
            while process.poll() is None:
                self._supervisor.look_after(most_deaths=MOST_EARLY_DEATHS)
                time.sleep(0.1)
        finally:
            end([process], seconds=2.0)
        if process.returncode:
            log = self._demo.logs / f"{program.name}.log"
            raise ProcessError(f"{program.name} failed. The end of {log}:\n{last_lines(log)}")


def _obey_signals() -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        # A second signal must not cut the tidying up short.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise Stopped

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)


@contextlib.contextmanager
def _only_one(demo: Demo) -> Iterator[None]:
    with (demo.data_dir / "demo.lock").open("w") as handle:
        # One that was told to stop a moment ago still needs some seconds.
        deadline = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise StartError(
                        f"PostHub already runs on {demo.data_dir}. Stop it, or start a second one with "
                        "another DATA_DIR and PORT."
                    ) from None
                time.sleep(0.2)
        yield


def _wait_for_port(port: int) -> None:
    deadline = time.monotonic() + BUSY_SECONDS / 4
    while not _is_free(port):
        if time.monotonic() > deadline:
            raise StartError(f"Port {port} is taken. Choose another one: make demo PORT={port + 10}")
        time.sleep(0.2)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as problem:
            raise StartError(f"Port {port} may not be used: {problem}") from problem
        except OSError:
            return False
    return True


def _database(demo: Demo, stack: contextlib.ExitStack) -> EmbeddedPostgres | None:
    if demo.database_url:
        return None
    say("Starting PostgreSQL")
    server = EmbeddedPostgres(demo.data_dir)
    if server.pid() is None:
        stack.callback(server.stop)
    server.start(tied=True)
    return server


def _kept_port(demo: Demo, name: str) -> int:
    """The same one every time if possible: what was read from the site, or got from Stripe, names its address."""
    path = demo.data_dir / name
    with contextlib.suppress(OSError, ValueError):
        if _is_free(port := int(path.read_text())):
            return port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    path.write_text(str(port))
    return port


def _environment(demo: Demo, server: EmbeddedPostgres | None, site_port: int) -> dict[str, str]:
    url = demo.database_url or (server.url if server else "")
    return os.environ | {
        "DEMO": "1",
        "BASE_HOST": demo.base_host,
        "PORT": str(demo.port),
        "DATA_DIR": str(demo.data_dir),
        "DATABASE_URL": url,
        "READER_ALLOW": ",".join(
            filter(None, [f"127.0.0.1:{site_port}", os.environ.get("READER_ALLOW", "")])
        ),
        "WEB_BIND": f"127.0.0.1:{demo.port}",
        "PYTHONUNBUFFERED": "1",
    }


def _mark(demo: Demo, server: EmbeddedPostgres | None, site_url: str) -> str:
    """What the prepared data depends on: migrations, database and addresses."""
    digest = hashlib.sha256(f"{demo.url} {site_url} {demo.database_url}".encode())
    if server is not None:
        digest.update(str(server.cluster.stat().st_ino).encode())
    for path in sorted([*ROOT.glob("posthub/**/*migrations/*.py"), ROOT / "requirements" / "base.txt"]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _healthy(demo: Demo) -> bool:
    # Python does not resolve *.localhost, so the name goes into the header only.
    connection = http.client.HTTPConnection("127.0.0.1", demo.port, timeout=5)
    try:
        connection.request("GET", "/api/health/", headers={"Host": f"{demo.base_host}:{demo.port}"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def main(make_table: Callable[..., processes.Table] = processes.table) -> int:
    try:
        run(Demo.from_environment(), make_table)
    except Stopped:
        say("PostHub has stopped")
    except (StartError, ProcessError, EmbeddedError, ImproperlyConfigured) as problem:
        say(str(problem))
        return 1
    return 0
