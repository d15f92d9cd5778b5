import time
from pathlib import Path

from django.test import override_settings
from django.utils import timezone

from posthub.accounts.models import User
from posthub.jobs import runner
from posthub.jobs.hands import Hand
from posthub.jobs.models import Job
from posthub.jobs.runner import backoff
from posthub.organizations import ledger as migrations
from tests.jobs.conftest import Bench
from tests.support.threads import all_well, at_once


def test_what_a_job_writes_and_that_it_is_done_come_together(bench: Bench) -> None:
    job = bench.run(bench.ask("test.write", name="fresh"))
    assert (job.state, job.progress, job.result_url, job.lease_until) == ("DONE", 100, "/calendar/", None)
    assert bench.written == ["fresh"]


def test_a_job_that_breaks_inside_its_effect_leaves_nothing_and_is_tried_again(bench: Bench) -> None:
    job = bench.run(bench.ask("test.break_inside"))
    assert (job.state, job.attempts, bench.written) == ("QUEUED", 1, [])
    assert job.run_after > timezone.now()


def test_of_eight_workers_that_were_woken_for_one_job_one_does_it(bench: Bench) -> None:
    job = bench.ask("test.write", name="once")
    did = all_well(at_once(8, lambda _number: runner.run(str(job.pk))))
    assert sorted(did) == [False] * 7 + [True]
    assert bench.written == ["once"]


def test_work_that_is_asked_for_later_is_not_begun_now(bench: Bench) -> None:
    job = bench.ask("test.write", name="later", delay=60)
    assert runner.run(str(job.pk)) is False


def test_an_organization_in_maintenance_keeps_its_jobs_until_it_is_migrated(bench: Bench) -> None:
    job = bench.ask("test.write", name="patient")
    migrations.write_failed(job.schema_name, "later", "broken", 0)
    assert runner.run(str(job.pk)) is False
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("QUEUED", 0)
    migrations.write_done(job.schema_name, "later", 0)
    assert bench.run(job).state == "DONE"


def test_a_worker_that_was_taken_for_dead_writes_nothing(bench: Bench) -> None:
    job = bench.run(bench.ask("test.overtaken"))
    assert (job.state, job.attempts, bench.written) == ("DONE", 2, ["attempt 2"])


def test_an_answer_is_paid_for_once_and_is_the_same_at_the_second_attempt(
    bench: Bench, tmp_path: Path
) -> None:
    ledger = tmp_path / "ledger"
    job = bench.ask("test.paid", ledger=str(ledger))
    assert bench.run(job).state == "QUEUED"
    done = bench.run(job)
    assert (done.state, done.answers, bench.written) == ("DONE", {}, ["True one"])
    assert len(ledger.read_text().splitlines()) == 1


def test_an_answer_is_kept_although_the_database_restarts_right_after_it_was_paid_for(
    bench: Bench, tmp_path: Path
) -> None:
    ledger = tmp_path / "ledger"
    job = bench.run(bench.ask("test.cut_off", ledger=str(ledger), database=bench.url))
    assert (job.state, job.attempts, bench.written) == ("DONE", 1, ["answer"])
    assert len(ledger.read_text().splitlines()) == 1


def test_a_job_called_off_while_it_runs_stops_at_its_next_step(bench: Bench) -> None:
    job = bench.run(bench.ask("test.called_off", steps=True))
    assert (job.state, bench.written) == ("CANCELLED", ["buried: This was called off."])


def test_a_job_called_off_before_it_writes_does_not_write(bench: Bench) -> None:
    job = bench.run(bench.ask("test.called_off", steps=False))
    assert (job.state, bench.written) == ("CANCELLED", ["buried: This was called off."])


def test_what_would_fail_again_is_not_tried_again(bench: Bench) -> None:
    job = bench.run(bench.ask("test.fail", permanent=True, cause="The key is wrong."))
    assert (job.state, job.attempts, job.cause) == ("DEAD", 1, "The key is wrong.")
    assert bench.written == ["buried: The key is wrong."]


def test_what_fails_in_passing_is_tried_five_times_and_then_given_up(bench: Bench) -> None:
    job = bench.ask("test.fail", permanent=False)
    states = [bench.run(job).state for _attempt in range(6)]
    assert states == ["QUEUED"] * 4 + ["DEAD"] * 2
    assert bench.written == ["buried: It cannot be done."]


def test_a_broken_burial_is_undone_and_the_job_is_over_all_the_same(bench: Bench) -> None:
    job = bench.ask("test.break")
    Job.objects.filter(pk=job.pk).update(attempts=4)
    assert (bench.run(job).state, bench.written) == ("DEAD", [])
    assert Job.objects.get(pk=job.pk).cause == "Something broke on our side. We know about it."


def test_a_job_speaks_the_language_of_who_asked_else_of_the_organization(bench: Bench) -> None:
    sofia = User.objects.get(email="sofia@example.com")
    User.objects.filter(pk=sofia.pk).update(language="cs")
    bench.run(bench.ask("test.speak", key="hers", by=sofia))
    bench.run(bench.ask("test.speak", key="nobody's"))
    assert bench.written == ["Ano", "Yes"]


@override_settings(JOB_LEASE_SECONDS=1)
def test_a_heartbeat_keeps_the_lease_while_the_work_goes_on(bench: Bench) -> None:
    job = bench.ask("test.write", name="slow")
    Job.objects.filter(pk=job.pk).update(state="RUNNING", lease_until=timezone.now(), fence=1)
    job.refresh_from_db()
    with Hand(job):
        time.sleep(1.2)
        assert Job.objects.get(pk=job.pk).lease_until > timezone.now()


@override_settings(JOB_LEASE_SECONDS=1)
def test_a_heartbeat_ends_with_the_fence(bench: Bench) -> None:
    job = bench.ask("test.write", name="slow")
    Job.objects.filter(pk=job.pk).update(state="RUNNING", lease_until=timezone.now(), fence=1)
    job.refresh_from_db()
    Job.objects.filter(pk=job.pk).update(fence=2)
    heartbeat = Hand(job)
    with heartbeat:
        time.sleep(0.8)
        assert Job.objects.get(pk=job.pk).lease_until < timezone.now()


def test_each_pause_is_longer_than_the_one_before_up_to_a_minute_and_a_half() -> None:
    pauses = [backoff(attempt) for attempt in range(1, 9)]
    assert all(2 ** min(number, 6) * 0.9 <= pause for number, pause in enumerate(pauses))
    assert max(pauses) <= 90
