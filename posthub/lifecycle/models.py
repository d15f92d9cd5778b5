"""State that moves along a table, and the record of each move."""

import uuid
from typing import ClassVar

from django.db import models

from posthub.core.belonging import Belonging
from posthub.core.models import Row


class Stateful(Row):
    """An object with a state. `MOVES` says from where to where; only `machine.advance` writes `state`.

    `KIND` is the object's name in work items, audit and addresses. `revision` grows with each move, so
    that work asked for in one state is not done in another.
    """

    KIND: ClassVar[str]
    MOVES: ClassVar[dict[str, frozenset[str]]]

    state = models.CharField(max_length=20)
    state_since = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)
    cause = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True


class StateChange(Belonging):
    """Who moved what from where to where, why, and the hash of the content they had before them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    by_id = models.UUIDField(null=True)
    why = models.CharField(max_length=1000, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id", "at"], name="change_of_object")]
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.before} → {self.after}"
