from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from posthub.company.models import Company, Dna, DnaPoint, Fact
from posthub.jobs import runner
from posthub.jobs.models import Job, JobState
from posthub.lifecycle.machine import begin
from posthub.organizations.models import Organization
from posthub.personas.models import Persona
from tests.ai.offline.asking import six
from tests.ai.offline.companies import COMPANIES
from tests.shelf import back, shelf

__all__ = ["back", "shelf"]


@pytest.fixture
def company(tenant: Organization) -> Company:
    """A company with accepted DNA, its facts and three active voices."""
    given = COMPANIES["en"]
    company = Company.objects.create(name=given["company"]["brand_name"], language="en")
    dna = begin(Dna(company=company, number=1), "DRAFT")
    DnaPoint.objects.bulk_create(
        DnaPoint(dna=dna, key=key, value=value, confidence=0.9) for key, value in given["dna"].items()
    )
    Fact.objects.bulk_create(
        Fact(company=company, text=fact["text"], kind=fact["kind"], subject=fact["subject"], position=place)
        for place, fact in enumerate(given["facts"])
        if fact["id"].startswith("s:")
    )
    for place, voice in enumerate(six("en")[:3]):
        own = {key: voice[key] for key in ("name", "role_title", "one_line", "sample")}
        draft = {key: value for key, value in voice.items() if key != "id"}
        begin(Persona(company=company, position=place, voice=draft, **own), "ACTIVE")
    return company


@pytest.fixture
def work(db: None) -> Callable[[], list[Job]]:
    """Do all waiting jobs of this organization, as a worker would, until none is left."""

    def work_all() -> list[Job]:
        done: list[Job] = []
        schema_name = connection.schema_name
        while job := Job.objects.filter(state=JobState.QUEUED, schema_name=schema_name).first():
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
