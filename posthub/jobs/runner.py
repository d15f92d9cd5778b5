"""Runs one job: claim it, work in its schema, write its effect and DONE in one transaction.

Execution is at least once; effects are exactly once, because every write is fenced.
"""

import json
import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import Error, close_old_connections, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _

from posthub.core import connections
from posthub.core import logging as context
from posthub.core.database import connection
from posthub.core.errors import PostHubError, WorkFailed
from posthub.core.tasks import TASKS
from posthub.core.tenancy import in_schema
from posthub.jobs.models import Job, JobState
from posthub.jobs.operations import bury, called_off
from posthub.jobs.queries import language_of

logger = logging.getLogger(__name__)

# The lease is the database's own clock, so that a worker with a wrong clock does no harm. An organization whose
# schema is not at this release keeps its jobs until it is.
CLAIM = """
UPDATE jobs_job SET state = 'RUNNING', fence = fence + 1, attempts = attempts + 1,
       lease_until = statement_timestamp() + %s * interval '1 second',
       started_at = COALESCE(started_at, statement_timestamp()),
       cause = '', updated_at = statement_timestamp()
 WHERE id = (SELECT id FROM jobs_job WHERE id = %s AND state = 'QUEUED' AND run_after <= statement_timestamp()
               AND NOT EXISTS (SELECT 1 FROM organizations_schemamigration ledger
                                WHERE ledger.schema_name = jobs_job.schema_name AND ledger.state = 'FAILED')
             FOR UPDATE SKIP LOCKED)
RETURNING fence
"""


class Fenced(Exception):
    """Somebody else holds this job now, or it is over: nothing may be written any more."""


class Cancelled(Exception):
    """The person who asked for the work called it off."""


