"""Tasks with the faults that real ones have. What they write are marketing events of the organization."""

import datetime
import os
import time
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from django.utils.translation import gettext as _

from posthub.content.models import MarketingEvent
from posthub.core.errors import WorkFailed
from posthub.core.tasks import reads_version, tenant_task
from posthub.jobs import runner, sweeper
from posthub.jobs.models import Job
from posthub.jobs.operations import on_burial, on_retry
from posthub.jobs.runner import RunningJob
from tests.support.threads import all_well, at_once

DAY = datetime.date(2026, 12, 1)


def write(name: str) -> None:
    MarketingEvent.objects.create(name=name, date=DAY)


def paid_call(ledger: str) -> str:
    """A call that costs money: each one leaves a line, whatever becomes of the transaction."""
    with Path(ledger).open("a") as book:
        book.write(f"{os.getpid()}\n")
    return "answer"


@tenant_task("test.write", queue="quick")
def write_one(job: RunningJob) -> None:
    with job.effect("/calendar/"):
        write(job.payload["name"])


@tenant_task("test.paid", queue="ai_jobs")
def pay_then_fail_once(job: RunningJob) -> None:
    answer = job.remember("answer", lambda: {"words": (paid_call(job.payload["ledger"]),), 1: "one"})
    if job.job.attempts == 1:
        raise WorkFailed("The other side was busy.", permanent=False, retry_after=0)
    with job.effect():
        write(f"{answer['words'] == ['answer']} {answer['1']}")


@tenant_task("test.cut_off", queue="ai_jobs")
def cut_off_after_paying(job: RunningJob) -> None:
    """The database ends the session between the answer and its keeping."""

    def answer() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        with psycopg.connect(job.payload["database"], autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [pid])
        return paid_call(job.payload["ledger"])

    words = job.remember("answer", answer)
    with job.effect():
        write(words)


@tenant_task("test.slow", queue="ai_jobs")
def slow_at_first(job: RunningJob) -> None:
    """Pays, says so in the ledger, and takes its time on the first attempt only."""
    job.remember("answer", lambda: paid_call(job.payload["ledger"]))
    Path(job.payload["reached"]).write_text(str(os.getpid()))
    if job.job.attempts == 1:
        time.sleep(job.payload["seconds"])
    with job.effect():
        write(job.payload["name"])


@tenant_task("test.reshaped", queue="quick", version=3)
def greet(job: RunningJob) -> None:
    """Its payload was {"name"} at first, then {"names"}, and is {"names", "greeting"} now."""
    with job.effect():
        write(f"{job.payload['greeting']} {' and '.join(job.payload['names'])}")


@reads_version("test.reshaped", 1)
def from_one_name(payload: dict[str, Any]) -> dict[str, Any]:
    return {"names": [payload["name"]]}


@reads_version("test.reshaped", 2)
def from_no_greeting(payload: dict[str, Any]) -> dict[str, Any]:
    return {**payload, "greeting": "hello"}


@tenant_task("test.hang", queue="quick")
def hang_at_first(job: RunningJob) -> None:
    """Hangs far beyond its queue's limit on the first attempt, then tries to write all the same."""
    if job.job.attempts == 1:
        Path(job.payload["reached"]).write_text(str(os.getpid()))
        time.sleep(job.payload["seconds"])
    with job.effect():
        write(f"attempt {job.job.attempts}")


@tenant_task("test.fail", queue="quick")
def fail(job: RunningJob) -> None:
    raise WorkFailed(
        job.payload.get("cause", "It cannot be done."), permanent=job.payload["permanent"], retry_after=0
    )


@tenant_task("test.break", queue="quick")
def break_down(job: RunningJob) -> None:
    raise KeyError("nobody thought of this")


@tenant_task("test.break_inside", queue="quick")
def break_inside_the_effect(job: RunningJob) -> None:
    with job.effect():
        write("half")
        raise KeyError("after the first write")


@tenant_task("test.overtaken", queue="quick")
def overtaken(job: RunningJob) -> None:
    """On its first attempt it is taken for dead: another worker gets the job and finishes it before this one writes."""
    if job.job.attempts == 1:
        Job.objects.filter(pk=job.job.pk).update(
            lease_until=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
        )
        all_well(at_once(1, lambda _number: (sweeper.sweep(), runner.run(str(job.job.pk)))))
    with job.effect():
        write(f"attempt {job.job.attempts}")


@tenant_task("test.called_off", queue="quick")
def called_off_on_the_way(job: RunningJob) -> None:
    Job.objects.filter(pk=job.job.pk).update(cancel_requested=True)
    if job.payload["steps"]:
        job.step("the next step")
    with job.effect():
        write("too late")


@tenant_task("test.speak", queue="quick")
def speak(job: RunningJob) -> None:
    with job.effect():
        write(_("Yes"))


@on_burial("test.fail")
@on_burial("test.slow")
@on_burial("test.called_off")
def bury(payload: dict[str, Any], cause: str) -> None:
    write(f"buried: {cause}")


@on_burial("test.break")
def bury_badly(payload: dict[str, Any], cause: str) -> None:
    write("undone")
    raise KeyError("the burial is broken too")


@on_retry("test.fail")
def get_ready(payload: dict[str, Any]) -> dict[str, Any]:
    return {**payload, "permanent": False, "again": True}
