"""Asking for work, calling it off, asking again. Each in the transaction of whoever asks."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from posthub.core.database import connection
from posthub.core.errors import WrongState
from posthub.core.tasks import read_definitions, read_payload, tasks, wake_up_queue
from posthub.core.tenancy import in_schema
from posthub.jobs.models import Job, JobState

logger = logging.getLogger(__name__)
Burial = Callable[[dict[str, Any], str], None]
Resumption = Callable[[dict[str, Any]], dict[str, Any]]


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
    wanted = _asked_for(
        task,
        key=key,
        payload=payload,
        title=title,
        by=by,
        delay=delay,
        result_url=result_url,
        retry_of=retry_of,
    )
    job, made = Job.objects.get_or_create(key=wanted.pop("key"), defaults=wanted)
    # The database filled these in by its clock; they are read again where somebody wants to know them.
    for name in ("run_after", "hinted_at"):
        vars(job).pop(name, None)
    if made and not delay:
        transaction.on_commit(lambda: hint(job.pk, job.queue))
    return job


@transaction.atomic
def enqueue_anew(task: str, *, by: Any, **asked: Any) -> Job:
    """As `enqueue`; where the work under that key came to nothing, it is asked for once more."""
    job = enqueue(task, by=by, **asked)
    while (later := job.retries.order_by("-created_at").first()) is not None:
        job = later
    return retry(job, by=by) if job.state in {JobState.DEAD, JobState.CANCELLED} else job


def enqueue_all(asked: Iterable[dict[str, Any]]) -> None:
    """Ask for many at once, in one statement; each of `asked` is the arguments of `enqueue`, `task` among them."""
    rows = [(_asked_for(**one), not one.get("delay")) for one in asked]
    jobs = [(Job(**row), at_once) for row, at_once in rows]
    Job.objects.bulk_create([job for job, _at_once in jobs], ignore_conflicts=True)
    for job, at_once in jobs:
        if at_once:
            transaction.on_commit(partial(hint, job.pk, job.queue))


def _asked_for(
    task: str,
    *,
    key: str,
    payload: dict[str, Any],
    title: str = "",
    by: Any = None,
    delay: float = 0,
    result_url: str = "",
    retry_of: Job | None = None,
) -> dict[str, Any]:
    schema_name = connection.schema_name
    return {
        "key": f"{schema_name}:{task}:{key}",
        "schema_name": schema_name,
        "task": task,
        "version": tasks()[task].version,
        "queue": tasks()[task].queue,
        "payload": payload,
        "title": title[:200],
        "max_attempts": settings.JOB_MAX_ATTEMPTS,
        # The hint is given at commit; the sweeper repeats it only where nobody came for it.
        **({"run_after": Now() + timedelta(seconds=delay)} if delay else {"hinted_at": Now()}),
        "result_url": result_url,
        # Somebody outside, who decided by mail, is no user.
        "asked_by": by if isinstance(by, get_user_model()) else None,
        "retry_of": retry_of,
    }


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


@transaction.atomic
def cancel(job: Job, *, buried: bool = True) -> Job:
    """Call a job off: at once while it waits, at its next step while it runs.

    Without `buried` the caller sees to what the job was working on.
    """
    # The lock first: between two looks at it the job could pass from running to waiting and escape both.
    current = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if current.state == JobState.QUEUED:
        cause = called_off()
        Job.objects.filter(pk=job.pk).update(
            state=JobState.CANCELLED, finished_at=Now(), cancel_requested=True, cause=cause
        )
        if buried:
            bury(current, cause)
    elif current.state == JobState.RUNNING:
        Job.objects.filter(pk=job.pk).update(cancel_requested=True)
    job.refresh_from_db()
    return job


def cancel_all(schema_name: str) -> int:
    """Call off everything of one organization; what runs stops at its next step. Returns how many there were."""
    active = Job.objects.filter(schema_name=schema_name, state__in=[JobState.QUEUED, JobState.RUNNING])
    return len([cancel(job) for job in active.defer("answers", "payload", "detail")])


def called_off() -> str:
    return _("This was called off.")


@transaction.atomic
def retry(job: Job, *, by: Any) -> Job:
    """Ask again for what failed or was called off. What was already answered is kept and not paid twice."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.active or job.state == JobState.DONE:
        raise WrongState(_("This is already under way. Reload the page to see how far it is."))
    if job.task not in tasks():
        raise WrongState(_("PostHub does this kind of work no more. Put it aside."))
    last = job.retries.order_by("-created_at").first()
    if last is not None and (last.active or last.state == JobState.DONE):
        return last
    resume, payload = RESUMPTIONS.get(job.task), payload_of(job)
    object_key = job.key.split(":", 2)[2]
    again = enqueue(
        job.task,
        key=f"{object_key.split('~')[0]}~{job.retries.count() + 1}-{str(job.pk)[:8]}",
        payload=resume(payload) if resume else payload,
        title=job.title,
        by=by,
        result_url=job.result_url,
        retry_of=job,
    )
    Job.objects.filter(pk=again.pk, answers={}).update(answers=job.answers)
    return again


def payload_of(job: Job) -> dict[str, Any]:
    """The job's payload as this release has it, whichever release asked for the work."""
    return read_payload(job.task, job.version, job.payload)


def bury(job: Job, cause: str) -> None:
    """A job comes to nothing: what it was working on is told so, in the job's own schema (see BURIALS)."""
    read_definitions()
    burial = BURIALS.get(job.task)
    if burial is not None:
        with in_schema(job.schema_name):
            burial(payload_of(job), cause)


# task name → what to do when it failed for good or was called off: (payload, cause in plain words).
BURIALS: dict[str, Burial] = {}
# task name → what undoes its burial when the work is asked for again: payload → payload of the new job.
RESUMPTIONS: dict[str, Resumption] = {}


def on_burial(task: str) -> Callable[[Burial], Burial]:
    """Register what becomes of the object a task was working on when the task fails for good."""

    def register(burial: Burial) -> Burial:
        BURIALS[task] = burial
        return burial

    return register


def on_retry(task: str) -> Callable[[Resumption], Resumption]:
    """Register how the object a task was working on gets ready for another attempt, in the retry's transaction."""

    def register(resumption: Resumption) -> Resumption:
        RESUMPTIONS[task] = resumption
        return resumption

    return register
