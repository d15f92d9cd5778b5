"""Worker processes: one Huey consumer a queue, threads inside, a graceful end on SIGTERM and SIGINT."""

import logging
import os
import random
import signal
import sys
import threading
import time
from types import FrameType
from typing import Any

from django.conf import settings
from django.db import Error, close_old_connections
from huey.consumer import Consumer, Worker, WorkerRecycle

from posthub.core import connections
from posthub.core.processes import is_orphaned
from posthub.core.tasks import OncePerQueue, read_definitions, wake_up_queue
from posthub.jobs import hands, runner
from posthub.jobs.operations import transport_errors

logger = logging.getLogger(__name__)
LONGEST_PAUSE = 5.0
STOPPING = threading.Event()
_failures = threading.local()


@OncePerQueue
def run_job_task(queue: str) -> Any:
    """The one message every queue carries: "there is work". Which job it is, the line decides."""

    def wake(job_id: str) -> bool:
        return run_in_worker(queue)

    return wake_up_queue(queue).task(name="posthub.run_job")(wake)


def run_in_worker(queue: str) -> bool:
    """Run what is next, in a thread that lives long: a connection that broke or grew old is not used again."""
    close_old_connections()
    try:
        did = runner.run_next(queue)
        _failures.count = 0
        return did
    except Error as problem:
        _failures.count = getattr(_failures, "count", 0) + 1
        pause = pause_after(_failures.count)
        logger.warning("the database is away, waiting %.1f s: %s", pause, problem)
        STOPPING.wait(pause)
        return False
    finally:
        close_old_connections()
        connections.renew_if_worn()


def pause_after(failures: int) -> float:
    """Seconds until the database is tried again: longer each time, and not the same for all threads."""
    return float(min(LONGEST_PAUSE, 0.2 * 2 ** min(failures, 10)) * random.uniform(0.5, 1))  # noqa: S311


class Slot(Worker):  # type: ignore[misc]
    """One job at a time. A slot whose job is past its limit is given to a new thread; the old one ends when it can."""

    retired = False

    def loop(self, now: Any = None) -> None:
        try:
            hint = self.huey.dequeue()
        except transport_errors() as problem:
            # One line, not a page: every thread of every worker says so while the transport restarts.
            logger.warning("no hints from %s: %s", self.huey.name, str(problem).strip())
            self.sleep()
        else:
            self.delay = self.default_delay
            if hint is not None:
                self.huey.execute(hint, now)
        if self.retired:
            raise WorkerRecycle


class QueueConsumer(Consumer):  # type: ignore[misc]
    worker_class = Slot

    def _set_signal_handlers(self) -> None:
        """The process has one pair of handlers for all its consumers, set in `serve`."""

    def __init__(self, queue: str) -> None:
        self.written_off: list[threading.Thread] = []
        super().__init__(
            wake_up_queue(queue),
            workers=settings.QUEUES[queue][0],
            worker_type="thread",
            periodic=False,
            check_worker_health=False,
            scheduler_interval=60,  # nothing is ever scheduled there
            initial_delay=0.1,
            backoff=2,
            max_delay=LONGEST_PAUSE,
        )

    def replace_overdue(self) -> None:
        """So that the queue keeps its number of jobs at a time, whatever hangs."""
        overdue = hands.overdue_threads()
        for number, (slot, thread) in enumerate(self.worker_threads):
            if thread in overdue:
                slot.retired = True
                fresh = self._create_worker()
                self.worker_threads[number] = (fresh, self._create_process(fresh, thread.name))
                self.worker_threads[number][1].start()
                self.written_off.append(thread)

    @property
    def worn_out(self) -> bool:
        """Whether as many threads hang as there should be working."""
        return sum(thread.is_alive() for thread in self.written_off) >= int(self.workers)


def serve(queues: list[str]) -> None:
    """Work until a signal asks to stop; then finish the jobs at hand and return."""
    STOPPING.clear()
    read_definitions()

    def stop(number: int, frame: FrameType | None) -> None:
        STOPPING.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    for queue in queues:
        run_job_task(queue)
    consumers = [QueueConsumer(queue) for queue in queues]
    for consumer in consumers:
        consumer.start()
    while not STOPPING.wait(1) and not is_orphaned() and not any(one.worn_out for one in consumers):
        for consumer in consumers:
            consumer.check_worker_health()
            consumer.replace_overdue()
    worn_out = any(one.worn_out for one in consumers) and not STOPPING.is_set() and not is_orphaned()
    STOPPING.set()
    finish(consumers)
    if worn_out:
        logger.error("too many threads hang; this worker begins anew")
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - this very program again


def finish(consumers: list[QueueConsumer]) -> None:
    """Let the jobs at hand end; what takes too long is put back, so that another worker takes it at once."""
    deadline = time.monotonic() + settings.WORKER_STOP_SECONDS
    for consumer in consumers:
        consumer.stop_flag.set()
    for consumer in consumers:
        for _slot, thread in consumer.worker_threads:
            # Daemons, like Huey's own: a job that takes too long must not keep the process from ending.
            thread.join(max(0.0, deadline - time.monotonic()))
    if put_back := hands.put_everything_back():
        logger.warning("%s jobs were put back unfinished", put_back)
