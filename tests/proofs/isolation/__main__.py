"""`make isolation`: 20 organizations, 8 threads, requests and jobs mixed, a pool of connections, 100,000 reads.

Then the same, shorter, without the guards, which must leak; then 50 organizations are deleted while the threads
go on. The last line is JSON; the exit code says whether nothing was wrong, the control leaked, and of the
deleted organizations nothing is left.
"""

import argparse
import json
import resource
import sys
import time
from typing import Any

from tests.proofs.installation import installed

READS_A_ROUND = 20


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.isolation")
    parser.add_argument("--reads", type=int, default=100_000)
    parser.add_argument("--organizations", type=int, default=20)
    parser.add_argument("--deletions", type=int, default=50)
    given = parser.parse_args()
    with installed(pool=10):
        said = prove(given.reads, given.organizations, given.deletions)
    print(json.dumps(said))
    well = said["reads"] >= given.reads and said["control_wrong"] and said["deletions"] == given.deletions
    wrong = ("wrong", "left", "others_changed", "wrong_meanwhile")
    return int(not well or any(said[name] for name in wrong))


def prove(reads: int, count: int, deletions: int) -> dict[str, Any]:
    from django.conf import settings

    from posthub.accounts.models import User
    from tests.proofs.isolation import canaries, cost
    from tests.proofs.isolation import deletions as going

    owner = User.objects.create_user("owner@example.com", name="Owner")
    organizations = canaries.make_organizations(count, owner)
    rounds = -(-reads // (canaries.THREADS * READS_A_ROUND))
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_utime
    with canaries.guarded():
        seen = canaries.run(organizations, rounds=rounds, reads=READS_A_ROUND, seconds=3600)
    cpu = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
    print(f"{seen['reads']} reads in {time.monotonic() - started:.0f} s: {dict(seen)}", file=sys.stderr)
    costs = cost.measure(organizations)
    with canaries.unguarded():
        control = canaries.run(organizations, rounds=25, reads=READS_A_ROUND, seconds=600)
    more = deletions + going.KEPT - count
    if more > 0:
        organizations += canaries.make_organizations(more, owner, first=count)
    with canaries.guarded():
        gone = going.run(organizations[: deletions + going.KEPT], owner)
    return {
        "reads": seen["reads"],
        "wrong": seen["foreign"] + seen["missing"] + seen["leaked"] + seen["refused"],
        "control_reads": control["reads"],
        "control_wrong": control["foreign"] + control["missing"] + control["leaked"],
        "organizations": count,
        "threads": canaries.THREADS,
        "requests": seen["requests"],
        "jobs": seen["jobs"],
        "pool": bool(settings.DATABASES["default"]["OPTIONS"].get("pool")),
        "limit_set_calls": settings.TENANT_LIMIT_SET_CALLS,
        "roles": settings.ORGANIZATION_ROLES,
        "cpu_s": round(cpu, 1),
        **costs,
        **gone,
    }


if __name__ == "__main__":
    sys.exit(main())
