"""`make billing`: Stripe's messages in 10,000 random orders, forged ones, and an hour without Stripe.

The last line is JSON; the exit code says whether nothing was wrong.
"""

import argparse
import itertools
import json
import resource
import subprocess
import sys
import time
from typing import Any

from tests.proofs.installation import installed


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.billing")
    parser.add_argument("--sequences", type=int, default=10_000)
    parser.add_argument("--organizations", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1)
    given = parser.parse_args()
    if given.processes > 1:
        said = shared(given.sequences, given.organizations, given.seed, given.processes)
    else:
        with installed():
            said = prove(given.sequences, given.organizations, given.seed)
    print(json.dumps(said, default=str))
    return int(not said["holds"])


def shared(sequences: int, count: int, seed: int, processes: int) -> dict[str, Any]:
    """The same by several at once, each by another seed in an installation of its own; what they counted is added."""
    command = [sys.executable, "-m", "tests.proofs.billing", "--organizations", str(count)]
    own = ["--sequences", str(-(-sequences // processes))]
    running = [
        subprocess.Popen([*command, *own, "--seed", str(seed + number)], stdout=subprocess.PIPE, text=True)
        for number in range(processes)
    ]
    parts = [json.loads(one.communicate()[0].splitlines()[-1]) for one in running]
    return {
        "holds": all(part["holds"] for part in parts),
        **{name: added([part[name] for part in parts]) for name in ("mixed", "forged", "hour", "deliveries")},
        "seconds": max(part["seconds"] for part in parts),
        "cpu_s": sum(part["cpu_s"] for part in parts),
    }


def added(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Figures and lists of one name, one after the other."""
    total: dict[str, Any] = {}
    for name, value in itertools.chain.from_iterable(part.items() for part in parts):
        total[name] = total[name] + value if name in total else value
    return total


def prove(sequences: int, count: int, seed: int) -> dict[str, Any]:
    from posthub.accounts.models import User
    from posthub.organizations.operations import register_organization
    from tests.proofs.billing import orders
    from tests.support.payments import standing_in

    owner = User.objects.create_user("owner@example.com", name="Owner")
    organizations = [
        register_organization(name=f"Bakery {n}", label=f"bakery-{n}", by=owner, language="cs")
        for n in range(count)
    ]
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_utime
    with standing_in() as payments, orders.shop(payments, organizations, seed) as (lives, deliveries):
        forged = orders.forged()
        mixed = orders.mixed(
            lives, deliveries, sequences, say=lambda line: print(line, file=sys.stderr, flush=True)
        )
        hour = orders.hour_without_stripe(lives, deliveries)
        seen = dict(deliveries.seen)
    cpu = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
    holds = mixed["wrong"] == 0 and forged["refused"] == forged["sent"] >= 30 and not forged["kept"]
    holds = holds and mixed["sequences"] >= sequences and hour["wrong"] == 0 and hour["lost"] == 0
    return {
        "holds": holds,
        "mixed": mixed,
        "forged": forged,
        "hour": hour,
        "deliveries": seen,
        "seconds": round(time.monotonic() - started),
        "cpu_s": round(cpu),
    }


if __name__ == "__main__":
    sys.exit(main())
