"""Waiting for what other processes do."""

import time
from collections.abc import Callable
from pathlib import Path

from posthub.core.processes import last_lines


def wait_for(what: Callable[[], bool], logs: Path, *, seconds: float = 90) -> float:
    """How long it took; fails with the logs where it takes too long."""
    began = time.monotonic()
    while not what():
        if time.monotonic() - began > seconds:
            words = "\n".join(f"{log.name}: {last_lines(log)}" for log in logs.glob("*.log"))
            raise AssertionError(f"it did not happen within {seconds} s\n{words}")
        time.sleep(0.05)
    return time.monotonic() - began
