"""`make isolation`: 20 organizations, 8 threads, requests and jobs mixed, a pool of connections, 100,000 reads.

Then the same, shorter, without the guards, which must leak. The last line is JSON; the exit code says whether
nothing was wrong and the control leaked.
"""

import argparse
import json
import resource
import sys
import time

from tests.proofs.installation import installed

READS_A_ROUND = 20


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.isolation")
    parser.add_argument("--reads", type=int, default=100_000)
    parser.add_argument("--organizations", type=int, default=20)
    given = parser.parse_args()
    with installed(pool=10):
        said = prove(given.reads, given.organizations)
    print(json.dumps(said))
    return int(bool(said["wrong"]) or not said["control_wrong"] or said["reads"] < given.reads)


def prove(reads: int, count: int) -> dict[str, object]:
    from django.conf import settings

    from posthub.accounts.models import User
    from tests.proofs.isolation import canaries

    owner = User.objects.create_user("owner@example.com", name="Owner")
    organizations = canaries.make_organizations(count, owner)
    rounds = -(-reads // (canaries.THREADS * READS_A_ROUND))
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_utime
    with canaries.guarded():
        seen = canaries.run(organizations, rounds=rounds, reads=READS_A_ROUND, seconds=3600)
    cpu = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
    print(f"{seen['reads']} reads in {time.monotonic() - started:.0f} s: {dict(seen)}", file=sys.stderr)
    with canaries.unguarded():
        control = canaries.run(organizations, rounds=25, reads=READS_A_ROUND, seconds=600)
    return {
        "reads": seen["reads"],
        "wrong": seen["foreign"] + seen["missing"] + seen["leaked"],
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
    }


if __name__ == "__main__":
    sys.exit(main())
