"""Keep a handful of programs running, and leave none of them behind."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

STOP_SECONDS = 5.0
SHORT_LIFE = 10.0
LONGEST_PAUSE = 15.0
LOG_BYTES = 5_000_000
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class ProcessError(Exception):
    """A program ended when it should not have; the message names its log."""


@dataclass(frozen=True)
class Program:
    name: str
    command: tuple[str, ...]


def tie_to_parent(number: signal.Signals = signal.SIGKILL) -> None:
    """Let this process get a signal when the one that started it ends, in whatever way."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(number))


# Who started this process; `manage.py` imports this first, before anybody has had time to die.
_parents = [os.getppid()]
os.register_at_fork(after_in_child=lambda: _parents.__setitem__(0, os.getppid()))


def is_orphaned() -> bool:
    """Whether whoever started this process is gone; works where the kernel cannot be asked to tell."""
    return os.getppid() != _parents[0]


def launch(
    program: Program, logs: Path, environment: Mapping[str, str], cwd: Path | None = None
) -> subprocess.Popen[bytes]:
    """Start `program` in a session of its own, tied to this process, writing to logs/<its name>.log."""
    logs.mkdir(parents=True, exist_ok=True)
    path = logs / f"{program.name}.log"
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    with path.open("ab") as log:
        return subprocess.Popen(
            list(program.command),
            cwd=cwd,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=tie_to_parent,
        )


def end(processes: Sequence[subprocess.Popen[bytes]], seconds: float = STOP_SECONDS) -> None:
    """Ask all of them to stop, and after `seconds` end them with everything they started."""
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
    deadline = time.monotonic() + seconds
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, deadline - time.monotonic()))
    for process in processes:
        _end_group(process)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    # The group outlives its leader as long as the leader's own children run.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class _Kept:
    """One program and its present process; a pause grows with every early death."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.process: subprocess.Popen[bytes] | None = None
        self.early_deaths = 0
        self._started = self._next_start = 0.0

    def due(self) -> bool:
        """Whether it has to be started now; the first look after a death settles when."""
        if self.process is None:
            return time.monotonic() >= self._next_start
        if self.process.poll() is None:
            return False
        _end_group(self.process)
        short = time.monotonic() - self._started < SHORT_LIFE
        self.early_deaths = self.early_deaths + 1 if short else 0
        pause = min(LONGEST_PAUSE, 0.25 * 2**self.early_deaths) if short else 0.0
        self._next_start = time.monotonic() + pause
        self.process = None
        return pause == 0.0

    def started(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self._started = time.monotonic()


class Supervisor:
    """Runs its programs until `stop`; one that ends is started again."""

    def __init__(
        self, logs: Path, environment: Mapping[str, str], cwd: Path, say: Callable[[str], None]
    ) -> None:
        self.logs = logs
        self.environment = environment
        self.cwd = cwd
        self._say = say
        self._kept: list[_Kept] = []

    def add(self, *programs: Program) -> None:
        self._kept += [_Kept(program) for program in programs]
        self.look_after()

    def look_after(self, *, most_deaths: int | None = None) -> None:
        """Start what is not running; ProcessError for one that died early more than `most_deaths` times."""
        for kept in self._kept:
            was_running = kept.process is not None
            due = kept.due()
            if was_running and kept.process is None:
                self._say(f"{kept.program.name} ended; starting it again")
            if most_deaths is not None and kept.early_deaths > most_deaths:
                log = self.logs / f"{kept.program.name}.log"
                raise ProcessError(
                    f"{kept.program.name} does not start. The end of {log}:\n{last_lines(log)}"
                )
            if due:
                kept.started(launch(kept.program, self.logs, self.environment, self.cwd))

    def stop(self) -> None:
        # The last one added depends on the ones before it, but all are asked at once: they have seconds only.
        end([kept.process for kept in reversed(self._kept) if kept.process is not None])
        self._kept.clear()


def last_lines(path: Path, count: int = 12) -> str:
    with contextlib.suppress(OSError):
        return "\n".join(path.read_text(errors="replace").splitlines()[-count:])
    return ""