class RunningJob:
    """What a task is given: the job's payload, and the only ways to write while it runs."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.payload: dict[str, Any] = job.payload
        self._answers: dict[str, Any] = job.answers

    @property
    def asked_by(self) -> Any:
        return self.job.asked_by_id

    def _mine(self) -> Any:
        return Job.objects.filter(pk=self.job.pk, fence=self.job.fence, state=JobState.RUNNING)

    def step(self, label: str, progress: int | None = None) -> None:
        """Say what is being done; also the moment at which a cancelled job stops."""
        if not self._mine().update(step=str(label)[:200], progress=progress, updated_at=Now()):
            raise Fenced
        if self._mine().filter(cancel_requested=True).exists():
            raise Cancelled

    def remember(self, name: str, ask: Callable[[], Any]) -> Any:
        """The answer of `ask`, called at most once over all attempts that got as far as storing it."""
        if name not in self._answers:
            # As JSON and back: a second attempt reads it from the row, and must get the very same thing.
            self._answers = {**self._answers, name: json.loads(json.dumps(ask()))}
            if not self._mine().update(answers=self._answers, updated_at=Now()):
                raise Fenced
        return self._answers[name]

    @contextmanager
    def effect(self, result_url: str = "") -> Iterator[None]:
        """Everything the job writes, and its DONE, in one transaction. Use it exactly once, at the end."""
        with transaction.atomic():
            # The lock first: a worker whose lease ran out waits here and then finds itself fenced.
            held = self._mine().select_for_update().values_list("cancel_requested", flat=True).first()
            if held is None:
                raise Fenced
            if held:
                raise Cancelled
            yield
            self._mine().update(
                state=JobState.DONE,
                progress=100,
                finished_at=Now(),
                lease_until=None,
                answers={},
                result_url=result_url or F("result_url"),
            )


def run(job_id: str) -> bool:
    """Run the job if it is free to run; False where somebody else has it or it is over."""
    try:
        with in_schema("public"), connection.cursor() as cursor:
            cursor.execute(CLAIM, [settings.JOB_LEASE_SECONDS, job_id])
            if cursor.fetchone() is None:
                return False
        job = Job.objects.get(pk=job_id)
        tokens = (context.job_id.set(str(job.pk)), context.organization.set(job.schema_name))
        try:
            with Heartbeat(job), translation.override(language_of(job)):
                _work(job)
        finally:
            context.job_id.reset(tokens[0])
            context.organization.reset(tokens[1])
        return True
    finally:
        connection.set_schema_to_public()


def run_in_worker(job_id: str) -> bool:
    """As `run`, in a thread that lives long: a connection that broke or grew old is not used again."""
    close_old_connections()
    try:
        return run(job_id)
    finally:
        close_old_connections()
        connections.renew_if_worn()


def _work(job: Job) -> None:
    """Do the work and record how it ended. The one place that catches everything: it records and re-raises."""
    running = RunningJob(job)
    try:
        with in_schema(job.schema_name):
            TASKS[job.task].work(running)
        if running._mine().exists():
            with running.effect():
                pass
    except Cancelled:
        _end(running, JobState.CANCELLED, cause=called_off())
    except Fenced:
        logger.info("fenced off: another worker has this job, or it is over")
    except PostHubError as problem:
        permanent = not isinstance(problem, WorkFailed) or problem.permanent
        _failed(
            running, cause=problem.message, permanent=permanent, wait=getattr(problem, "retry_after", None)
        )
    except Error as problem:
        logger.warning("the database refused or went away: %s", problem)
        _failed(
            running,
            cause=_("The database was busy. We are trying again."),
            permanent=False,
            detail=repr(problem),
        )
    except Exception as problem:
        logger.exception("job failed")
        _failed(
            running,
            cause=_("Something broke on our side. We know about it."),
            permanent=False,
            detail=repr(problem),
        )
        raise


def _failed(
    running: RunningJob, *, cause: str, permanent: bool, detail: str = "", wait: float | None = None
) -> None:
    job = running.job
    if not connection.in_atomic_block:
        # After a loss of the database the old connection is no use for recording it.
        close_old_connections()
    connection.set_schema_to_public()
    if permanent or job.attempts >= job.max_attempts:
        _end(running, JobState.DEAD, cause=cause, detail=detail)
        return
    pause = wait if wait is not None else backoff(job.attempts)
    again = (
        running._mine()
        .filter(cancel_requested=False)
        .update(
            state=JobState.QUEUED,
            run_after=Now() + timedelta(seconds=pause),
            hinted_at=None,
            cause=cause[:500],
            detail=detail[:4000],
            lease_until=None,
        )
    )
    if not again:
        _end(running, JobState.CANCELLED, cause=called_off(), detail=detail)


def _end(running: RunningJob, state: JobState, *, cause: str, detail: str = "") -> None:
    """The job comes to nothing: its row and what it was working on say so, both or neither."""
    with transaction.atomic():
        over = {"state": state, "finished_at": Now(), "lease_until": None}
        if running._mine().update(cause=cause[:500], detail=detail[:4000], **over):
            bury_or_record(running.job, cause)


def bury_or_record(job: Job, cause: str) -> None:
    """A burial that breaks is recorded and undone; the job is over all the same, and the others go on."""
    try:
        with transaction.atomic():
            bury(job, cause)
    except Exception:
        logger.exception("the burial of job %s (%s) failed", job.pk, job.task)
        connection.set_schema_to_public()


def backoff(attempts: int) -> float:
    """Seconds before the next attempt: 1, 2, 4 … 60, each with up to half of it at random on top."""
    return float(min(60, 2 ** max(0, attempts - 1))) * (1 + random.random() / 2)  # noqa: S311


class Heartbeat:
    """Keeps the lease while the work goes on, from a thread with its own connection."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat-{job.pk}", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *details: object) -> None:
        self._over.set()
        self._thread.join(timeout=5)

    def _beat(self) -> None:
        # Past the queue's limit the lease is let go: the sweeper gives the job to another worker.
        limit = time.monotonic() + settings.QUEUES[self._job.queue][1]
        try:
            while not self._over.wait(settings.JOB_LEASE_SECONDS / 3) and time.monotonic() < limit:
                if not self._prolong():
                    return
        finally:
            connection.close()

    def _prolong(self) -> bool:
        mine = Job.objects.filter(pk=self._job.pk, fence=self._job.fence, state=JobState.RUNNING)
        try:
            return bool(mine.update(lease_until=Now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)))
        except Error as problem:
            # It may be back before the lease is over.
            logger.warning("no heartbeat for job %s: %s", self._job.pk, problem)
            connection.close()
            return True
