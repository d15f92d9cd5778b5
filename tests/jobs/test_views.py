from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from posthub.core.tenancy import in_schema
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue
from posthub.jobs.queries import poll_delay, running_jobs
from posthub.organizations.models import Organization


@pytest.fixture
def job(acme: Organization) -> Job:
    with in_schema(acme.schema_name):
        return enqueue("test.write", key="view", payload={"name": "seen"}, title="Writing the article")


def test_the_page_of_a_running_job_polls_and_the_fragment_alone_comes_to_htmx(
    job: Job, browser_of: Any
) -> None:
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() + timedelta(minutes=1))
    page = browser_of("sofia").get(f"/jobs/{job.pk}/")
    part = browser_of("sofia").get(f"/jobs/{job.pk}/", headers={"hx-request": "true"})
    assert (page.status_code, part.status_code) == (200, 200)
    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert 'hx-trigger="load delay:1000ms' in part.content.decode()
    assert "HX-Request" in part["Vary"]


@pytest.mark.parametrize("state", ["DONE", "DEAD", "CANCELLED"])
def test_the_fragment_of_a_job_that_is_over_asks_no_more(job: Job, browser_of: Any, state: str) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, cause="" if state == "DONE" else "Why it ended.")
    answer = browser_of("sofia").get(f"/jobs/{job.pk}/", headers={"hx-request": "true"}).content.decode()
    assert "hx-trigger" not in answer
    assert (f"/jobs/{job.pk}/retry/" in answer) == (state != "DONE")
    assert ("Why it ended." in answer) == (state != "DONE")


def test_the_browser_asks_less_often_the_longer_it_takes(job: Job) -> None:
    delays = []
    for age in (1, 30, 200, 1000):
        job.created_at = timezone.now() - timedelta(seconds=age)
        delays.append(poll_delay(job))
    assert delays == [1000, 2000, 5000, 15000]


@pytest.mark.parametrize("action", ["", "cancel/", "retry/"])
def test_another_organizations_job_does_not_exist_here(
    job: Job, browser_of: Any, beta: Organization, action: str
) -> None:
    oscar = browser_of("oscar", host="beta.posthub.localhost")
    address = f"/jobs/{job.pk}/{action}"
    answer = oscar.post(address) if action else oscar.get(address)
    assert answer.status_code == 404
    assert Job.objects.get(pk=job.pk).state == "QUEUED"
    assert oscar.get(f"/jobs/{uuid4()}/").status_code == 404
    assert running_jobs(beta.schema_name) == []


def test_a_plain_form_calls_a_job_off_and_comes_back_to_its_page(job: Job, browser_of: Any) -> None:
    answer = browser_of("sofia").post(f"/jobs/{job.pk}/cancel/")
    assert (answer.status_code, answer["Location"]) == (303, f"/jobs/{job.pk}/")
    assert Job.objects.get(pk=job.pk).state == "CANCELLED"


def test_asking_again_shows_the_new_job(job: Job, browser_of: Any) -> None:
    Job.objects.filter(pk=job.pk).update(state="DEAD")
    answer = browser_of("sofia").post(f"/jobs/{job.pk}/retry/", headers={"hx-request": "true"})
    again = Job.objects.get(retry_of=job)
    assert f"/jobs/{again.pk}/" in answer.content.decode()


def test_asking_again_for_what_is_under_way_is_refused_with_a_word(job: Job, browser_of: Any) -> None:
    answer = browser_of("sofia").post(f"/jobs/{job.pk}/retry/")
    assert answer.status_code == 409
    assert "already under way" in answer.content.decode()
