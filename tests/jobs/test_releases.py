"""While a release is rolled out, rows of the one before and of the one after stand in the same queues."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from posthub.core.tasks import knows, read_payload, tasks
from posthub.jobs.models import Job
from posthub.jobs.operations import retry
from tests.jobs.conftest import Bench

STORED = json.loads((Path(__file__).parent / "rows_of_the_first_release.json").read_text())

INSERT = """
INSERT INTO jobs_job (id, created_at, updated_at, schema_name, task, queue, key, payload, title, state, fence, attempts,
  max_attempts, run_after, cancel_requested, step, answers, cause, detail, result_url)
VALUES (gen_random_uuid(), now(), now(), %s, %s, %s, %s, %s, '', 'QUEUED', 0, 0, 5, now(), false, '', '{}', '', '', '')
RETURNING id
"""


def stored(bench: Bench, task: str, payload: dict[str, object]) -> Job:
    """A row as the first release wrote it, which knew neither versions nor who was served when."""
    with connection.cursor() as cursor:
        key = f"{bench.organization.schema_name}:{task}:stored"
        values = [bench.organization.schema_name, task, tasks()[task].queue, key, json.dumps(payload)]
        cursor.execute(INSERT, values)
        return Job.objects.get(pk=cursor.fetchone()[0])


def test_a_row_of_the_release_before_runs(bench: Bench) -> None:
    job = bench.run(stored(bench, "test.reshaped", {"name": "Eva"}))
    assert (job.state, job.version, bench.written) == ("DONE", 1, ["hello Eva"])


def test_a_row_of_each_version_runs(bench: Bench) -> None:
    second = bench.ask("test.reshaped", key="2", names=["Eva", "Jan"])
    third = bench.ask("test.reshaped", key="3", names=["Ota"], greeting="good day")
    Job.objects.filter(pk=second.pk).update(version=2)
    for job in (second, third):
        bench.run(job)
    assert (third.version, bench.written) == (3, ["hello Eva and Jan", "good day Ota"])


def test_asking_again_for_old_work_asks_in_the_shape_of_today(bench: Bench) -> None:
    job = stored(bench, "test.reshaped", {"name": "Eva"})
    Job.objects.filter(pk=job.pk).update(state="DEAD")
    again = retry(job, by=None)
    assert (again.version, again.payload) == (3, {"names": ["Eva"], "greeting": "hello"})


def test_every_row_the_first_release_could_leave_behind_can_be_read() -> None:
    """A task whose payload changes gets a higher version and a reader of the one before; see `reads_version`."""
    assert [task for task in STORED if not knows(task, 1)] == []
    same_shape = {task: payload for task, payload in STORED.items() if tasks()[task].version == 1}
    assert {task: read_payload(task, 1, payload) for task, payload in same_shape.items()} == same_shape


def test_every_older_version_of_every_task_can_be_read() -> None:
    unreadable = [task.name for task in tasks().values() if not knows(task.name, max(1, task.version - 1))]
    assert unreadable == []


@pytest.mark.parametrize(("task", "version"), [("test.of_tomorrow", 1), ("test.reshaped", 4)])
def test_a_row_of_the_next_release_waits_for_a_worker_that_knows_it(
    bench: Bench, task: str, version: int
) -> None:
    job = bench.ask("test.reshaped", name="Eva")
    Job.objects.filter(pk=job.pk).update(task=task, version=version)
    waiting = bench.run(job)
    assert (waiting.state, waiting.attempts, waiting.run_after > timezone.now()) == ("QUEUED", 0, True)
    Job.objects.filter(pk=job.pk).update(
        run_after=timezone.now(), started_at=timezone.now() - timedelta(days=2)
    )
    assert (bench.run(job).state, bench.run(job).cause) == ("DEAD", "No worker knows this work any more.")
