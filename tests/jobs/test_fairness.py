"""Whose turn it is: no organization can starve the others, and a long line costs no more than a short one."""

from collections.abc import Iterable

import pytest
from django.db import connection

from posthub.jobs import claims
from posthub.jobs.models import Job
from tests.jobs.conftest import Bench
from tests.support.threads import all_well, at_once

QUIET = [f"quiet_{number:02}" for number in range(19)]


def stand_in_line(jobs: Iterable[tuple[str, int]], queue: str = "ai_jobs") -> None:
    Job.objects.bulk_create(
        Job(schema_name=schema, task="test.write", queue=queue, key=f"{schema}:test.write:{queue}-{number}")
        for schema, count in jobs
        for number in range(count)
    )


def serve(turns: int, at_a_time: int) -> list[str]:
    """Whom a queue with so many slots serves when each job is over as soon as all slots are busy."""
    served, running = [], []
    for _turn in range(turns):
        job = claims.take_next("ai_jobs")
        assert job is not None
        served.append(job.schema_name)
        running.append(job.pk)
        if len(running) == at_a_time:
            Job.objects.filter(pk=running.pop(0)).update(state="DONE")
    return served


@pytest.mark.parametrize("at_a_time", [1, 2, 6])
def test_one_noisy_organization_among_twenty_gets_one_turn_in_twenty(bench: Bench, at_a_time: int) -> None:
    stand_in_line([("noisy", 400)])
    stand_in_line((schema, 5) for schema in QUIET)
    served = serve(100, at_a_time)
    assert {schema: served.count(schema) for schema in ["noisy", *QUIET]} == dict.fromkeys(
        ["noisy", *QUIET], 5
    )


def test_who_comes_late_does_not_wait_for_the_whole_line_of_another(bench: Bench) -> None:
    stand_in_line([("noisy", 400)])
    serve(50, 4)
    stand_in_line([("late", 1)])
    assert serve(1, 4) == ["late"]


def test_long_jobs_of_one_organization_do_not_take_all_places(bench: Bench) -> None:
    stand_in_line([("noisy", 10), *((schema, 3) for schema in QUIET[:3])])
    long_jobs = [claims.take_next("ai_jobs") for _place in range(4)]
    assert len({job.schema_name for job in long_jobs if job}) == 4
    for job in long_jobs:
        if job and job.schema_name != "noisy":
            Job.objects.filter(pk=job.pk).update(state="DONE")
    # The noisy one still has its one job running: everybody else is served before it gets a second place.
    assert "noisy" not in serve(6, 2)


def test_inside_an_organization_who_waited_longest_is_first_and_what_is_not_due_waits(bench: Bench) -> None:
    third, first, second = (bench.ask("test.write", key=name, name=name) for name in ("c", "a", "b"))
    bench.ask("test.write", key="later", name="later", delay=60)
    for seconds, job in enumerate([third, second, first]):
        bench.waited(job, seconds)
    taken = [claims.take_next("quick") for _turn in range(4)]
    assert [job and job.pk for job in taken] == [first.pk, second.pk, third.pk, None]


def test_eight_workers_at_once_take_eight_different_jobs(bench: Bench) -> None:
    stand_in_line([("noisy", 30), *((schema, 1) for schema in QUIET[:4])])
    taken = all_well(at_once(8, lambda _number: [claims.take_next("ai_jobs") for _turn in range(3)]))
    jobs = [job.pk for three in taken for job in three if job]
    assert (len(jobs), len(set(jobs))) == (24, 24)


def test_a_queue_takes_from_its_own_line_only(bench: Bench) -> None:
    stand_in_line([("noisy", 3)], queue="default")
    assert claims.take_next("ai_jobs") is None


def test_a_line_of_five_thousand_costs_a_look_at_one_row_an_organization(bench: Bench) -> None:
    stand_in_line([("noisy", 5000), *((schema, 5) for schema in QUIET)])
    with connection.cursor() as cursor:
        # Without the dead rows of the tests before: it is this line that is measured.
        cursor.execute("VACUUM (ANALYZE) jobs_job")
        statement = claims._TAKE.format(chosen=claims._NEXT)
        cursor.execute(
            f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", {"queue": "ai_jobs", "lease": 20}
        )
        plan = cursor.fetchone()[0][0]["Plan"]
    assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] < 500
