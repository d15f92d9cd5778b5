"""Organizations deleted while eight threads work in them and in others: nothing is left, nothing else changes."""

import random
import sys
import threading
import time
from collections import Counter
from datetime import timedelta

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error, connection
from django.test import Client
from django.utils import timezone

from posthub.accounts.models import User
from posthub.core.tenancy import in_schema
from posthub.jobs import runner
from posthub.jobs.operations import enqueue
from posthub.organizations import erasure
from posthub.organizations.models import Organization
from tests.proofs.isolation import canaries
from tests.support.remains import checksum, remains

KEPT = 5
PATIENCE = 60  # rounds that a busy organization is tried again


def work(organizations: list[Organization], number: int, over: threading.Event) -> Counter[str]:
    """Requests and jobs in whichever organization, also in those that are going; what that meets is counted."""
    seen: Counter[str] = Counter()
    chance, client, count = random.Random(number), Client(raise_request_exception=False), 0
    while not over.is_set():
        place, count = chance.randrange(len(organizations)), count + 1
        canary = organizations[place].schema_name
        try:
            if chance.random() < 0.5:
                answer = client.get("/canaries/2/", headers={"host": f"org-{place}.posthub.localhost"})
                seen[f"answered {answer.status_code}"] += 1
                if answer.status_code == 200:
                    seen["foreign"] += sum(name != canary for row in answer.json()["rows"] for name in row)
            else:
                with in_schema(canary):
                    job = enqueue("test.canary", key=f"{number}-{count}", payload={"reads": 2})
                runner.run(str(job.pk))
                seen["jobs"] += 1
        except (Error, ValueError):
            # Its schema or role went away in this moment: an error, and no row of anybody.
            seen["refused"] += 1
            connection.close()
    return seen


def delete(organization: Organization, by: User) -> int:
    """Ask for it, let the grace pass, erase it; how many rounds that took."""
    erasure.ask_for_deletion(organization, by=by, typed=organization.name)
    Organization.objects.filter(pk=organization.pk).update(deleted_at=timezone.now() - timedelta(days=31))
    for round_ in range(1, PATIENCE + 1):
        try:
            erasure.erase(Organization.objects.get(pk=organization.pk))
        except erasure.StillBusy:
            time.sleep(0.05)
            continue
        return round_
    return 0


def run(organizations: list[Organization], by: User) -> dict[str, int]:
    """Delete all but the last `KEPT` organizations."""
    going, staying = organizations[:-KEPT], organizations[-KEPT:]
    for organization in organizations:
        with in_schema(organization.schema_name):
            cache.set("canary", organization.schema_name)
        default_storage.save(f"org/{organization.schema_name}/a.txt", ContentFile(b"words"))
    before = [checksum(organization) for organization in staying]
    over, totals = threading.Event(), Counter[str]()
    threads = [
        threading.Thread(target=lambda number=number: totals.update(_ended(organizations, number, over)))
        for number in range(canaries.THREADS)
    ]
    for thread in threads:
        thread.start()
    try:
        rounds = [delete(organization, by) for organization in going]
    finally:
        over.set()
        for thread in threads:
            thread.join(60)
    left = {organization.schema_name: remains(organization) for organization in going}
    print({name: where for name, where in left.items() if where}, dict(totals), file=sys.stderr)
    return {
        "deletions": sum(bool(number) for number in rounds),
        "deletions_tried_again": sum(number > 1 for number in rounds),
        "left": sum(len(where) for where in left.values()),
        "others_changed": sum(
            checksum(organization) != was for organization, was in zip(staying, before, strict=True)
        ),
        "wrong_meanwhile": totals["foreign"],
        "work_meanwhile": totals["jobs"] + totals["answered 200"],
        "refused_meanwhile": totals["refused"] + totals["answered 404"] + totals["answered 500"],
    }


def _ended(organizations: list[Organization], number: int, over: threading.Event) -> Counter[str]:
    try:
        return work(organizations, number, over)
    finally:
        connection.close()
