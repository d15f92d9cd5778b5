"""Who did what, to what, when: append-only, each entry holding the hash of the one before it."""

import uuid

from django.db import models


class AuditEntry(models.Model):
    """Plain ids, no foreign keys: an entry outlives its subject. `chain` is an organization's schema or public."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain = models.CharField(max_length=63)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="audit_chain_number")]

    def __str__(self) -> str:
        return f"{self.chain} {self.number} {self.action}"
