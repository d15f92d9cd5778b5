"""The demo's people and organizations are made once, however often it is started; its waiting ends."""

import pytest
from django.conf import settings

from posthub.accounts.models import User
from posthub.core.errors import WorkFailed
from posthub.demo import seed
from posthub.demo.cast import CLIENT, MANAGER, MARKETER, PEOPLE
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue
from posthub.organizations.models import Assignment, Domain, Organization


def test_a_second_start_makes_nobody_and_nothing_twice(db: None) -> None:
    people = seed.make_people()
    made = seed.make_organization("Pekárna Podhorka", "podhorka", people[CLIENT.email], "cs", "pro", people)
    again = seed.make_people()
    assert again == people
    assert seed.make_organization("Another", "podhorka", again[CLIENT.email], "en", "pro", again) == made
    emails = [person.email for person in PEOPLE]
    assert User.objects.filter(email__in=emails).count() == len(emails)
    assert people[MARKETER.email].manager == people[MANAGER.email]
    assert Organization.objects.filter(name="Pekárna Podhorka").count() == 1
    assert Domain.objects.get(tenant=made).domain == f"podhorka.{settings.BASE_HOST}"
    assert Assignment.objects.get(organization=made).marketer == people[MARKETER.email]


@pytest.fixture
def job(tenant: Organization) -> Job:
    return enqueue("content.write_article", key="seed", payload={}, title="Writing the article")


def test_waiting_ends_with_the_job_and_says_why_it_came_to_nothing(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(state="DONE")
    seed.wait(job)
    Job.objects.filter(pk=job.pk).update(state="DEAD", cause="No answer.")
    with pytest.raises(seed.JobFailed, match=r"Writing the article: No answer\."):
        seed.wait(job)


def test_waiting_without_a_worker_ends_too(job: Job) -> None:
    with pytest.raises(WorkFailed, match="Is a worker running"):
        seed.wait(job, seconds=0.3)


def test_all_work_of_a_task_is_waited_for_however_it_ends(job: Job) -> None:
    seed.wait_for_all("content.propose_topics")
    Job.objects.filter(pk=job.pk).update(state="DEAD")
    seed.wait_for_all("content.write_article")
