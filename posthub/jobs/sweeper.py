"""What keeps work from being lost when workers die and hints vanish. Any number of sweepers may run."""

import logging
import signal
import threading
from datetime import timedelta
from types import FrameType

from django.conf import settings
from django.db import Error, close_old_connections, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _

from posthub.core.database import connection
from posthub.core.processes import is_orphaned
from posthub.core.tasks import tasks, wake_up_queue
from posthub.jobs.models import Job, JobState
from posthub.jobs.operations import called_off, enqueue, hint, transport_errors
from posthub.jobs.queries import language_of
from posthub.jobs.runner import bury_or_record

logger = logging.getLogger(__name__)
BATCH = 200
HINT_AGAIN_AFTER = "4 seconds"

STALE_HINTS = f"""
UPDATE jobs_job SET hinted_at = statement_timestamp()
 WHERE id IN (SELECT id FROM jobs_job
               WHERE state = 'QUEUED' AND run_after <= statement_timestamp() AND NOT queue = ANY(%s)
                 AND (hinted_at IS NULL OR hinted_at < statement_timestamp() - interval '{HINT_AGAIN_AFTER}')
               ORDER BY run_after LIMIT {BATCH} FOR UPDATE SKIP LOCKED)
RETURNING id, queue
"""  # noqa: S608 (both parts are constants above)


def sweep() -> dict[str, int]:
    """One round: free what a dead worker left, bury what failed too often, give hints, start periodic work."""
    connection.set_schema_to_public()
    return {"freed": free_expired(), "started": start_periodic(), "hinted": hint_waiting()}


def free_expired() -> int:
    with transaction.atomic():
        expired = list(
            Job.objects.select_for_update(skip_locked=True)
            .filter(state=JobState.RUNNING, lease_until__lt=Now())
            .order_by("lease_until")[:BATCH]
        )
        for job in expired:
            logger.warning("job %s (%s) lost its worker at attempt %s", job.pk, job.task, job.attempts)
            with translation.override(language_of(job)):
                _free(job)
    return len(expired)


def _free(job: Job) -> None:
    mine = Job.objects.filter(pk=job.pk, fence=job.fence)
    if not job.cancel_requested and job.attempts < job.max_attempts:
        # A new fence at once: what the old worker may still try to write is refused from now on.
        mine.update(
            state=JobState.QUEUED, fence=F("fence") + 1, lease_until=None, run_after=Now(), hinted_at=None
        )
        return
    cancelled = job.cancel_requested
    cause = called_off() if cancelled else _("The work was interrupted too often.")
    state = JobState.CANCELLED if cancelled else JobState.DEAD
    mine.update(state=state, finished_at=Now(), lease_until=None, cause=cause)
    bury_or_record(job, cause)


def hint_waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(STALE_HINTS, [[queue for queue in settings.QUEUES if is_crowded(queue)]])
        waiting = cursor.fetchall()
    for job_id, queue in waiting:
        hint(job_id, queue)
    return len(waiting)


def is_crowded(queue: str) -> bool:
    """Whether the transport holds hints enough: a long queue must not grow a hint for each job at each sweep."""
    try:
        return int(wake_up_queue(queue).storage.queue_size()) >= BATCH
    except transport_errors():
        return True


def start_periodic() -> int:
    """Ask for each periodic task once in its period; the job's key makes a second asking harmless."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM statement_timestamp())::float8")
        now = cursor.fetchone()[0]
    wanted = {
        f"public:{task.name}:{int(now // task.every.total_seconds())}": task.name
        for task in tasks().values()
        if task.every is not None
    }
    if not wanted:
        return 0
    known = set(Job.objects.filter(key__in=wanted).values_list("key", flat=True))
    missing = [(key, name) for key, name in wanted.items() if key not in known]
    for key, name in missing:
        enqueue(name, key=key.rsplit(":", 1)[1], payload={})
    return len(missing)


def purge(*, days: int = 30) -> int:
    """Forget finished jobs that nobody will look at again."""
    over = Q(state__in=[JobState.DONE, JobState.CANCELLED])
    return Job.objects.filter(over, finished_at__lt=Now() - timedelta(days=days)).delete()[0]


def serve() -> None:
    """Sweep until a signal asks to stop. A database that is away is waited for, not died of."""
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping.is_set() and not is_orphaned():
        try:
            sweep()
        except Error as problem:
            logger.warning("sweep failed: %s", problem)
            connection.close()
        close_old_connections()
        stopping.wait(settings.SWEEP_SECONDS)
