from posthub.ai import pipeline
from posthub.core.tasks import tenant_task
from posthub.jobs.runner import RunningJob


@tenant_task("ai.try", queue="ai_jobs")
def try_out(job: RunningJob) -> None:
    pipeline.try_out(job)
