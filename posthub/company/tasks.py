from posthub.company import pipeline
from posthub.core.tasks import tenant_task
from posthub.jobs.operations import on_burial
from posthub.jobs.runner import RunningJob


@tenant_task("company.read_website", queue="ai_priority")
def read_website(job: RunningJob) -> None:
    pipeline.read_website(job)


@tenant_task("company.read_document", queue="default")
def read_document(job: RunningJob) -> None:
    pipeline.read_document(job)


on_burial("company.read_document")(pipeline.document_failed)
