"""Real worker processes, killed and stopped while they work."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from posthub.core.processes import Program, end, launch
from posthub.jobs.models import Job
from tests.jobs.conftest import Bench
from tests.support.databases import database_url
from tests.support.waiting import wait_for

ROOT = Path(__file__).resolve().parents[2]
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(bench: Bench, tmp_path: Path) -> Iterator[Start]:
    environment = os.environ | {
        "DATABASE_URL": database_url(bench.database),
        "DATA_DIR": str(tmp_path),
        "TESTING": "1",
        "JOB_LEASE_SECONDS": "2",
        "SWEEP_SECONDS": "1",
        "SECRET_KEY": settings.SECRET_KEY,  # hints are signed with it
    }
    running: list[subprocess.Popen[bytes]] = []

    def begin(name: str, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
        program = Program(name, (sys.executable, *arguments))
        running.append(launch(program, tmp_path / "logs", environment | more, ROOT))
        return running[-1]

    yield begin
    end(running)


def test_a_worker_killed_in_mid_job_costs_no_work_no_second_effect_and_no_second_payment(
    bench: Bench, start: Start, tmp_path: Path
) -> None:
    reached, ledger = tmp_path / "reached", tmp_path / "ledger"
    workers = [start(f"worker-{number}", "-m", "tests.jobs.worker_process", "ai_jobs") for number in (1, 2)]
    start("sweeper", "manage.py", "posthub_sweeper")
    job = bench.ask("test.slow", name="survived", seconds=60, reached=str(reached), ledger=str(ledger))
    wait_for(lambda: reached.exists() and bool(reached.read_text()), tmp_path / "logs")
    os.kill(victim := int(reached.read_text()), signal.SIGKILL)
    assert victim in {worker.pid for worker in workers}
    seconds = wait_for(lambda: Job.objects.get(pk=job.pk).state == "DONE", tmp_path / "logs")
    assert (bench.written, Job.objects.get(pk=job.pk).attempts) == (["survived"], 2)
    assert len(ledger.read_text().splitlines()) == 1
    assert seconds < 60  # as long as the job itself would take


def test_a_worker_told_to_stop_finishes_the_job_at_hand(bench: Bench, start: Start, tmp_path: Path) -> None:
    reached, ledger = tmp_path / "reached", tmp_path / "ledger"
    worker = start("worker", "-m", "tests.jobs.worker_process", "ai_jobs", "quick")
    job = bench.ask("test.slow", name="finished", seconds=1.5, reached=str(reached), ledger=str(ledger))
    wait_for(lambda: reached.exists(), tmp_path / "logs")
    worker.terminate()
    assert worker.wait(20) == 0
    done = Job.objects.get(pk=job.pk)
    assert (done.state, done.attempts, bench.written) == ("DONE", 1, ["finished"])


def test_what_a_worker_cannot_finish_in_time_is_done_by_another_at_once(
    bench: Bench, start: Start, tmp_path: Path
) -> None:
    reached, ledger = tmp_path / "reached", tmp_path / "ledger"
    worker = start(
        "worker-1",
        "-m",
        "tests.jobs.worker_process",
        "ai_jobs",
        WORKER_STOP_SECONDS="1",
        JOB_LEASE_SECONDS="120",
    )
    job = bench.ask("test.slow", name="handed on", seconds=60, reached=str(reached), ledger=str(ledger))
    wait_for(lambda: reached.exists() and bool(reached.read_text()), tmp_path / "logs")
    worker.terminate()
    assert worker.wait(20) == 0
    waiting = Job.objects.get(pk=job.pk)
    # Not only when the lease of two minutes is over, and not at the cost of an attempt.
    assert (waiting.state, waiting.attempts, waiting.lease_until) == ("QUEUED", 0, None)
    assert len(ledger.read_text().splitlines()) == 1


def test_a_worker_whose_threads_hang_begins_anew_and_does_the_work(
    bench: Bench, start: Start, tmp_path: Path
) -> None:
    reached = tmp_path / "reached"
    hasty = {"DJANGO_SETTINGS_MODULE": "tests.jobs.hasty_settings"}
    worker = start("worker", "-m", "tests.jobs.worker_process", "quick", **hasty)
    start("sweeper", "manage.py", "posthub_sweeper")
    job = bench.ask("test.hang", reached=str(reached), seconds=600)
    wait_for(lambda: Job.objects.get(pk=job.pk).state == "DONE", tmp_path / "logs", seconds=40)
    wait_for(lambda: "begins anew" in (tmp_path / "logs" / "worker.log").read_text(), tmp_path / "logs")
    after = bench.ask("test.write", key="after", name="after")
    wait_for(lambda: Job.objects.get(pk=after.pk).state == "DONE", tmp_path / "logs", seconds=40)
    assert (worker.poll(), bench.written) == (None, ["attempt 2", "after"])


def test_no_worker_and_no_sweeper_outlives_who_started_it(bench: Bench, start: Start, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    parent = start("parent", "-m", "tests.jobs.careless_parent", str(pids))
    wait_for(lambda: pids.exists() and len(pids.read_text().split()) == 2, tmp_path / "logs", seconds=40)
    children = [int(pid) for pid in pids.read_text().split()]
    job = bench.ask("test.write", name="at work")
    wait_for(lambda: Job.objects.get(pk=job.pk).state == "DONE", tmp_path / "logs")
    assert all(is_running(pid) for pid in children)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    wait_for(lambda: not any(is_running(pid) for pid in children), tmp_path / "logs")


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
