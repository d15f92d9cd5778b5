"""Work under chaos: python -m tests.proofs.chaos [--jobs N] [--faults N] [--seed N] [--storage redis|postgres]

Prints one JSON line last; ends with 1 where anything was lost, doubled or paid for too often, or where the
faults were too blunt to make plain Huey lose something.
"""

import argparse
import contextlib
import json
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

from tests.proofs.chaos import stage

if TYPE_CHECKING:
    from tests.proofs.chaos.faults import Faults

ORGANIZATIONS = 4


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.chaos")
    parser.add_argument("--jobs", type=int, default=5000)
    parser.add_argument("--faults", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--storage", choices=("redis", "postgres"), default="redis")
    parser.add_argument(
        "--limit", type=int, default=1800, help="seconds after which what is left counts as lost"
    )
    options = parser.parse_args()
    if options.storage == "redis" and not shutil.which("redis-server"):
        print("There is no redis-server here; the hints travel through PostgreSQL.", file=sys.stderr)
        options.storage = "postgres"
    with tempfile.TemporaryDirectory(prefix="posthub-chaos-") as name:
        directory = Path(name)
        # PostgreSQL may have to run as somebody else, who must be able to come in.
        directory.chmod(0o711)
        began = time.monotonic()
        result = run(directory, options)
        result["seconds"] = round(time.monotonic() - began, 1)
    print(json.dumps(result))
    return 0 if result["held"] else 1


def run(directory: Path, options: argparse.Namespace) -> dict[str, Any]:
    with stage.standing(directory, options.storage) as (server, redis):
        django.setup()
        from tests.proofs.chaos.count import verdict
        from tests.proofs.chaos.crew import Crew, Nursery
        from tests.proofs.chaos.faults import Faults
        from tests.proofs.chaos.load import Load
        from tests.proofs.chaos.provider import Provider

        schemas = stage.settle(ORGANIZATIONS)
        provider = Provider(options.seed)
        load = Load(provider.address, schemas, options.jobs, options.seed)
        nursery = Nursery()
        logs = directory / "logs"
        logs.mkdir(exist_ok=True)
        try:
            faults = Faults(Crew(nursery, logs), load, provider, server, redis, random.Random(options.seed))
            play(faults, options)
        finally:
            load.over.set()
            nursery.close()
        counts = verdict(load, provider)
        if not held(counts):
            shutil.copytree(logs, "/tmp/posthub-chaos-logs", dirs_exist_ok=True)
        return {
            "jobs": options.jobs,
            "faults": faults.struck,
            **counts,
            "held": held(counts),
            "kinds": dict(sorted(faults.done.items())),
            "processes_replaced": dict(faults.crew.deaths),
            "storage": options.storage,
            "seed": options.seed,
        }


def held(counts: dict[str, Any]) -> bool:
    none = ("lost", "doubled", "half_written", "over_one_call_a_death")
    return not any(counts[name] for name in none) and counts["control_lost"] > 0


def play(faults: "Faults", options: argparse.Namespace) -> None:
    """Jobs are asked for in step with the faults, so that each strikes while there is work under way."""
    load, plan = faults.load, faults.plan(options.faults)
    ends = time.monotonic() + options.limit
    load.begin()
    for number, kind in enumerate(plan):
        load.allowed = round(options.jobs * (number + 1) / len(plan))
        pause = time.monotonic() + faults.dice.uniform(0.1, 0.4)
        while (load.asked < load.allowed or time.monotonic() < pause) and time.monotonic() < ends:
            tick(faults)
        faults.strike(kind)
        if number % 25 == 24:
            print(f"{number + 1} faults, {len(load.accepted)} jobs accepted", file=sys.stderr, flush=True)
    quiet = 0
    while quiet < 5 and time.monotonic() < ends:
        tick(faults)
        idle = load.outstanding == 0 and not any(one.is_alive() for one in faults.under_way)
        quiet = quiet + 1 if idle and load.asked >= load.jobs else 0
    wait_for_control(faults)


def wait_for_control(faults: "Faults") -> None:
    """Plain Huey gets time too, for its retries: until nothing has come for a few seconds."""
    from tests.proofs.chaos.count import noted

    seen, changed = -1, time.monotonic()
    while time.monotonic() - changed < 4:
        tick(faults)
        if (now := noted("control").total()) != seen:
            seen, changed = now, time.monotonic()


def tick(faults: "Faults") -> None:
    from django.db import Error

    from posthub.core.database import connection
    from tests.proofs.chaos.count import outstanding

    faults.crew.look_after()
    try:
        faults.load.outstanding = outstanding()
    except Error:
        connection.close()
    time.sleep(0.05)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
