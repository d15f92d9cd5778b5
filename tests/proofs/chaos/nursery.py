"""Imports PostHub once and forks its commands, as gunicorn does: a killed worker's place is filled in no time.

Reads orders from stdin, one JSON line each, and answers each by one line.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import datetime, timedelta
from typing import Any

import django

JUMP = timedelta(days=1)


def main() -> None:
    from posthub.core.processes import tie_to_parent

    tie_to_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "posthub.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connections

    import tests.proofs.chaos.control
    import tests.proofs.chaos.tasks  # noqa: F401

    call_command("check")
    connections.close_all()
    answer("ready")
    for line in sys.stdin:
        order = json.loads(line)
        if order["do"] == "start":
            answer(fork(order["command"], order["log"]))
        else:
            os.waitpid(order["pid"], 0)
            answer("gone")


def answer(words: Any) -> None:
    print(json.dumps(words), flush=True)


def fork(command: list[str], log: str) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        become(command, log)
        code = 0
    except SystemExit as ending:
        code = int(ending.code or 0)
    finally:
        os._exit(code)


def become(command: list[str], log: str) -> None:
    from django.core.management import call_command

    from posthub.core.processes import tie_to_parent

    os.setsid()
    tie_to_parent()
    random.seed()
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    null = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((null, 0), (out, 1), (out, 2)):
        os.dup2(source, target)
    signal.signal(signal.SIGUSR1, jump)
    if command == ["control"]:
        from tests.proofs.chaos.control import consume

        consume()
    call_command(*command)


def jump(number: int, frame: object) -> None:
    """From now on this process's clock is a day ahead; at the next signal it is right again."""
    from django.utils import timezone

    ahead = not hasattr(time, "right_time")
    if ahead:
        right_time, right_now = time.time, timezone.now
        time.right_time, timezone.right_now = right_time, right_now  # type: ignore[attr-defined]
        time.time = lambda: right_time() + JUMP.total_seconds()

        def wrong_now() -> datetime:
            return right_now() + JUMP

        timezone.now = wrong_now
    else:
        time.time, timezone.now = time.right_time, timezone.right_now  # type: ignore[attr-defined]
        del time.right_time, timezone.right_now  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
