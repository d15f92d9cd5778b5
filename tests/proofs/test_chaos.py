"""The short version of `make chaos`, and that its own verdict is not blind."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def chaos(*arguments: str) -> tuple[int, dict[str, Any], str]:
    # Not under coverage: what is measured here is killed, and slowness would be one more fault.
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST"))}
    command = [sys.executable, "-m", "tests.proofs.chaos", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=ours, capture_output=True, text=True, timeout=600)
    assert done.stdout, done.stderr[-3000:]
    return done.returncode, json.loads(done.stdout.splitlines()[-1]), done.stderr


def test_four_hundred_jobs_under_twenty_seven_faults_are_each_done_once() -> None:
    code, verdict, errors = chaos("--jobs", "400", "--faults", "27", "--seed", "1", "--limit", "240")
    assert {name: verdict[name] for name in ("lost", "doubled", "half_written", "over_one_call_a_death")} == {
        "lost": 0,
        "doubled": 0,
        "half_written": 0,
        "over_one_call_a_death": [],
    }, (verdict, errors[-3000:])
    assert (code, verdict["jobs"], verdict["faults"], len(verdict["kinds"])) == (0, 400, 27, 18)
    assert verdict["extra_paid_calls"] <= verdict["deaths"]
    # The same faults must hurt who has no durable row, or they are blunt.
    assert verdict["control_lost"] > 0


@pytest.mark.parametrize(
    ("sort", "state", "effects", "lost"),
    [
        ("once", "DONE", 1, False),
        ("once", "DONE", 0, True),
        ("once", "QUEUED", 0, True),
        ("once", "DEAD", 0, True),
        ("once", "CANCELLED", 0, True),
        ("once", "", 0, True),
        ("poison", "DEAD", 0, False),
        ("poison", "RUNNING", 0, True),
        ("poison", "DEAD", 1, True),
        ("leaving", "CANCELLED", 0, False),
        ("leaving", "CANCELLED", 1, True),
        ("leaving", "DONE", 1, False),
        ("leaving", "RUNNING", 0, True),
    ],
)
def test_what_counts_as_lost(sort: str, state: str, effects: int, lost: bool) -> None:
    from tests.proofs.chaos.count import is_lost

    assert is_lost(sort, state, effects) is lost
