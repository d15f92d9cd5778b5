from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now

from posthub.company.models import Company
from posthub.jobs import runner
from posthub.jobs.models import Job, JobState
from posthub.organizations.models import Organization
from tests.shelf import back, shelf
from tests.support.companies import make_company

__all__ = ["back", "shelf"]


@pytest.fixture
def company(tenant: Organization) -> Company:
    return make_company()


@pytest.fixture
def work(db: None) -> Callable[[], list[Job]]:
    """Do all jobs of this organization that are due, as a worker would, until none is left."""

    def work_all() -> list[Job]:
        done: list[Job] = []
        schema_name = connection.schema_name
        due = Job.objects.filter(state=JobState.QUEUED, schema_name=schema_name, run_after__lte=Now())
        while job := due.first():
            assert runner.run(str(job.pk)), f"{job.task} could not be claimed"
            connection.set_schema(schema_name)
            job.refresh_from_db()
            done.append(job)
        return done

    return work_all


@pytest.fixture
def month(company: Company, work: Any, cast: Any) -> list[Any]:
    """The proposed topics of one month to come."""
    from posthub.content.models import Topic
    from posthub.content.operations import propose_month

    propose_month(company, month="2027-02", by=cast.sofia)
    work()
    return list(Topic.objects.all())
