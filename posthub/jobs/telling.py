"""Whoever asked for work that came to nothing hears of it: in one mail with all that fails within some minutes."""

from posthub.core.tenancy import in_schema
from posthub.jobs.models import Job, JobState
from posthub.jobs.operations import enqueue

GATHER_SECONDS = 300


def tell_later(job: Job) -> None:
    """Ask for the mail, for a moment from which on no other failure can belong into it.

    Only for work that failed: whoever called it off knows. What has no title is nothing that people know of.
    """
    failed = Job.objects.filter(pk=job.pk, state=JobState.DEAD, asked_by__isnull=False).exclude(title="")
    ended = failed.exclude(schema_name="public").values_list("finished_at", flat=True).first()
    if ended is None:
        return
    window = int(ended.timestamp() // GATHER_SECONDS)
    with in_schema(job.schema_name):
        enqueue(
            "jobs.mail_failed",
            key=f"{job.asked_by_id}:{window}",
            payload={"person": str(job.asked_by_id), "window": window},
            delay=GATHER_SECONDS,
        )
