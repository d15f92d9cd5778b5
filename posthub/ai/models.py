"""Each call to a provider, kept so that cost and blame can be told."""

from django.db import models

from posthub.core.models import Row


class CallRecord(Row):
    """One call: what for, who answered, how long it took, how it ended ("ok" or the error's name)."""

    schema_name = models.CharField(max_length=63)
    use = models.CharField(max_length=20)
    provider = models.CharField(max_length=40)
    model = models.CharField(max_length=80, blank=True)
    prompt_name = models.CharField(max_length=60, blank=True)
    prompt_version = models.PositiveSmallIntegerField(default=1)
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    milliseconds = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=40)
    job_id = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["schema_name", "created_at"], name="call_of_organization")]
