"""A worker killed in the middle of an article: the article is finished, once, by another one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from posthub.accounts.models import User
from posthub.ai.models import CallRecord
from posthub.content.models import BlogPost
from posthub.content.operations import approve_topic
from posthub.core.processes import Program, end, launch
from posthub.jobs.models import Job
from posthub.lifecycle.models import StateChange
from posthub.organizations.models import Organization
from tests.support.companies import draft_topic, make_company
from tests.support.databases import database_url
from tests.support.waiting import wait_for

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60
LEASE_SECONDS = 2
Start = Callable[[str], subprocess.Popen[bytes]]


@pytest.fixture
def start(own_database: str, tmp_path: Path) -> Iterator[Start]:
    environment = os.environ | {
        "DATABASE_URL": database_url(own_database),
        "DATA_DIR": str(tmp_path),
        "TESTING": "1",
        "JOB_LEASE_SECONDS": str(LEASE_SECONDS),
        "SWEEP_SECONDS": "1",
        "SECRET_KEY": settings.SECRET_KEY,
    }
    running: list[subprocess.Popen[bytes]] = []

    def begin_program(name: str) -> subprocess.Popen[bytes]:
        command = (sys.executable, "manage.py", f"posthub_{name.partition('-')[0]}")
        running.append(launch(Program(name, command), tmp_path / "logs", environment, ROOT))
        return running[-1]

    yield begin_program
    end(running)


@pytest.fixture
def article(own_database: str) -> BlogPost:
    """An article that was asked for by approving its topic; nobody works on it yet."""
    connection.set_tenant(Organization.objects.get(name="Acme"))
    topic = draft_topic(make_company(), "What a mantel clock needs")
    sofia = User.objects.get(email="sofia@example.com")
    return approve_topic(topic, by=sofia, seen=topic.content_hash)


def held_up(table: str) -> bool:
    """Whether somebody waits to write into `table`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE relation = %s::regclass AND NOT granted", [table])
        row = cursor.fetchone()
    return bool(row and row[0])


def test_an_article_whose_worker_was_killed_is_finished_once(
    article: BlogPost, own_database: str, start: Start, tmp_path: Path
) -> None:
    logs = tmp_path / "logs"
    schema = Organization.objects.get(name="Acme").schema_name
    table = f"{schema}.content_version"
    job = Job.objects.get(task="content.write_article")
    with psycopg.connect(database_url(own_database)) as brake:
        # A real slow-down: with every part written, the worker comes as far as this table and stands there.
        brake.execute(f"LOCK TABLE {table} IN SHARE MODE")
        start("sweeper")
        worker = start("worker-1")
        wait_for(lambda: held_up(table), logs)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        killed_at = time.monotonic()
        interrupted = Job.objects.get(pk=job.pk)
        assert interrupted.state == "RUNNING"
        answered = len(interrupted.answers)
    start("worker-2")
    wait_for(lambda: Job.objects.get(pk=job.pk).state == "DONE", logs, seconds=SECONDS)
    seconds = time.monotonic() - killed_at
    time.sleep(LEASE_SECONDS + 2)  # a second effect would come from a lease that ran out again
    done = Job.objects.get(pk=job.pk)
    connection.set_schema(schema)
    article.refresh_from_db()
    assert (done.state, done.attempts) == ("DONE", 2)
    assert (article.state, article.versions.count()) == ("PENDING_APPROVAL", 1)
    assert StateChange.objects.filter(object_id=article.pk, after="PENDING_APPROVAL").count() == 1
    assert Job.objects.filter(task="content.write_article").count() == 1
    assert seconds < SECONDS
    # What was answered before the worker died is kept with the job: nothing of it is asked for, and paid, again.
    calls = CallRecord.objects.filter(job_id=job.pk, outcome="ok").count()
    assert calls == answered
    print(f"finished {seconds:.1f} s after the kill")
