import os
import sys
import time
from pathlib import Path

import pytest

from posthub.core.processes import LOG_BYTES, ProcessError, Program, Supervisor, end, last_lines, launch


def python(code: str, name: str = "program") -> Program:
    return Program(name, (sys.executable, "-c", code))


def test_what_a_program_says_is_in_its_log(tmp_path: Path) -> None:
    launch(python("print('hello')"), tmp_path, os.environ).wait(10)
    assert last_lines(tmp_path / "program.log") == "hello"
    assert last_lines(tmp_path / "nothing.log") == ""


def test_a_log_that_has_grown_too_long_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "program.log").write_bytes(b"x" * (LOG_BYTES + 1))
    launch(python("print('hello')"), tmp_path, os.environ).wait(10)
    assert (tmp_path / "program.log").read_text() == "hello\n"
    assert (tmp_path / "program.log.1").stat().st_size == LOG_BYTES + 1


def test_a_program_that_does_not_listen_is_ended_all_the_same(tmp_path: Path) -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    process = launch(python(f"{deaf}; print('up', flush=True); time.sleep(60)"), tmp_path, os.environ)
    while not last_lines(tmp_path / "program.log"):
        time.sleep(0.02)
    begin = time.monotonic()
    end([process], seconds=0.3)
    assert process.returncode == -9
    assert time.monotonic() - begin < 3


def test_a_program_that_keeps_dying_is_named_with_its_log(tmp_path: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor(tmp_path, os.environ, tmp_path, said.append)
    supervisor.add(python("raise SystemExit('no way')", "broken"))

    def wait_for_it() -> None:
        for _ in range(200):
            supervisor.look_after(most_deaths=0)
            time.sleep(0.02)

    with pytest.raises(ProcessError, match=r"(?s)broken does not start.*no way") as caught:
        wait_for_it()
    assert said == ["broken ended; starting it again"]
    assert str(tmp_path / "broken.log") in str(caught.value)
    supervisor.stop()


def test_a_program_that_died_is_started_again(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path, os.environ, tmp_path, lambda _line: None)
    supervisor.add(python("print('run', flush=True)"))
    deadline = time.monotonic() + 8
    while last_lines(tmp_path / "program.log") != "run\nrun" and time.monotonic() < deadline:
        supervisor.look_after()
        time.sleep(0.02)
    supervisor.stop()
    assert last_lines(tmp_path / "program.log").startswith("run\nrun")
