"""Whoever asked for work that fails hears of it by mail, once for all that fails within minutes."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from posthub.jobs import sweeper
from posthub.jobs.models import Job, JobState
from posthub.jobs.operations import cancel, enqueue, retry
from posthub.jobs.runner import run
from posthub.jobs.telling import GATHER_SECONDS
from posthub.organizations.models import Membership, Organization
from tests.jobs import tasks_for_tests

assert tasks_for_tests  # importing it registers the tasks
LETTERS = {"task": "jobs.mail_failed"}


@pytest.fixture
def fail(tenant: Organization, cast: Any) -> Any:
    """Work of sofia's that fails for good; returns its row."""

    def once(key: str, cause: str, **asked: Any) -> Job:
        connection.set_tenant(tenant)
        asked = {"title": f"Work {key}", "by": cast.sofia, **asked}
        job = enqueue("test.fail", key=key, payload={"cause": cause, "permanent": True}, **asked)
        run(str(job.pk))
        return Job.objects.get(pk=job.pk)

    return once


def letters_sent() -> list[Any]:
    for letter in Job.objects.filter(**LETTERS, state=JobState.QUEUED):
        assert letter.run_after > timezone.now() + timedelta(seconds=GATHER_SECONDS - 60)
        Job.objects.filter(pk=letter.pk).update(run_after=timezone.now())
        run(str(letter.pk))
    return mail.outbox


def test_one_mail_tells_of_all_that_failed_with_cause_and_way(fail: Any, cast: Any) -> None:
    cast.sofia.language = "cs"
    cast.sofia.save()
    failed = [fail("1", "The disk is full."), fail("2", "No answer.")]
    Job.objects.update(finished_at=failed[0].finished_at)  # the clock may have turned a window between them
    (letter,) = letters_sent()
    assert (letter.to, letter.subject) == (
        ["sofia@example.com"], "Acme: 2 věci, o které jste žádali, se nepodařilo dokončit",
    )  # fmt: skip
    for text in (str(letter.body), str(letter.alternatives[0][0])):
        for job, cause in zip(failed, ("The disk is full.", "No answer."), strict=True):
            assert job.title in text
            assert cause in text
            assert f"http://acme.posthub.localhost:8000/jobs/{job.pk}/" in text


def test_what_was_asked_for_again_or_called_off_or_by_nobody_is_not_told(
    fail: Any, cast: Any, tenant: Organization
) -> None:
    again = fail("1", "No answer.")
    connection.set_tenant(tenant)
    retry(again, by=cast.sofia)
    called_off = enqueue("test.fail", key="2", payload={"permanent": True}, title="Work", by=cast.sofia)
    cancel(called_off)
    fail("5", "It was mistyped.", result_url="/dna/")
    connection.set_tenant(tenant)
    enqueue("test.fail", key="6", payload={}, title="Work", by=cast.sofia, result_url="/dna/")
    for key, asked in (("3", {"by": None}), ("4", {"title": ""})):
        fail(key, "No answer.", **asked)
    assert Job.objects.filter(**LETTERS).count() == 1
    assert letters_sent() == []


def test_whoever_left_meanwhile_hears_nothing(fail: Any, cast: Any, tenant: Organization) -> None:
    fail("1", "No answer.")
    Membership.objects.filter(user=cast.sofia).delete()
    assert letters_sent() == []


def test_work_whose_workers_died_too_often_is_told_as_well(fail: Any, cast: Any) -> None:
    job = fail("1", "No answer.", by=None)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, attempts=5, lease_until=timezone.now(), asked_by=cast.sofia
    )
    sweeper.free_expired()
    (letter,) = letters_sent()
    assert "interrupted too often" in str(letter.body)
    assert letter.subject == "Acme: something you asked for could not be finished"
