"""What staff do about work that failed."""

from posthub.accounts.models import User
from posthub.audit import operations as audit
from posthub.core.tenancy import in_schema
from posthub.jobs.models import Job, JobState
from posthub.jobs.operations import retry


def retry_failed(job: Job, *, by: User) -> Job:
    """Ask for the same work again, in its own organization's schema; the failed row leaves the list."""
    with in_schema(job.schema_name):
        again = retry(job, by=by)
    dismiss_failed(job, by=by, why="retried")
    return again


def dismiss_failed(job: Job, *, by: User, why: str = "dismissed") -> None:
    """Take a failed job off the list; the row itself stays."""
    if Job.objects.filter(pk=job.pk, state=JobState.DEAD).update(state=JobState.CANCELLED):
        audit.record(f"job.{why}", subject=f"job:{job.pk}", actor_id=by.pk, chain=job.schema_name)
