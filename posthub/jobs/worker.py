"""Worker processes: one Huey consumer a queue, threads inside, a graceful end on SIGTERM and SIGINT."""

import signal
import threading
import time
from functools import cache
from types import FrameType
from typing import Any

from django.conf import settings

from posthub.core.tasks import wake_up_queue
from posthub.jobs import runner


@cache
def run_job_task(queue: str) -> Any:
    """The one message every queue carries: "look at this job"."""
    return wake_up_queue(queue).task(name="posthub.run_job")(runner.run_in_worker)


def serve(queues: list[str]) -> None:
    """Work until a signal asks to stop; then finish the jobs at hand and return."""
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    consumers = [_consumer(queue) for queue in queues]
    for consumer in consumers:
        consumer.start()
    while not stopping.wait(1):
        for consumer in consumers:
            consumer.check_worker_health()
    # Daemons, like Huey's own: a job that takes too long must not keep the process from ending.
    endings = [
        threading.Thread(target=consumer.stop, kwargs={"graceful": True}, daemon=True)
        for consumer in consumers
    ]
    for ending in endings:
        ending.start()
    deadline = time.monotonic() + settings.WORKER_STOP_SECONDS
    for ending in endings:
        # What is not finished by then is given up with the process; its lease runs out and another worker takes it.
        ending.join(max(0, deadline - time.monotonic()))


def _consumer(queue: str) -> Any:
    run_job_task(queue)
    consumer = wake_up_queue(queue).create_consumer(
        workers=settings.QUEUES[queue][0],
        worker_type="thread",
        periodic=False,
        check_worker_health=False,
        initial_delay=0.05,
        max_delay=1.0,
    )
    # The process has one pair of handlers for all its consumers, set above.
    consumer._set_signal_handlers = lambda: None
    return consumer
