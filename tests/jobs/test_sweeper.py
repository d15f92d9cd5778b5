import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.test import override_settings
from django.utils import timezone

from posthub.core.tasks import make_transport_tables, tasks, wake_up_queue
from posthub.jobs import sweeper
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue
from posthub.jobs.queries import queue_health
from posthub.jobs.worker import run_job_task
from tests.jobs.conftest import Bench
from tests.support.threads import all_well, at_once

TRANSPORTS = ["postgresql", *(["redis"] if shutil.which("redis-server") else [])]


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    directory = tmp_path_factory.mktemp("redis")
    path = directory / "redis.sock"
    command = [
        "redis-server",
        "--port",
        "0",
        "--unixsocket",
        str(path),
        "--save",
        "",
        "--dir",
        str(directory),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 10
        while not path.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        yield f"unix://{path}"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(params=TRANSPORTS)
def transport(request: pytest.FixtureRequest, bench: Bench) -> Iterator[str]:
    """The hints travel by each of the two, with everything else the same."""
    url = request.getfixturevalue("redis_url") if request.param == "redis" else ""
    with override_settings(REDIS_URL=url):
        _forget_transport()
        make_transport_tables()
        if url:
            redis.Redis.from_url(url).flushall()
        yield request.param
    _forget_transport()


def _forget_transport() -> None:
    wake_up_queue.cache_clear()
    run_job_task.cache_clear()


def test_a_hint_wakes_a_worker_that_does_the_work(transport: str, bench: Bench) -> None:
    bench.ask("test.write", name="hinted")
    assert (bench.drain("quick"), bench.written) == (1, ["hinted"])


def test_hints_that_were_lost_are_given_again(transport: str, bench: Bench) -> None:
    for number in range(5):
        bench.ask("test.write", key=str(number), name="lost")
    wake_up_queue("quick").storage.flush_queue()
    assert sweeper.hint_waiting() == 0  # they may still be on their way
    Job.objects.update(hinted_at=timezone.now() - timedelta(seconds=5))
    assert sweeper.hint_waiting() == 5
    assert (bench.drain("quick"), bench.written) == (5, ["lost"] * 5)


def test_a_transport_that_is_down_loses_no_work(bench: Bench) -> None:
    with override_settings(REDIS_URL="redis://127.0.0.1:1/0"):
        _forget_transport()
        job = bench.ask("test.write", name="kept")
    _forget_transport()
    Job.objects.update(hinted_at=None)
    assert sweeper.hint_waiting() == 1
    assert (bench.drain("quick"), bench.written) == (1, ["kept"])
    assert Job.objects.get(pk=job.pk).state == "DONE"


def test_a_long_queue_does_not_pile_up_hints(transport: str, bench: Bench) -> None:
    for number in range(sweeper.BATCH):
        bench.ask("test.write", key=str(number), name="many")
    Job.objects.update(hinted_at=None)
    assert sweeper.hint_waiting() == 0
    assert wake_up_queue("quick").pending_count() == sweeper.BATCH


def test_a_dead_workers_job_is_freed_with_a_new_fence(bench: Bench) -> None:
    job = bench.ask("test.write", name="freed")
    Job.objects.filter(pk=job.pk).update(state="RUNNING", fence=1, attempts=1)
    bench.let_lease_expire(job)
    assert queue_health()["quick"]["beyond_lease"] == 1
    assert sweeper.free_expired() == 1
    freed = Job.objects.get(pk=job.pk)
    assert (freed.state, freed.fence, bench.run(job).state) == ("QUEUED", 2, "DONE")


def test_a_living_workers_job_is_left_alone(bench: Bench) -> None:
    job = bench.ask("test.write", name="mine")
    Job.objects.filter(pk=job.pk).update(
        state="RUNNING", fence=1, lease_until=timezone.now() + timedelta(seconds=30)
    )
    assert sweeper.free_expired() == 0


def test_a_job_that_kills_its_worker_each_time_is_buried_after_five(bench: Bench) -> None:
    job = bench.ask("test.slow", name="poison")
    Job.objects.filter(pk=job.pk).update(state="RUNNING", fence=5, attempts=5)
    bench.let_lease_expire(job)
    sweeper.free_expired()
    dead = Job.objects.get(pk=job.pk)
    assert (dead.state, dead.cause) == ("DEAD", "The work was interrupted too often.")
    assert bench.written == ["buried: The work was interrupted too often."]


def test_a_burial_that_breaks_does_not_keep_the_others_from_being_freed(bench: Bench) -> None:
    broken, healthy = bench.ask("test.break"), bench.ask("test.write", name="healthy")
    Job.objects.filter(pk=broken.pk).update(state="RUNNING", attempts=5)
    Job.objects.filter(pk=healthy.pk).update(state="RUNNING", attempts=1)
    for job in (broken, healthy):
        bench.let_lease_expire(job)
    assert sweeper.free_expired() == 2
    assert dict(Job.objects.values_list("task", "state")) == {"test.break": "DEAD", "test.write": "QUEUED"}


def test_a_job_called_off_while_its_worker_died_is_called_off(bench: Bench) -> None:
    job = bench.ask("test.slow", name="off")
    Job.objects.filter(pk=job.pk).update(state="RUNNING", attempts=1, cancel_requested=True)
    bench.let_lease_expire(job)
    sweeper.free_expired()
    assert (Job.objects.get(pk=job.pk).state, bench.written) == (
        "CANCELLED",
        ["buried: This was called off."],
    )


def test_periodic_work_is_started_once_a_period_by_however_many_sweepers(bench: Bench) -> None:
    all_well(at_once(4, lambda _number: sweeper.start_periodic()))
    periodic = sorted(task.name for task in tasks().values() if task.every is not None)
    assert sorted(Job.objects.values_list("task", flat=True)) == periodic
    assert "jobs.purge" in periodic


def test_finished_jobs_are_forgotten_after_a_month_and_failed_ones_kept(bench: Bench) -> None:
    done = bench.run(bench.ask("test.write", name="old"))
    dead = bench.run(bench.ask("test.fail", permanent=True))
    Job.objects.update(finished_at=timezone.now() - timedelta(days=31))
    purge = enqueue("jobs.purge", key="today", payload={})
    bench.run(purge)
    assert set(Job.objects.values_list("pk", flat=True)) == {dead.pk, purge.pk}
    assert done.state == "DONE"


def test_a_slot_with_much_waiting_is_reported(bench: Bench, tmp_path: Path) -> None:
    job = bench.ask("test.write", name="waiting")
    Job.objects.filter(pk=job.pk).update(run_after=timezone.now() - timedelta(seconds=90))
    report = queue_health()
    nothing = {
        "waiting": 0, "oldest_waiting_seconds": 0, "running": 0, "beyond_lease": 0, "oldest_beyond_lease_seconds": 0,
        "stuck": False,
    }  # fmt: skip
    assert report["quick"] == nothing | {"waiting": 1, "oldest_waiting_seconds": 90}
    assert [name for name, queue in report.items() if queue == nothing] == [
        "default", "ai_jobs", "ai_priority", "scheduled",
    ]  # fmt: skip


def test_what_waits_too_long_or_was_not_taken_back_is_called_stuck(bench: Bench) -> None:
    waiting, running = bench.ask("test.write", name="waiting"), bench.ask("test.slow", name="running")
    bench.waited(waiting, 301)
    over = timezone.now() - timedelta(seconds=60)
    Job.objects.filter(pk=running.pk).update(state="RUNNING", lease_until=over)
    report = queue_health()
    assert (report["quick"]["stuck"], report["ai_jobs"]["stuck"]) == (True, True)
    assert report["ai_jobs"]["oldest_beyond_lease_seconds"] == 60
    assert report["default"]["stuck"] is False
