"""The proof in its order. Says what it does on stderr, and returns the figures."""

import sys
import tempfile
import time
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection

from posthub.core import connections
from posthub.organizations.migrating import migrate_everything
from posthub.organizations.schema_plans import current_plan
from tests.proofs.tenants import changing, clocks, serving, world
from tests.proofs.tenants.changing import Command
from tests.proofs.tenants.clocks import Spent
from tests.proofs.tenants.world import Place
from tests.support.databases import copied

FEW = 10


def say(words: str) -> None:
    print(time.strftime("%H:%M:%S"), words, file=sys.stderr, flush=True)


def prove(n: int, poisoned: int, command: Command, *, rounds: int, kill: bool) -> dict[str, Any]:
    """In the database this process is connected to; everything that is made stays there."""
    say("migrating public")
    migrate_everything()
    current_plan()
    few, took = provision(range(min(n, FEW)), None)
    with copied_now() as small, tempfile.TemporaryDirectory(prefix="posthub-release-") as directory:
        say(f"making {n - len(few)} more organizations")
        more, took_more = provision(range(len(few), n), few[0])
        places = few + more
        figures = {"n": n, **provisioning(took + took_more, places[-1])}
        say("asking for dashboards in turn")
        figures |= serving.tenancy(places, rounds)
        figures |= serving.dashboard(small, few, places, min(rounds, 400))
        say("measuring PostgreSQL's memory")
        figures["backend_mb_unbounded"] = serving.memory(places, serving.UNBOUNDED)
        figures["backend_mb"] = serving.memory(places, None)
        figures["schemas_per_connection"] = settings.SCHEMAS_PER_CONNECTION
        say("migrating, with some of them poisoned")
        figures |= nothing_to_do(command)
        sick = places[1 :: max(1, n // poisoned)][:poisoned]
        figures |= changing.one_field_more(places, sick, command, Path(directory))
        if kill:
            say("killing a migration and resuming it")
            figures |= changing.killed_and_resumed(places, command, Path(directory))
            figures |= changing.python_in_each(places, Path(directory))
    return figures


def copied_now() -> AbstractContextManager[str]:
    # PostgreSQL copies only a database that nobody is connected to.
    connection.close()
    return copied(str(connection.settings_dict["NAME"]))


def provision(numbers: range, like: Place | None) -> tuple[list[Place], list[Spent]]:
    places: list[Place] = []
    took: list[Spent] = []
    for number in numbers:
        place, spent = world.make_place(number)
        world.fill(place, like or (places[0] if places else None))
        places.append(place)
        took.append(spent)
        # As at the end of the request in which somebody registers.
        connections.renew_if_worn()
    return places, took


def provisioning(took: list[Spent], last: Place) -> dict[str, Any]:
    return {
        # Django's own record of migrations among them.
        "tables_each": len(world.tables(last.schema_name)),
        "provision_ms": round(median(one.wall for one in took) * 1000, 1),
        "provision_cpu_ms": round(median(one.cpu for one in took) * 1000, 1),
        "provision_ms_last_tenth": round(median(one.wall for one in took[-len(took) // 10 :]) * 1000, 1),
    }


def nothing_to_do(command: Command) -> dict[str, Any]:
    ran = command("migrate_tenants")
    assert (ran.code, "organizations: 0 migrated" in ran.said) == (0, True), ran.said
    inside = clocks.in_this_process("migrate_tenants")
    return {
        "noop_s": round(ran.wall, 2),
        "noop_cpu_s": round(ran.cpu + ran.server, 2),
        "noop_cpu_s_without_start": round(inside.cpu + inside.server, 2),
    }
