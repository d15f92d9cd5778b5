"""A job past its queue's limit: let go, done by another, and its thread can neither write nor hold the place."""

import time
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.test import override_settings

from posthub.core.deadline import seconds_left, within
from posthub.jobs import hands, sweeper, worker
from posthub.jobs.models import Job
from posthub.jobs.worker import QueueConsumer, pause_after, run_in_worker, run_job_task
from tests.jobs.conftest import Bench


def wait_until(what: Any, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def test_a_job_past_its_limit_is_done_by_another_thread_and_the_first_writes_nothing(
    bench: Bench, tmp_path: Path
) -> None:
    one_place = settings.QUEUES | {"quick": (1, 1)}
    with override_settings(QUEUES=one_place, JOB_LEASE_SECONDS=3):
        run_job_task("quick")
        consumer = QueueConsumer("quick")
        consumer.start()
        try:
            hanging = bench.ask("test.hang", reached=str(tmp_path / "reached"), seconds=8)
            other = bench.ask("test.write", key="other", name="other")
            wait_until(lambda: hands.overdue_threads())
            (zombie,) = hands.overdue_threads()
            consumer.replace_overdue()
            assert (consumer.worn_out, len(consumer.worker_threads)) == (True, 1)
            both = Job.objects.filter(pk__in=[hanging.pk, other.pk], state="DONE")
            wait_until(lambda: sweeper.sweep() and both.count() == 2)
            # All that while the first thread slept; now it wants to write, and may not.
            assert zombie.is_alive()
            zombie.join(20)
        finally:
            consumer.stop(graceful=True)
    assert sorted(bench.written) == ["attempt 2", "other"]
    assert (Job.objects.get(pk=hanging.pk).attempts, hands.HANDS, consumer.worn_out) == (2, set(), False)


def test_what_is_at_hand_when_the_process_ends_is_free_at_once_and_costs_no_attempt(bench: Bench) -> None:
    job = bench.ask("test.write", name="cut off")
    Job.objects.filter(pk=job.pk).update(state="RUNNING", fence=1, attempts=1)
    with hands.Hand(Job.objects.get(pk=job.pk)):
        assert hands.put_everything_back() == 1
    waiting = Job.objects.get(pk=job.pk)
    assert (waiting.state, waiting.attempts, waiting.lease_until, waiting.hinted_at) == (
        "QUEUED",
        0,
        None,
        None,
    )
    assert (bench.run(job).state, bench.written) == ("DONE", ["cut off"])


def test_a_wait_ends_with_the_work_it_belongs_to() -> None:
    assert seconds_left(30) == 30
    with within(5):
        assert 4 < seconds_left(30) <= 5
        with within(60):
            assert seconds_left(30) <= 5
        assert seconds_left(2) == 2
        with within(-1):
            assert 0 < seconds_left(30) < 0.1
    assert seconds_left(30) == 30


def test_a_database_that_is_away_is_asked_less_and_less_often(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    job = bench.ask("test.write", name="afterwards")
    worker.STOPPING.set()  # a worker that is being stopped does not wait; what it would have waited is logged
    try:
        with psycopg.connect(bench.url, autocommit=True) as session:
            # A table nobody finds stands for a database that answers nothing.
            session.execute("ALTER TABLE jobs_job RENAME TO jobs_job_away")
            assert [run_in_worker("quick") for _hint in range(9)] == [False] * 9
            session.execute("ALTER TABLE jobs_job_away RENAME TO jobs_job")
    finally:
        worker.STOPPING.clear()
    pauses = [record.args[0] for record in caplog.records if record.name == "posthub.jobs.worker"]  # type: ignore[index]
    assert all(0.1 * 2**n <= pause <= 5 for n, pause in enumerate(pauses[:5]))
    assert (len(pauses), min(pauses[5:]) >= 2.5) == (9, True)
    assert (run_in_worker("quick"), Job.objects.get(pk=job.pk).state) == (True, "DONE")
    assert pause_after(1000) <= 5
