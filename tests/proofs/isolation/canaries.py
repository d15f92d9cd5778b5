"""Threads that read on behalf of many organizations at once, by request and by job, and count what is not theirs.

Each organization's rows hold its own schema name, the canary.
"""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpResponse
from django.test import Client, override_settings

from posthub.accounts.models import User
from posthub.content.models import MarketingEvent
from posthub.core.tasks import tenant_task
from posthub.core.tenancy import HOSTS, TenantMiddleware, in_schema, look_up_host
from posthub.jobs import runner
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue
from posthub.jobs.runner import RunningJob
from posthub.organizations.models import Organization
from posthub.organizations.operations import register_organization
from tests.proofs.isolation.urls import read_canaries
from tests.support.threads import all_well, at_once

THREADS = 8
ROWS = 3
A_DAY = "2026-12-01"


class ForgetfulMiddleware(TenantMiddleware):
    """What PostHub would be without the way back: the connection stays where the last request left it."""

    def __call__(self, request: Any) -> HttpResponse:
        tenant = HOSTS.find(request.META["HTTP_HOST"], look_up_host)
        assert tenant is not None
        request.tenant, request.urlconf = tenant, settings.ROOT_URLCONF
        connection.set_schema(tenant.schema_name)
        return self.get_response(request)


@tenant_task("test.canary", queue="quick")
def read_in_a_task(job: RunningJob) -> None:
    rows = read_canaries(job.payload["reads"])
    with job.effect(result_url=f"{len(rows)} {sorted({name for row in rows for name in row})}"):
        pass


@contextmanager
def guarded() -> Iterator[None]:
    with override_settings(ROOT_URLCONF="tests.proofs.isolation.urls"):
        yield


@contextmanager
def unguarded() -> Iterator[None]:
    """The same pages without the way back to public and without roles."""
    forgetful = [
        f"{__name__}.ForgetfulMiddleware" if name.endswith(".TenantMiddleware") else name
        for name in settings.MIDDLEWARE
    ]
    with guarded(), override_settings(MIDDLEWARE=forgetful, ORGANIZATION_ROLES="off"):
        yield


def make_organizations(count: int, owner: User, *, first: int = 0) -> list[Organization]:
    made = []
    for number in range(first, first + count):
        organization = register_organization(
            name=f"Org {number}", label=f"org-{number}", by=owner, language="en", platforms=[]
        )
        with in_schema(organization.schema_name):
            MarketingEvent.objects.bulk_create(
                MarketingEvent(name=organization.schema_name, date=A_DAY) for _row in range(ROWS)
            )
        made.append(organization)
    return made


def mix(organizations: list[Organization], thread: int, *, rounds: int, reads: int) -> Counter[str]:
    """One thread's share: what was read, and what of it was somebody else's."""
    seen: Counter[str] = Counter()
    chance, client = random.Random(thread), Client()
    for number in range(rounds):
        place = chance.randrange(len(organizations))
        canary = organizations[place].schema_name
        if chance.random() < 0.7:
            seen += _by_request(client, f"org-{place}.posthub.localhost", canary, reads)
        else:
            try:
                seen += _by_job(canary, f"{thread}-{number}", reads)
            except ValueError:
                # What is left of the guards keeps a job from starting in another organization's schema.
                seen["refused"] += 1
        seen["leaked"] += read_without_an_organization()
    return seen


def _by_request(client: Client, host: str, canary: str, reads: int) -> Counter[str]:
    answer = client.get(f"/canaries/{reads}/", headers={"host": host}).json()
    rows = [name for row in answer["rows"] for name in row]
    foreign = sum(name != canary for name in rows) + (answer["cached"] != canary)
    foreign += answer["type"] != ContentType.objects.get_for_model(MarketingEvent).pk
    return Counter(requests=1, reads=reads, foreign=foreign, missing=int(len(rows) != ROWS * reads))


def _by_job(canary: str, key: str, reads: int) -> Counter[str]:
    with in_schema("public"), in_schema(canary):
        job = enqueue("test.canary", key=key, payload={"reads": reads})
    runner.run(str(job.pk))
    found = Job.objects.get(pk=job.pk).result_url
    return Counter(jobs=1, reads=reads, foreign=int(found != f"{reads} {[canary]}"))


def read_without_an_organization() -> int:
    """Work that forgot whom it is for: how many rows it gets to see."""
    try:
        return int(MarketingEvent.objects.count())
    except Error:
        return 0


def run(organizations: list[Organization], *, rounds: int, reads: int, seconds: float = 60) -> Counter[str]:
    cache.clear()
    totals: Counter[str] = Counter()
    shares = at_once(
        THREADS, lambda thread: mix(organizations, thread, rounds=rounds, reads=reads), seconds=seconds
    )
    for seen in all_well(shares):
        totals.update(seen)
    return totals
