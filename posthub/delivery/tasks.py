from datetime import timedelta

from posthub.core.tasks import periodic_task, tenant_task
from posthub.delivery import pipeline
from posthub.jobs.runner import RunningJob


@periodic_task("delivery.watch_weeks", every=timedelta(hours=1))
def watch_weeks(job: RunningJob) -> None:
    pipeline.watch_weeks()


@tenant_task("delivery.mail_week", queue="default")
def mail_week(job: RunningJob) -> None:
    pipeline.mail_week(job)
