import sys

import pytest
from django.db import transaction

from posthub.accounts.models import User
from posthub.core.errors import WrongState
from posthub.core.tasks import wake_up_queue
from posthub.core.tenancy import in_schema
from posthub.jobs.models import Job
from posthub.jobs.operations import cancel, enqueue, hint, retry
from posthub.jobs.worker import run_job_task
from tests.jobs.conftest import Bench
from tests.support.threads import all_well, at_once


class ChangedMind(Exception):
    pass


def test_work_asked_for_in_a_transaction_that_is_rolled_back_was_never_asked_for(bench: Bench) -> None:
    with pytest.raises(ChangedMind), transaction.atomic():  # noqa: PT012 - both lines are the point
        bench.ask("test.write", name="never")
        raise ChangedMind
    assert Job.objects.count() == 0
    assert wake_up_queue("quick").pending_count() == 0


def test_the_hint_is_given_only_when_the_row_is_committed(bench: Bench) -> None:
    with transaction.atomic():
        bench.ask("test.write", name="soon")
        assert wake_up_queue("quick").pending_count() == 0
    assert wake_up_queue("quick").pending_count() == 1


def test_the_first_hints_of_a_process_may_be_given_by_many_threads_at_once(bench: Bench) -> None:
    """A web process has several threads, and each makes the queue where it is not there yet."""

    def first_hint(_number: int) -> int:
        hint("0d0f5a52-6cf0-4e39-a0f3-5a5a0a9e3f11", "quick")
        return id(wake_up_queue("quick"))

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _attempt in range(10):
            wake_up_queue.cache_clear()
            run_job_task.cache_clear()
            assert len(set(all_well(at_once(8, first_hint)))) == 1
    finally:
        sys.setswitchinterval(usual)
    assert wake_up_queue("quick").pending_count() == 80


def test_the_same_work_asked_for_by_twelve_at_once_is_one_job(bench: Bench) -> None:
    jobs = all_well(at_once(12, lambda _number: bench.ask("test.write", name="one").pk))
    assert len(set(jobs)) == 1
    assert Job.objects.count() == 1


def test_the_same_key_in_another_organization_is_other_work(bench: Bench) -> None:
    mine = bench.ask("test.write", name="mine")
    with in_schema("public"):
        theirs = enqueue("test.write", key="1", payload={"name": "theirs"})
    assert (mine.pk == theirs.pk, mine.schema_name == theirs.schema_name) == (False, False)


def test_waiting_work_that_is_called_off_never_runs_and_what_it_was_for_is_told(bench: Bench) -> None:
    job = cancel(bench.ask("test.fail", permanent=True))
    assert (job.state, bench.run(job).attempts) == ("CANCELLED", 0)
    assert bench.written == ["buried: This was called off."]


def test_what_is_over_cannot_be_called_off(bench: Bench) -> None:
    job = bench.run(bench.ask("test.write", name="done"))
    assert cancel(job).state == "DONE"


def test_asking_again_for_what_failed_gets_it_ready_first(bench: Bench) -> None:
    job = bench.run(bench.ask("test.fail", permanent=True))
    with in_schema(job.schema_name):
        again = retry(job, by=User.objects.get(email="sofia@example.com"))
    assert (again.state, again.retry_of_id, again.payload["again"]) == ("QUEUED", job.pk, True)


def test_two_people_asking_again_at_once_get_one_job(bench: Bench) -> None:
    job = bench.run(bench.ask("test.fail", permanent=True))

    def ask_again(_number: int) -> object:
        with in_schema(job.schema_name):
            return retry(job, by=None).pk

    assert len(set(all_well(at_once(6, ask_again)))) == 1
    assert Job.objects.count() == 2


def test_asking_again_pays_nothing_twice(bench: Bench) -> None:
    job = bench.ask("test.fail", permanent=True)
    Job.objects.filter(pk=job.pk).update(answers={"outline": "paid for"})
    failed = bench.run(job)
    with in_schema(job.schema_name):
        again = retry(failed, by=None)
    assert Job.objects.get(pk=again.pk).answers == {"outline": "paid for"}


def test_what_runs_or_is_done_cannot_be_asked_for_again(bench: Bench) -> None:
    waiting = bench.ask("test.write", name="one")
    done = bench.run(waiting)
    for job in (waiting, done):
        with pytest.raises(WrongState):
            retry(job, by=None)
