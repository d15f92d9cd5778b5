"""What staff do about work that failed."""

from collections.abc import Iterable

from django.db import transaction

from posthub.accounts.models import User
from posthub.audit import operations as audit
from posthub.core.errors import WrongState
from posthub.core.tenancy import in_schema
from posthub.jobs.models import Job, JobState
from posthub.jobs.operations import retry


@transaction.atomic
def retry_failed(job: Job, *, by: User) -> Job:
    """Ask for the same work again, in its own organization's schema; the failed row leaves the list."""
    with in_schema(job.schema_name):
        again = retry(job, by=by)
    dismiss_failed(job, by=by, why="retried")
    return again


def retry_group(jobs: Iterable[Job], *, by: User) -> tuple[int, int]:
    """Ask again for each; how many were, and how many could not be because they are under way or known no more."""
    started = refused = 0
    for job in jobs:
        try:
            retry_failed(job, by=by)
            started += 1
        except WrongState:
            refused += 1
    return started, refused


def dismiss_failed(job: Job, *, by: User, why: str = "dismissed") -> bool:
    """Take a failed job off the list; the row itself stays."""
    gone = bool(Job.objects.filter(pk=job.pk, state=JobState.DEAD).update(state=JobState.CANCELLED))
    if gone:
        audit.record(f"job.{why}", subject=f"job:{job.pk}", actor_id=by.pk, chain=job.schema_name)
    return gone
