"""How the calendar leaves PostHub: a secret address that a person's own calendar reads."""

from django.db import models

from posthub.core.models import Row


class CalendarLink(Row):
    """One person's address for this organization's calendar. Only the hash of its token is kept."""

    user_id = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user_id"], condition=models.Q(revoked_at=None), name="one_calendar_link_a_person"
            )
        ]
