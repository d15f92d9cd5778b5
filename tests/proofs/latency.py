"""How fast work begins and flows, by real worker processes: python -m tests.proofs.latency [--jobs N]

For each transport: how long an idle worker takes from the commit that asks for a job to its first line, how
many trivial messages Huey carries a second, and how many jobs go the whole durable way. One JSON line last.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import django

from tests.proofs.chaos import stage

WORKERS = 4
# Bounds that hold on an idle machine; the figures are printed on any.
MOST_MS = {"redis": 10.0, "postgres": 25.0}
LEAST_TRIVIAL = 800.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.latency")
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--starts", type=int, default=100)
    parser.add_argument("--storage", choices=("redis", "postgres"), help="one only; both by default")
    options = parser.parse_args()
    storages = [options.storage] if options.storage else ["redis", "postgres"]
    if len(storages) > 1:
        return _each_in_its_own_process(storages, options)
    with tempfile.TemporaryDirectory(prefix="posthub-latency-") as name:
        Path(name).chmod(0o711)
        print(json.dumps(measure(Path(name), storages[0], options)))
    return 0


def _each_in_its_own_process(storages: list[str], options: argparse.Namespace) -> int:
    import subprocess

    figures = {}
    for storage in storages:
        if storage == "redis" and not shutil.which("redis-server"):
            continue
        command = [sys.executable, "-m", "tests.proofs.latency", "--storage", storage]
        command += ["--jobs", str(options.jobs), "--starts", str(options.starts)]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        figures[storage] = json.loads(done.stdout.splitlines()[-1])
    held = all(figure["start_p50_ms"] <= MOST_MS[storage] for storage, figure in figures.items())
    held = held and max(figure["trivial_per_second"] for figure in figures.values()) >= LEAST_TRIVIAL
    print(
        json.dumps({**figures, "held": held, "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1)})
    )
    return 0 if held else 1


def measure(directory: Path, storage: str, options: argparse.Namespace) -> dict[str, Any]:
    with stage.standing(directory, storage):
        django.setup()
        from tests.proofs.chaos.crew import Crew, Nursery

        (schema,) = stage.settle(1)
        nursery = Nursery()
        logs = directory / "logs"
        logs.mkdir(exist_ok=True)
        try:
            trivial = trivial_per_second(options.jobs * 3)
            Crew(nursery, logs, roles={"quick": (["posthub_worker", "quick"], 1)})
            starts = start_latencies(schema, options.starts)
            durable, asked = durable_per_second(schema, options.jobs)
        finally:
            nursery.close()
    return {
        "start_p10_ms": round(sorted(starts)[len(starts) // 10], 1),
        "start_p50_ms": round(statistics.median(starts), 1),
        "start_p95_ms": round(sorted(starts)[int(len(starts) * 0.95)], 1),
        "trivial_per_second": round(trivial),
        "durable_per_second": round(durable),
        "asked_per_second": round(asked),
    }


def trivial_per_second(count: int) -> float:
    """Messages that do nothing, through the transport as it stands, by four threads of this process."""
    from posthub.core.tasks import wake_up_queue

    huey, done = wake_up_queue("default"), threading.Semaphore(0)

    @huey.task(name="latency.nothing")  # type: ignore[untyped-decorator]
    def nothing() -> None:
        done.release()

    for _message in range(count):
        huey.enqueue(nothing.s())
    consumer = huey.create_consumer(workers=WORKERS, worker_type="thread", periodic=False)
    consumer._set_signal_handlers = lambda: None
    began = time.monotonic()
    consumer.start()
    for _message in range(count):
        done.acquire(timeout=60)
    seconds = time.monotonic() - began
    consumer.stop(graceful=True)
    return count / seconds


def ask(schema: str, key: str) -> None:
    from django.db import transaction

    from posthub.core.tenancy import in_schema
    from posthub.jobs.operations import enqueue

    with in_schema(schema), transaction.atomic():
        enqueue("chaos.timed", key=key, payload={"key": key})


def start_latencies(schema: str, count: int) -> list[float]:
    """Milliseconds from the commit to the task's first line, one job after the other, the worker being idle."""
    committed = {}
    for number in range(count + 10):
        key = f"start-{number}"
        ask(schema, key)
        committed[key] = time.time()
        # Nobody looks over its shoulder meanwhile.
        time.sleep(0.1)
        stage.wait(lambda key=key: key in begun(key))
    seen = begun("start-%")
    # The first few wake the worker up: connections are opened then.
    return [(seen[key] - committed[key]) * 1000 for key in list(committed)[10:]]


def durable_per_second(schema: str, count: int) -> tuple[float, float]:
    """Jobs a second the whole durable way, and how many a second were asked for, by one client beside the worker."""
    began = time.monotonic()
    for number in range(count):
        ask(schema, f"flow-{number}")
    asked = time.monotonic() - began
    stage.wait(lambda: len(begun("flow-%")) == count, 600)
    return count / (time.monotonic() - began), count / asked


def begun(pattern: str) -> dict[str, float]:
    from posthub.core.database import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT key, began FROM public.latency_start WHERE key LIKE %s", [pattern])
        return dict(cursor.fetchall())


if __name__ == "__main__":
    sys.exit(main())
