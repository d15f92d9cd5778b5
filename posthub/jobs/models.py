"""The row behind each piece of background work. It lives in the public schema, beside the outbox it replaces."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from posthub.core.models import Row


class JobState(models.TextChoices):
    QUEUED = "QUEUED", _("Waiting")
    RUNNING = "RUNNING", _("Running")
    DONE = "DONE", _("Done")
    DEAD = "DEAD", _("Failed")
    CANCELLED = "CANCELLED", _("Cancelled")


class Job(Row):
    """One piece of work and where it stands.

    `fence` grows with each claim: whoever holds an older number may write nothing. `answers` keeps what
    paid calls answered, so that a second attempt does not pay again. `key` names the effect
    ("schema:task:object:revision"): the same effect asked for twice is one job. `version` is that of the
    payload. `started_at` is the first attempt's beginning, `claimed_at` the last one's. Whatever decides
    when something runs is the database's clock; the clocks of web and worker machines may be wrong.
    """

    State = JobState

    schema_name = models.CharField(max_length=63, default="public")
    task = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField(default=1, db_default=1)
    queue = models.CharField(max_length=20)
    key = models.CharField(max_length=255, unique=True)
    payload = models.JSONField(default=dict)
    title = models.CharField(max_length=200, blank=True)

    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    lease_until = models.DateTimeField(null=True, blank=True)
    run_after = models.DateTimeField(db_default=Now())
    hinted_at = models.DateTimeField(null=True, blank=True)
    cancel_requested = models.BooleanField(default=False)

    step = models.CharField(max_length=200, blank=True)
    progress = models.PositiveSmallIntegerField(null=True, blank=True)
    answers = models.JSONField(default=dict)
    cause = models.CharField(max_length=500, blank=True)
    detail = models.TextField(blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    retry_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="retries"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["queue", "run_after"], condition=Q(state="QUEUED"), name="job_waiting"),
            models.Index(
                fields=["queue", "schema_name", "run_after"], condition=Q(state="QUEUED"), name="job_line"
            ),
            models.Index(fields=["queue", "schema_name", "-claimed_at"], name="job_served"),
            models.Index(fields=["lease_until"], condition=Q(state="RUNNING"), name="job_leased"),
            models.Index(fields=["schema_name", "state", "created_at"], name="job_of_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("jobs:job", args=[self.pk])

    @property
    def active(self) -> bool:
        return self.state in {JobState.QUEUED, JobState.RUNNING}
