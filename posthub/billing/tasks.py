from datetime import timedelta

from posthub.billing import pipeline
from posthub.core.tasks import periodic_task, tenant_task
from posthub.jobs.runner import RunningJob


@tenant_task("billing.take_event", queue="quick")
def take_event(job: RunningJob) -> None:
    pipeline.take_event(job)


@tenant_task("billing.mail", queue="default")
def send_mail(job: RunningJob) -> None:
    pipeline.send_mail(job)


@tenant_task("billing.begin_work", queue="default")
def begin_work(job: RunningJob) -> None:
    pipeline.begin_work(job)


@tenant_task("billing.fit_in", queue="default")
def fit_in(job: RunningJob) -> None:
    pipeline.fit_in(job)


@periodic_task("billing.catch_up", every=timedelta(minutes=5))
def catch_up(job: RunningJob) -> None:
    pipeline.catch_up(job)


@periodic_task("billing.watch", every=timedelta(hours=1))
def watch(job: RunningJob) -> None:
    pipeline.watch(job)
