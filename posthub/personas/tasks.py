from posthub.core.tasks import tenant_task
from posthub.jobs.runner import RunningJob
from posthub.personas import pipeline


@tenant_task("personas.propose", queue="ai_jobs")
def propose_personas(job: RunningJob) -> None:
    pipeline.propose_personas(job)
