"""Reads over jobs: what waits, what hangs, what the browser polls."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from posthub.jobs.models import Job, JobState
from posthub.organizations.models import Organization

STUCK_SECONDS = 300


def queue_health() -> dict[str, dict[str, Any]]:
    """Every queue: how many wait and run, and in seconds how long the oldest has waited or is beyond its lease.

    `stuck` is what should wake somebody: work waits although it is due for long, or a lease that is over
    was not taken back, which two rounds of a sweeper would have done.
    """
    due = Q(state=JobState.QUEUED, run_after__lte=Now())
    beyond = Q(state=JobState.RUNNING, lease_until__lt=Now())
    rows: dict[str, dict[str, Any]] = {
        row["queue"]: dict(row)
        for row in Job.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING])
        .values("queue")
        .annotate(
            waiting=Count("id", filter=due),
            oldest_waiting=Now() - Min("run_after", filter=due),
            running=Count("id", filter=Q(state=JobState.RUNNING)),
            beyond_lease=Count("id", filter=beyond),
            oldest_beyond_lease=Now() - Min("lease_until", filter=beyond),
        )
    }
    return {queue: _health_of(rows.get(queue, {})) for queue in settings.QUEUES}


def _health_of(row: dict[str, Any]) -> dict[str, Any]:
    waited, beyond = (_seconds(row.get(name)) for name in ("oldest_waiting", "oldest_beyond_lease"))
    return {
        "waiting": row.get("waiting", 0),
        "oldest_waiting_seconds": waited,
        "running": row.get("running", 0),
        "beyond_lease": row.get("beyond_lease", 0),
        "oldest_beyond_lease_seconds": beyond,
        "stuck": waited > STUCK_SECONDS or beyond > 2 * settings.SWEEP_SECONDS,
    }


def _seconds(span: timedelta | None) -> int:
    return round(span.total_seconds()) if span else 0


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
    """What people know of: work without a title is PostHub's own."""
    return list(
        Job.objects.filter(schema_name=schema_name, state__in=[JobState.QUEUED, JobState.RUNNING])
        .exclude(title="")
        .defer("answers", "payload", "detail")
        .order_by("created_at")[:most]
    )


def failed_at(schema_name: str, result_url: str) -> Job | None:
    """The work that was to fill this page, where the last of it came to nothing."""
    jobs = Job.objects.filter(schema_name=schema_name, result_url=result_url).defer("answers", "payload")
    last = jobs.order_by("-created_at").first()
    return last if last and last.state == JobState.DEAD else None


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
