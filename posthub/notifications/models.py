"""What was sent to whom, so that nobody is told twice."""

from django.db import models

from posthub.core.models import Row


class Notification(Row):
    """One mail about one thing; `key` names it, so that it goes out once."""

    user_id = models.UUIDField()
    key = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=200)
