from posthub.backoffice import pipeline
from posthub.core.tasks import tenant_task
from posthub.jobs.runner import RunningJob


@tenant_task("organizations.export", queue="default")
def export_everything(job: RunningJob) -> None:
    pipeline.export_everything(job)


@tenant_task("backoffice.mail_export", queue="default")
def mail_export(job: RunningJob) -> None:
    pipeline.mail_export(job)
