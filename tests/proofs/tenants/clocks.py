"""What things cost, apart from how busy the machine is: CPU time of this process and of PostgreSQL's."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
SETTINGS = "tests.proofs.tenants.settings"


def backend() -> int | None:
    """The process that serves this connection, None where there is none yet."""
    return connection.connection.info.backend_pid if connection.connection else None


def backend_seconds(pid: int | None) -> float | None:
    """CPU seconds of that process so far; None once it has ended."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except (OSError, IndexError):
        return None


def backend_megabytes(pid: int | None) -> tuple[float, float]:
    """Resident memory of that process: all of it, and what it shares with nobody."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0, 0.0
    sizes = {
        name: value.split()[0]
        for name, _colon, value in (line.partition(":") for line in lines)
        if value.split()
    }
    return int(sizes["VmRSS"]) / 1024, int(sizes["RssAnon"]) / 1024


@dataclass(frozen=True)
class Spent:
    """Seconds. `backend` is None where the connection ended, so that its last words are unknown."""

    wall: float
    python: float
    backend: float | None

    @property
    def cpu(self) -> float:
        return self.python + (self.backend or 0)


def spent(work: Callable[[], object]) -> Spent:
    before = backend()
    stood = backend_seconds(before) or 0.0
    wall, python = time.perf_counter(), time.process_time()
    work()
    wall, python = time.perf_counter() - wall, time.process_time() - python
    after = backend()
    stands = backend_seconds(after)
    return Spent(wall, python, None if stands is None else stands - (stood if after == before else 0.0))


def server_seconds() -> float:
    """CPU seconds of all of PostgreSQL so far: the processes that run, and those that have ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        own = int(cursor.fetchone()[0])
    postmaster = int(_stat(own)[1])
    ended = _stat(postmaster)
    ticks = sum(map(int, ended[11:15]))
    for path in Path("/proc").glob("[0-9]*/stat"):
        fields = _stat(int(path.parent.name))
        if fields and int(fields[1]) == postmaster:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    """The fields behind the name: state, parent, …, at 11 user time, system time, and those of ended children."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


@dataclass(frozen=True)
class Ran:
    """A command's exit code and words, and the CPU seconds of itself and of PostgreSQL meanwhile."""

    code: int
    said: str
    wall: float
    cpu: float
    server: float


def in_this_process(*arguments: str) -> Ran:
    said, code = StringIO(), 0
    server = server_seconds()
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        call_command(arguments[0], *arguments[1:], stdout=said)
    except CommandError as problem:
        said.write(str(problem))
        code = problem.returncode
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Ran(code, said.getvalue(), wall, cpu, server_seconds() - server)


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": SETTINGS},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def as_a_program(*arguments: str) -> Ran:
    """`manage.py …` as somebody would type it, its start included."""
    server = server_seconds()
    wall, before = time.perf_counter(), os.times()
    process = start(*arguments)
    said = process.communicate()[0]
    wall, after = time.perf_counter() - wall, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Ran(process.returncode, said, wall, cpu, server_seconds() - server)
