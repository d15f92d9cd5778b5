from datetime import timedelta

from posthub.backoffice import mornings, pipeline
from posthub.core.tasks import periodic_task, tenant_task
from posthub.jobs.runner import RunningJob


@tenant_task("organizations.export", queue="default")
def export_everything(job: RunningJob) -> None:
    pipeline.export_everything(job)


@tenant_task("backoffice.mail_export", queue="default")
def mail_export(job: RunningJob) -> None:
    pipeline.mail_export(job)


@periodic_task("backoffice.watch_mornings", every=timedelta(hours=1))
def watch_mornings(job: RunningJob) -> None:
    mornings.watch_mornings()


@tenant_task("backoffice.mail_morning", queue="default")
def mail_morning(job: RunningJob) -> None:
    """Asked for in public: it tells one person of all their organizations."""
    mornings.mail_morning(job)
