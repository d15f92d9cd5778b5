from datetime import timedelta

from posthub.core.tasks import periodic_task, tenant_task
from posthub.jobs import mailing, sweeper
from posthub.jobs.runner import RunningJob


@periodic_task("jobs.purge", every=timedelta(days=1))
def purge_jobs(job: RunningJob) -> None:
    with job.effect():
        sweeper.purge()


@tenant_task("jobs.mail_failed", queue="default")
def mail_failed(job: RunningJob) -> None:
    mailing.mail_failed(job)
