"""What this process has in hand: each job with its thread, kept alive by a heartbeat and bounded by its queue."""

import logging
import threading
import time
from datetime import timedelta

from django.conf import settings
from django.db import Error
from django.db.models.functions import Now

from posthub.core.database import connection
from posthub.jobs import claims
from posthub.jobs.models import Job, JobState

logger = logging.getLogger(__name__)


class Hand:
    """One job and the thread that works on it. Keeps the lease, from a thread with its own connection.

    A thread cannot be stopped from outside. Past the queue's limit the job is let go, the thread is written
    off (`overdue`), and whatever it may still try to write is fenced.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.worker = threading.current_thread()
        self.ends = time.monotonic() + settings.QUEUES[job.queue][1]
        self.overdue = False
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat-{job.pk}", daemon=True)

    def __enter__(self) -> "Hand":
        HANDS.add(self)
        self._thread.start()
        return self

    def __exit__(self, *details: object) -> None:
        self._over.set()
        HANDS.discard(self)
        self._thread.join(timeout=5)

    def _beat(self) -> None:
        try:
            while not self._over.wait(min(settings.JOB_LEASE_SECONDS / 3, max(0.0, self._left()))):
                seconds = settings.JOB_LEASE_SECONDS if self._left() > 0 else 0
                if not seconds:
                    logger.error("job %s (%s) is past the limit of its queue", self.job.pk, self.job.task)
                    self.overdue = True
                if not self.prolong(seconds) or not seconds:
                    return
        finally:
            connection.close()

    def _left(self) -> float:
        return self.ends - time.monotonic()

    def prolong(self, seconds: float) -> bool:
        """Hold the job for so long from now; for no time at all, and the sweeper gives it to another worker."""
        mine = Job.objects.filter(pk=self.job.pk, fence=self.job.fence, state=JobState.RUNNING)
        try:
            return bool(mine.update(lease_until=Now() + timedelta(seconds=seconds)))
        except Error as problem:
            # It may be back before the lease is over.
            logger.warning("no heartbeat for job %s: %s", self.job.pk, problem)
            connection.close()
            return True


# Additions and removals of a set are single steps of the interpreter; readers take a copy.
HANDS: set[Hand] = set()


def overdue_threads() -> set[threading.Thread]:
    return {hand.worker for hand in HANDS.copy() if hand.overdue}


def put_everything_back() -> int:
    """At the end of the process: what is not finished is free at once, not only when its lease runs out."""
    try:
        return sum(claims.put_back(hand.job) for hand in HANDS.copy() if not hand.overdue)
    except Error as problem:
        logger.warning("the jobs at hand are given up with the process: %s", problem)
        return 0
