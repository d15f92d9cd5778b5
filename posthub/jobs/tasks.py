from datetime import timedelta

from posthub.core.tasks import periodic_task
from posthub.jobs import sweeper
from posthub.jobs.runner import RunningJob


@periodic_task("jobs.purge", every=timedelta(days=1))
def purge_jobs(job: RunningJob) -> None:
    with job.effect():
        sweeper.purge()
