from datetime import timedelta

from posthub.approvals import mailing, pipeline
from posthub.core.tasks import periodic_task, tenant_task
from posthub.jobs.runner import RunningJob


@periodic_task("approvals.watch", every=timedelta(minutes=5))
def watch(job: RunningJob) -> None:
    pipeline.watch(job)


@periodic_task("approvals.watch_slots", every=timedelta(minutes=5))
def watch_slots(job: RunningJob) -> None:
    pipeline.watch_slots(job)


@tenant_task("approvals.fall_back", queue="default")
def fall_back(job: RunningJob) -> None:
    pipeline.fall_back(job)


@tenant_task("approvals.send_round", queue="default")
def send_round(job: RunningJob) -> None:
    pipeline.send_round(job)


@tenant_task("approvals.mail_link", queue="default")
def mail_link(job: RunningJob) -> None:
    mailing.mail_link(job)


@tenant_task("approvals.escalate", queue="default")
def escalate(job: RunningJob) -> None:
    mailing.escalate(job)


@tenant_task("approvals.tell_missed", queue="default")
def tell_missed(job: RunningJob) -> None:
    mailing.tell_missed(job)
