"""Reads over jobs: what waits, what hangs, what the browser polls."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from posthub.jobs.models import Job, JobState
from posthub.organizations.models import Organization


def queue_health() -> dict[str, dict[str, Any]]:
    """Per queue: how many wait, seconds the oldest has waited, how many run beyond their lease."""
    now = timezone.now()
    rows = (
        Job.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING])
        .values("queue")
        .annotate(
            waiting=Count("id", filter=Q(state=JobState.QUEUED, run_after__lte=Now())),
            oldest=Min("run_after", filter=Q(state=JobState.QUEUED, run_after__lte=Now())),
            running=Count("id", filter=Q(state=JobState.RUNNING)),
            beyond_lease=Count("id", filter=Q(state=JobState.RUNNING, lease_until__lt=Now())),
        )
    )
    return {
        row["queue"]: {
            "waiting": row["waiting"],
            "oldest_waiting_seconds": round((now - row["oldest"]).total_seconds()) if row["oldest"] else 0,
            "running": row["running"],
            "beyond_lease": row["beyond_lease"],
        }
        for row in rows
    }


def poll_delay(job: Job) -> int:
    """Milliseconds until the browser should ask again: often at first, seldom later."""
    return delay_since(job.created_at)


def delay_since(start: datetime) -> int:
    age = (timezone.now() - start).total_seconds()
    for limit, delay in ((10, 1000), (60, 2000), (300, 5000)):
        if age < limit:
            return delay
    return 15000


def running_jobs(schema_name: str, *, most: int = 5) -> list[Job]:
    return list(
        Job.objects.filter(schema_name=schema_name, state__in=[JobState.QUEUED, JobState.RUNNING])
        .defer("answers", "payload", "detail")
        .order_by("created_at")[:most]
    )


def language_of(job: Job) -> str:
    """In which language a job speaks: that of who asked, else the organization's."""
    asker = job.asked_by.language if job.asked_by else ""
    organization = Organization.objects.filter(schema_name=job.schema_name)
    return asker or organization.values_list("language", flat=True).first() or settings.LANGUAGE_CODE


def task_of(job: Job) -> SimpleNamespace:
    """The job as the progress panel shows it (docs/components.md, task_progress)."""
    urls = {"status": job.get_absolute_url()}
    if job.active and not job.cancel_requested:
        urls["cancel"] = reverse("jobs:cancel_job", args=[job.pk])
    if job.state in {JobState.DEAD, JobState.CANCELLED}:
        urls["retry"] = reverse("jobs:retry_job", args=[job.pk])
    return SimpleNamespace(
        id=job.pk,
        active=job.active,
        poll_ms=poll_delay(job),
        step_label=job.step or job.get_state_display(),
        progress=job.progress,
        state=SHOWN_STATES[job.state],
        cause=job.cause,
        result_url=job.result_url if job.state == JobState.DONE else "",
        urls=urls,
    )


SHOWN_STATES: dict[str, str] = {
    JobState.QUEUED: "QUEUED",
    JobState.RUNNING: "RUNNING",
    JobState.DONE: "DONE",
    JobState.DEAD: "FAILED",
    JobState.CANCELLED: "CANCELLED",
}
