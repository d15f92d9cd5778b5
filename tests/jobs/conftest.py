from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from posthub.content.models import MarketingEvent
from posthub.core.tasks import wake_up_queue
from posthub.core.tenancy import in_schema
from posthub.jobs import runner
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue
from posthub.organizations.models import Organization
from tests.jobs import tasks_for_tests
from tests.support.databases import copied, database_url, pointed_at

assert tasks_for_tests  # importing it registers the tasks


@dataclass
class Bench:
    """Jobs of acme on a database where everything is committed, as between real workers."""

    organization: Organization
    database: str

    def ask(self, task: str, *, key: str = "1", by: Any = None, delay: float = 0, **payload: Any) -> Job:
        with in_schema(self.organization.schema_name), transaction.atomic():
            return enqueue(task, key=key, payload=payload, title="A test", by=by, delay=delay)

    def run(self, job: Job) -> Job:
        """One attempt; what it raised has been recorded and stays inside, as in a worker."""
        with suppress(KeyError):
            runner.run(str(job.pk))
        return Job.objects.get(pk=job.pk)

    def let_lease_expire(self, job: Job) -> None:
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))

    def waited(self, job: Job, seconds: float) -> None:
        Job.objects.filter(pk=job.pk).update(run_after=timezone.now() - timedelta(seconds=seconds))

    def drain(self, queue: str) -> int:
        """Do what the hints of `queue` ask for, as its consumer would; returns how many hints there were."""
        count = 0
        transport = wake_up_queue(queue)
        while (hint := transport.dequeue()) is not None:
            transport.execute(hint)
            count += 1
        return count

    @property
    def url(self) -> str:
        return database_url(self.database)

    @property
    def written(self) -> list[str]:
        with in_schema(self.organization.schema_name):
            return list(MarketingEvent.objects.order_by("created_at").values_list("name", flat=True))


@pytest.fixture(scope="module")
def jobs_database(database_template: str, django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock(), copied(database_template) as name, pointed_at(name):
        yield name


@pytest.fixture
def bench(jobs_database: str) -> Iterator[Bench]:
    organization = Organization.objects.get(name="Acme")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM jobs_job")
    for queue in settings.QUEUES:
        wake_up_queue(queue).flush()
    with in_schema(organization.schema_name):
        MarketingEvent.objects.all().delete()
    yield Bench(organization, jobs_database)
    connection.set_schema_to_public()
