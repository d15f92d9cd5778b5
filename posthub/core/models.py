"""What most rows have: a UUID that can be given away, and when it came and changed. No tables of its own."""

import uuid

from django.db import models

from posthub.core.belonging import Belonging


class Row(Belonging):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
