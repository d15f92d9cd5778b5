"""A company of acme's, begun by sofia, and what a reading of its website finds."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from posthub.company.generation import FoundPoint
from posthub.company.models import Company, Dna, DnaPoint
from posthub.company.operations import start_company
from posthub.jobs.models import Job
from posthub.jobs.runner import RunningJob
from posthub.organizations.models import Organization


def staying(client: Client, tenant: Organization) -> Client:
    """A request ends in the public schema; the test goes on in the organization's."""
    ask = client.request

    def ask_and_return(**request: Any) -> Any:
        try:
            return ask(**request)
        finally:
            connection.set_tenant(tenant)

    client.request = ask_and_return
    return client


@pytest.fixture
def sofia(browser_of: Any, tenant: Organization) -> Client:
    return staying(browser_of("sofia"), tenant)


@pytest.fixture
def marek(browser_of: Any, tenant: Organization) -> Client:
    return staying(browser_of("marek"), tenant)


@pytest.fixture
def company(tenant: Organization, cast: SimpleNamespace) -> Company:
    return start_company(name="", website="https://alder.example/", language="en", by=cast.sofia)


def found(key: str, value: Any, **more: Any) -> FoundPoint:
    said = {"source_url": "https://alder.example/about", "quote": "As we say.", "confidence": 0.9, **more}
    return FoundPoint(key=key, value=value, **said)


def point(company: Company, key: str, state: str = "DRAFT") -> DnaPoint:
    return DnaPoint.objects.select_related("dna__company").get(
        dna__company=company, dna__state=state, key=key
    )


def version(company: Company, state: str) -> Dna:
    return Dna.objects.select_related("company").get(company=company, state=state)


def running(job: Job) -> RunningJob:
    """The job as a worker holds it."""
    Job.objects.filter(pk=job.pk).update(state="RUNNING", fence=1)
    return RunningJob(Job.objects.get(pk=job.pk))
