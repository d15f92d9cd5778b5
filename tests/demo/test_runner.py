import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from posthub.core.embedded import EmbeddedPostgres
from tests.support.ports import free_port

STANDIN = Path(__file__).with_name("standin.py")


class Run:
    """One running demo of stand-in programs."""

    def __init__(self, data_dir: Path, kind: str = "polite", port: int | None = None, **extra: str) -> None:
        self.data_dir = data_dir
        self.port = port or free_port()
        environment = os.environ | {
            "DATA_DIR": str(data_dir),
            "PORT": str(self.port),
            "DATABASE_URL": "postgres://x/y",
        }
        self.process = subprocess.Popen(
            [sys.executable, str(STANDIN), kind],
            env=environment | extra,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ready_line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def programs(self) -> dict[int, str]:
        """Every process that names the data directory, by number, without the runner itself."""
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                if str(self.data_dir) in line and int(entry.name) != self.process.pid:
                    found[int(entry.name)] = line
        return found

    def pid_of(self, mark: str) -> int:
        return next(pid for pid, line in self.programs().items() if mark in line)

    def finish(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=15)


def until(condition: Callable[[], bool], seconds: float = 8) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def start() -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []

    def begin(*arguments: object, **options: object) -> Run:
        runs.append(Run(*arguments, **options))  # type: ignore[arg-type]
        return runs[-1]

    yield begin
    for run in runs:
        run.finish()


def test_it_says_once_that_it_is_ready_and_leaves_nothing_behind(
    tmp_path: Path, start: Callable[..., Run]
) -> None:
    run = start(tmp_path, BASE_HOST="posthub.test")
    assert run.ready_line() == f"PostHub is ready at http://posthub.test:{run.port}\n"
    assert len(run.programs()) == 5
    run.process.terminate()
    out, err = run.process.communicate(timeout=10)
    assert (run.process.returncode, out) == (0, "")
    assert err.splitlines()[-1] == "PostHub has stopped"
    assert run.programs() == {}


def test_a_program_that_ignores_the_request_to_stop_is_ended_within_ten_seconds(
    tmp_path: Path, start: Callable[..., Run]
) -> None:
    run = start(tmp_path, "stubborn")
    run.ready_line()
    begin = time.monotonic()
    run.process.send_signal(signal.SIGINT)
    run.process.wait(timeout=10)
    assert time.monotonic() - begin < 10
    assert run.programs() == {}


def test_what_is_done_once_is_not_done_again(tmp_path: Path, start: Callable[..., Run]) -> None:
    port = free_port()
    for _ in range(2):
        run = start(tmp_path, port=port)
        run.ready_line()
        run.finish()
    assert (tmp_path / "migrations").read_text() == "x"
    assert (tmp_path / "seeds").read_text() == "x"
    assert (tmp_path / "grace").read_text() == "0"  # what it decides itself is not waited for


def test_another_address_fills_the_demo_again(tmp_path: Path, start: Callable[..., Run]) -> None:
    for host in ("one.test", "two.test"):
        run = start(tmp_path, BASE_HOST=host)
        run.ready_line()
        run.finish()
    assert (tmp_path / "seeds").read_text() == "xx"


def test_a_killed_program_is_started_again_without_its_orphans(
    tmp_path: Path, start: Callable[..., Run]
) -> None:
    run = start(tmp_path)
    run.ready_line()
    before = run.programs()
    worker = run.pid_of("signal, subprocess")
    os.kill(worker, signal.SIGKILL)
    assert until(lambda: worker not in run.programs() and len(run.programs()) == 5)
    assert len(set(before) & set(run.programs())) == 3


def test_killing_the_runner_takes_its_programs_along(tmp_path: Path, start: Callable[..., Run]) -> None:
    run = start(tmp_path)
    run.ready_line()
    run.process.kill()
    # Only a program's own child, which ties itself to nobody, is the program's affair.
    assert until(
        lambda: all("sleep(600)" in line and "signal" not in line for line in run.programs().values())
    )
    for pid in run.programs():
        os.kill(pid, signal.SIGKILL)


def test_a_program_that_never_starts_is_named_with_the_end_of_its_log(
    tmp_path: Path, start: Callable[..., Run]
) -> None:
    run = start(tmp_path, "broken")
    out, err = run.process.communicate(timeout=30)
    assert (run.process.returncode, out) == (1, "")
    assert "web does not start" in err
    assert err.splitlines()[-1] == "it does not start today"
    assert run.programs() == {}


def test_a_taken_port_is_refused_by_name(tmp_path: Path, start: Callable[..., Run]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        run = start(tmp_path, port=other.getsockname()[1])
        _, err = run.process.communicate(timeout=20)
    assert run.process.returncode == 1
    assert err.splitlines()[-1].startswith(f"Port {run.port} is taken.")


def test_a_setting_it_does_not_understand_is_named(tmp_path: Path, start: Callable[..., Run]) -> None:
    run = start(tmp_path, PORT="http")
    _, err = run.process.communicate(timeout=20)
    assert run.process.returncode == 1
    assert err == "PORT='http': expected a whole number from 1 to 65535.\n"


def test_the_embedded_database_is_kept_running_and_stopped_at_the_end(
    tmp_path: Path, start: Callable[..., Run]
) -> None:
    run = start(tmp_path, DATABASE_URL="")
    run.ready_line()
    server = EmbeddedPostgres(tmp_path)
    first = server.pid()
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert until(lambda: server.pid() not in (None, first) and server.accepts_connections())
    run.finish()
    assert run.process.returncode == 0
    assert server.pid() is None
