"""Runs one job: claim it, work in its schema, write its effect and DONE in one transaction.

Execution is at least once; effects are exactly once, because every write is fenced.
"""

import json
import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import Error, InterfaceError, OperationalError, close_old_connections, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _

from posthub.core import logging as context
from posthub.core.database import connection
from posthub.core.deadline import seconds_left, within
from posthub.core.errors import PostHubError, WorkFailed
from posthub.core.tasks import knows, tasks
from posthub.core.tenancy import in_schema
from posthub.jobs import claims
from posthub.jobs.hands import Hand
from posthub.jobs.models import Job, JobState
from posthub.jobs.operations import bury, called_off, payload_of
from posthub.jobs.queries import language_of
from posthub.jobs.telling import tell_later

logger = logging.getLogger(__name__)

# An answer that was paid for is worth waiting for the database, up to this long.
KEEP_ANSWER_SECONDS = 60
# A job of a release that is not here yet, or is gone, waits so long for a worker that knows it.
UNKNOWN_AGAIN_SECONDS = 10
UNKNOWN_FOR_GOOD = timedelta(days=1)


class Fenced(Exception):
    """Somebody else holds this job now, or it is over: nothing may be written any more."""


class Cancelled(Exception):
    """The person who asked for the work called it off."""


class RunningJob:
    """What a task is given: the job's payload, and the only ways to write while it runs."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.payload: dict[str, Any] = payload_of(job)
        self._answers: dict[str, Any] = job.answers
        self.over = False

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
            self._keep_answers()
        return self._answers[name]

    def _keep_answers(self) -> None:
        """Store what was paid for. A database that restarts is waited for: losing the answer would cost again."""
        patience = time.monotonic() + seconds_left(KEEP_ANSWER_SECONDS)
        while True:
            try:
                if not self._mine().update(answers=self._answers, updated_at=Now()):
                    raise Fenced
                return
            except (OperationalError, InterfaceError):
                if connection.in_atomic_block or time.monotonic() > patience:
                    raise
                connection.close()
                time.sleep(0.3)

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
        self.over = True


def run(job_id: str) -> bool:
    """Run this job if it is free to run; False where somebody else has it or it is over."""
    return _run(claims.take(job_id))


def run_next(queue: str) -> bool:
    """Run the job of `queue` whose turn it is; False where nothing is due."""
    return _run(claims.take_next(queue))


def _run(job: Job | None) -> bool:
    if job is None:
        return False
    tokens = (context.job_id.set(str(job.pk)), context.organization.set(job.schema_name))
    try:
        if not knows(job.task, job.version):
            _leave_to_another_release(job)
            return True
        with Hand(job), translation.override(language_of(job)), within(tasks()[job.task].seconds):
            _work(job)
        return True
    finally:
        context.job_id.reset(tokens[0])
        context.organization.reset(tokens[1])
        connection.set_schema_to_public()


def _leave_to_another_release(job: Job) -> None:
    """While a release is rolled out, old and new workers share the queues; each does what it knows."""
    first, now = job.started_at, job.claimed_at
    if first and now and now - first > UNKNOWN_FOR_GOOD:
        _end(RunningJob(job), JobState.DEAD, cause=_("No worker knows this work any more."))
    else:
        logger.warning("job %s (%s, version %s) is not known here", job.pk, job.task, job.version)
        claims.put_back(job, seconds=UNKNOWN_AGAIN_SECONDS)


def _work(job: Job) -> None:
    """Do the work and record how it ended. The one place that catches everything: it records and re-raises."""
    running = RunningJob(job)
    try:
        with in_schema(job.schema_name):
            tasks()[job.task].work(running)
        if not running.over:
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
    """What hears of the end. A burial that breaks is recorded and undone; the job is over all the same."""
    for hear in (partial(bury, job, cause), partial(tell_later, job)):
        try:
            with transaction.atomic():
                hear()
        except Exception:
            logger.exception("the burial of job %s (%s) failed", job.pk, job.task)
            connection.set_schema_to_public()


def backoff(attempts: int) -> float:
    """Seconds before the next attempt: 1, 2, 4 … 60, each with up to half of it at random on top."""
    return float(min(60, 2 ** max(0, attempts - 1))) * (1 + random.random() / 2)  # noqa: S311
