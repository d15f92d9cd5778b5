"""Asking for work, calling it off, asking again. Each in the transaction of whoever asks."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.core.database import connection
from posthub.core.errors import WrongState
from posthub.core.tasks import TASKS, wake_up_queue
from posthub.core.tenancy import in_schema
from posthub.jobs.models import Job, JobState

logger = logging.getLogger(__name__)
Burial = Callable[[dict[str, Any], str], None]


def enqueue(
    task: str,
    *,
    key: str,
    payload: dict[str, Any],
    title: str = "",
    by: Any = None,
    delay: float = 0,
    result_url: str = "",
    retry_of: Job | None = None,
) -> Job:
    """Ask for work in the current schema, once per `key` ("object:revision"); the row is the outbox.

    Returns the job, or the one that already stands under the same key. `delay` is seconds.
    """
    schema_name = connection.schema_name
    job, made = Job.objects.get_or_create(
        key=f"{schema_name}:{task}:{key}",
        defaults={
            "schema_name": schema_name,
            "task": task,
            "queue": TASKS[task].queue,
            "payload": payload,
            "title": title[:200],
            "max_attempts": settings.JOB_MAX_ATTEMPTS,
            "run_after": timezone.now() + timedelta(seconds=delay),
            "result_url": result_url,
            "asked_by": by if getattr(by, "pk", None) else None,
            "retry_of": retry_of,
        },
    )
    if made and not delay:
        transaction.on_commit(lambda: hint(job.pk, job.queue))
    return job


def hint(job_id: Any, queue: str) -> None:
    """Wake a worker. A hint that cannot be given is no loss: the sweeper gives it again."""
    from posthub.jobs.worker import run_job_task

    transport = wake_up_queue(queue)
    try:
        transport.enqueue(run_job_task(queue).s(str(job_id)))
    except transport_errors() as problem:
        logger.warning("no hint for job %s: %s", job_id, problem)


def transport_errors() -> tuple[type[Exception], ...]:
    """What a queue that is down raises; Redis or PostgreSQL, whichever carries the hints."""
    import psycopg
    import redis

    return (redis.RedisError, psycopg.Error, OSError)


def cancel(job: Job) -> Job:
    """Call a job off: at once while it waits, at its next step while it runs."""
    waiting = Job.objects.filter(pk=job.pk, state=JobState.QUEUED)
    if not waiting.update(state=JobState.CANCELLED, finished_at=Now(), cancel_requested=True):
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(cancel_requested=True)
    job.refresh_from_db()
    return job


@transaction.atomic
def retry(job: Job, *, by: Any) -> Job:
    """Ask again for what failed or was called off. What was already answered is kept and not paid twice."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.active or job.state == JobState.DONE:
        raise WrongState(_("This is already under way. Reload the page to see how far it is."))
    object_key = job.key.split(":", 2)[2]
    again = enqueue(
        job.task,
        key=f"{object_key.split('~')[0]}~{job.retries.count() + 1}-{str(job.pk)[:8]}",
        payload=job.payload,
        title=job.title,
        by=by,
        result_url=job.result_url,
        retry_of=job,
    )
    Job.objects.filter(pk=again.pk, answers={}).update(answers=job.answers)
    return again


def bury(job: Job) -> None:
    """A job ended badly: whoever asked in this task's name is told, in the job's own schema (see BURIALS)."""
    burial = BURIALS.get(job.task)
    if burial is not None:
        with in_schema(job.schema_name):
            burial(job.payload, Job.objects.only("cause").get(pk=job.pk).cause)


# task name → what to do when it failed for good: (payload, cause in plain words). Filled by on_burial.
BURIALS: dict[str, Burial] = {}


def on_burial(task: str) -> Callable[[Burial], Burial]:
    """Register what becomes of the object a task was working on when the task fails for good."""

    def register(burial: Burial) -> Burial:
        BURIALS[task] = burial
        return burial

    return register
