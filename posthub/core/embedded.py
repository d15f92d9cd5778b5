"""The PostgreSQL that PostHub brings along: found, created, started and stopped by this launcher.

    python -m posthub.core.embedded run [--data-dir DIR] [--fast] -- COMMAND…
    python -m posthub.core.embedded start|stop|status [--data-dir DIR]

It listens on a Unix socket only, in a directory that nobody but its owner can enter. Nothing of Django is
imported here, so that it works before there are settings.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from urllib.parse import quote

from posthub.core import postgres_binaries
from posthub.core.postgres_binaries import EmbeddedError, Installation, Privileges

DEFAULT_DATA_DIR = Path(".posthub")
SOCKET_PORT = 5432
ROLE = DATABASE = "posthub"
START_SECONDS = 60
STOP_SECONDS = 20
LEFTOVER_SECONDS = 2
FORWARDED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

SETTINGS = {
    "listen_addresses": "",
    "port": str(SOCKET_PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "300",
    # One dump of a few hundred organizations locks every table of every schema.
    "max_locks_per_transaction": "512",
    "shared_buffers": "96MB",
    "jit": "off",
    "timezone": "UTC",
}
# A test database is thrown away: nothing in it has to survive a loss of power.
FAST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedPostgres:
    """The server whose cluster lives in `data_dir`/postgres."""

    def __init__(self, data_dir: Path, *, durable: bool = True, privileges: Privileges | None = None) -> None:
        self.data_dir = Path(data_dir).resolve()
        self.durable = durable
        self.privileges = privileges or postgres_binaries.privileges()
        self.cluster = self.privileges.place_for(self.data_dir, _digest(self.data_dir)) / "postgres"
        self.log = self.data_dir / "logs" / "postgres.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def socket_dir(self) -> Path:
        return socket_directory(self.data_dir)

    @property
    def url(self) -> str:
        return database_url(self.data_dir)

    def accepts_connections(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(2)
            try:
                probe.connect(str(self.socket_dir / f".s.PGSQL.{SOCKET_PORT}"))
            except OSError:
                return False
        return self._ready()

    def _ready(self) -> bool:
        return self._pid_file()[7:8] == ["ready"]

    def start(self, *, tied: bool = False) -> bool:
        """Return True when this call started it, False when it was running already.

        A tied server ends with the process that started it, however that one ends.
        """
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with self._lock():
            if self.pid() is not None:
                if self._wait_until_ready(self.pid):
                    return False
                self.stop()  # It runs, but nobody can reach it: its socket was swept away.
            installation = postgres_binaries.installation_for(self.cluster)
            program = self.privileges.prepare(installation, self.cluster.parent)
            if not self.cluster.exists():
                self._create_cluster(program)
            self._clear_leftovers()
            self._launch(program, tied=tied)
            self._create_database()
        return True

    def stop(self) -> bool:
        """Return True when it was running. Open connections are closed, what they committed is kept."""
        running = self.pid() is not None
        for attempt in (signal.SIGINT, signal.SIGQUIT):
            pid = self.pid()
            if pid is None:
                break
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, attempt)
            _wait(lambda: self.pid() is None, STOP_SECONDS)
        if self._process is not None:
            self._process.wait(STOP_SECONDS)
        with contextlib.suppress(OSError):
            self.socket_dir.rmdir()
        return running

    def pid(self) -> int | None:
        """The postmaster's process number, None when it does not run; a stale pid file counts for nothing."""
        if self._process is not None:
            self._process.poll()
        lines = self._pid_file()
        if not lines or not lines[0].isdigit():
            return None
        pid = int(lines[0])
        return pid if postgres_binaries.runs_in(pid, self.cluster) else None

    def _pid_file(self) -> list[str]:
        try:
            return [line.strip() for line in (self.cluster / "postmaster.pid").read_text().splitlines()]
        except OSError:
            return []

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.data_dir / "postgres.lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _create_cluster(self, program: Installation) -> None:
        # The finished cluster appears under its name in one step; a half-made one is thrown away next time.
        draft = self.cluster.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.privileges.hand_over(draft)
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        self._run([str(program.bin / "initdb"), "-D", str(draft), *options])
        draft.rename(self.cluster)

    def _run(self, command: Sequence[str]) -> None:
        done = subprocess.run(
            self.privileges.wrap(command),
            env=_clean_environment(),
            cwd="/",
            capture_output=True,
            text=True,
            timeout=120,
        )
        if done.returncode:
            raise EmbeddedError(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")

    def _clear_leftovers(self) -> None:
        """Remove what a killed server left, which would keep the next one from starting.

        Two servers on one cluster would destroy it. PostgreSQL's own guard against that is the pid file,
        which misleads once its number belongs to another process: it goes only when every session is over.
        """
        _wait(lambda: not postgres_binaries.processes_of(self.cluster), LEFTOVER_SECONDS)
        for pid in postgres_binaries.processes_of(self.cluster):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)
        shutil.rmtree(self.socket_dir, ignore_errors=True)
        self.socket_dir.mkdir(mode=0o700, exist_ok=True)
        owner = self.socket_dir.stat()
        if owner.st_uid != os.geteuid() or owner.st_mode & 0o077:
            raise EmbeddedError(f"{self.socket_dir} belongs to somebody else; remove it and start again.")
        self.privileges.hand_over(self.socket_dir)

    def _launch(self, program: Installation, *, tied: bool) -> None:
        settings = SETTINGS | {"unix_socket_directories": str(self.socket_dir)}
        if not self.durable:
            settings |= FAST_SETTINGS
        command = [str(program.bin / "postgres"), "-D", str(self.cluster)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.privileges.wrap(command, tied=tied),
                env=_clean_environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        if not self._wait_until_ready(self._own_pid):
            raise EmbeddedError(f"PostgreSQL does not start; its own words are in {self.log}")

    def _own_pid(self) -> int | None:
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def _wait_until_ready(self, own_pid: Callable[[], int | None]) -> bool:
        def over() -> bool:
            swept = self._ready() and not self.socket_dir.exists()
            return self.accepts_connections() or swept or own_pid() is None

        _wait(over, START_SECONDS)
        return self.accepts_connections()

    def _create_database(self) -> None:
        import psycopg

        def connect(name: str) -> psycopg.Connection:
            host = str(self.socket_dir)
            return psycopg.connect(
                host=host, port=SOCKET_PORT, user="postgres", dbname=name, autocommit=True, connect_timeout=20
            )

        with connect("postgres") as session:
            if session.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone() is None:
                session.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
            # It makes a role for each organization.
            session.execute(f"ALTER ROLE {ROLE} CREATEROLE")
            if session.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                return
        with connect("template1") as session:
            query = "SELECT 1 FROM pg_available_extensions WHERE name = 'vector'"
            if session.execute(query).fetchone():
                session.execute("CREATE EXTENSION IF NOT EXISTS vector")
        with connect("postgres") as session:
            session.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")


def socket_directory(data_dir: Path) -> Path:
    # A socket's path may have 107 bytes, so it cannot lie under the data directory.
    return Path("/tmp") / f"posthub-{os.geteuid()}-{_digest(Path(data_dir).resolve())}"  # noqa: S108


def database_url(data_dir: Path) -> str:
    """The address of the embedded database, whether or not it runs; libpq understands it too."""
    host = quote(str(socket_directory(data_dir)), safe="/")
    return f"postgres://{ROLE}@/{DATABASE}?host={host}&port={SOCKET_PORT}"


def run(command: Sequence[str], data_dir: Path, *, durable: bool = True) -> int:
    """Run `command` with DATABASE_URL set; the server is started, and stopped again, only if need be."""
    with serving(data_dir, durable=durable) as url:
        # Blocked until there is somebody to hand a signal on to; the child is not born with the block.
        signal.pthread_sigmask(signal.SIG_BLOCK, FORWARDED)
        child = subprocess.Popen(list(command), env=os.environ | {"DATABASE_URL": url}, preexec_fn=_unblock)

        def forward(number: int, _frame: FrameType | None) -> None:
            child.send_signal(number)

        for number in FORWARDED:
            signal.signal(number, forward)
        _unblock()
        code = child.wait()
    return code if code >= 0 else 128 - code


@contextlib.contextmanager
def serving(data_dir: Path, *, durable: bool = True) -> Iterator[str]:
    """The embedded database's address, with the server up at least for the length of the block."""
    server = EmbeddedPostgres(data_dir, durable=durable)
    started = server.start(tied=True)
    try:
        yield server.url
    finally:
        if started:
            server.stop()


def _unblock() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, FORWARDED)


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def _clean_environment() -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C.UTF-8"}


def _wait(condition: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.03)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m posthub.core.embedded")
    parser.add_argument("action", choices=("run", "start", "stop", "status", "url"))
    parser.add_argument("--data-dir", type=Path, default=Path(os.environ.get("DATA_DIR") or DEFAULT_DATA_DIR))
    parser.add_argument("--fast", action="store_true", help="for tests: what it holds may be lost")
    own, command = _split(arguments)
    options = parser.parse_args(own)
    server = EmbeddedPostgres(options.data_dir, durable=not options.fast)
    if options.action == "run":
        if not command:
            parser.error("run needs a command after --")
        return run(command, options.data_dir, durable=not options.fast)
    if options.action == "start":
        server.start()
    if options.action == "stop":
        server.stop()
    if options.action == "status":
        pid = server.pid()
        print("not running" if pid is None else f"running, process {pid}")  # noqa: T201
        return 0 if pid is not None else 3
    if options.action in ("start", "url"):
        print(server.url)  # noqa: T201
    return 0


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    own = list(arguments)
    if "--" not in own:
        return own, []
    at = own.index("--")
    return own[:at], own[at + 1 :]


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except EmbeddedError as problem:
        sys.exit(str(problem))
