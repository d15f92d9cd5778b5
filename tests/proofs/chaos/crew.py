"""The processes that work while faults strike; whoever dies is replaced."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from posthub.core.processes import tie_to_parent

ROOT = Path(__file__).resolve().parents[3]
WORKERS = ("ai", "quick")
ROLES: dict[str, tuple[list[str], int]] = {
    "ai": (["posthub_worker", "ai_jobs"], 2),
    "quick": (["posthub_worker", "quick", "default", "scheduled"], 2),
    "sweeper": (["posthub_sweeper"], 2),
    "control": (["control"], 2),
}


class Nursery:
    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.proofs.chaos.nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            preexec_fn=tie_to_parent,
        )
        self._heard()

    def order(self, **words: object) -> object:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(words).encode() + b"\n")
        self._process.stdin.flush()
        return self._heard()

    def _heard(self) -> object:
        assert self._process.stdout is not None
        while line := self._process.stdout.readline():
            # Commands may print something of their own before they are quiet.
            if line[:1] in b'"0123456789':
                return json.loads(line)
        raise RuntimeError("the nursery is gone")

    def close(self) -> None:
        # Tied to it, all its children end with it.
        self._process.kill()
        self._process.wait()


@dataclass(eq=False)
class Member:
    role: str
    name: str
    pid: int = 0
    thaws_at: float | None = None


@dataclass
class Crew:
    nursery: Nursery
    logs: Path
    roles: dict[str, tuple[list[str], int]] = field(default_factory=lambda: ROLES)
    members: list[Member] = field(default_factory=list)
    deaths: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.members = [
            Member(role, f"{role}-{number}")
            for role, (_command, count) in self.roles.items()
            for number in range(count)
        ]
        for member in self.members:
            self._start(member)

    def _start(self, member: Member) -> None:
        command, log = self.roles[member.role][0], str(self.logs / f"{member.name}.log")
        member.pid = int(str(self.nursery.order(do="start", command=command, log=log)))
        member.thaws_at = None

    def of(self, *roles: str) -> list[Member]:
        return [member for member in self.members if member.role in roles]

    def look_after(self) -> None:
        """Let go on who was frozen long enough, and replace who has ended."""
        for member in self.members:
            if member.thaws_at is not None and time.monotonic() > member.thaws_at:
                os.kill(member.pid, signal.SIGCONT)
                member.thaws_at = None
            if self._ended(member):
                self.nursery.order(do="reap", pid=member.pid)
                self.deaths[member.role] += 1
                self._start(member)

    @staticmethod
    def _ended(member: Member) -> bool:
        # Nobody but us has it reaped, so that the number cannot be somebody else's by now.
        return Path(f"/proc/{member.pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"

    def signal(self, members: list[Member], number: signal.Signals) -> None:
        for member in members:
            os.kill(member.pid, number)
            if number == signal.SIGTERM and member.thaws_at is not None:
                os.kill(member.pid, signal.SIGCONT)

    def freeze(self, member: Member, seconds: float) -> None:
        os.kill(member.pid, signal.SIGSTOP)
        member.thaws_at = time.monotonic() + seconds
