"""The end of all work of an organization."""

from django.db.models.functions import Now

from posthub.jobs.models import Job, JobState
from posthub.jobs.operations import cancel


def call_off(schema_name: str) -> int:
    """Cancel whatever waits or runs; returns how many jobs are still running, in a worker that holds its lease."""
    active = Job.objects.filter(schema_name=schema_name, state__in=[JobState.QUEUED, JobState.RUNNING])
    for job in active.order_by("created_at"):
        cancel(job)
    held = Job.objects.filter(schema_name=schema_name, state=JobState.RUNNING, lease_until__gte=Now())
    return held.count()
