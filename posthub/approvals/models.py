"""What people said about content: decisions and comments."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from posthub.core.models import Row


class Outcome(models.TextChoices):
    """AGREED and CHECKED are a yes after which somebody else's is still wanted."""

    APPROVED = "approved", _("Approved")
    AGREED = "agreed", _("Agreed")
    CHECKED = "checked", _("Checked")
    CHANGES = "changes", _("Changes requested")
    REJECTED = "rejected", _("Rejected")
    SENT_ON = "sent_on", _("Sent to the client")
    REGENERATED = "regenerated", _("Asked for another one")


class VoidReason(models.TextChoices):
    UNDONE = "undone", _("Undone")
    CHANGED = "changed", _("Changed since")


class Decision(Row):
    """One decision of one person on exactly the content whose hash is `content_hash`.

    It is never changed or deleted (the database refuses it), only voided: `void_reason` says by what.
    Decisions of one click share their `batch`; `before` is the state that an undo leads back to.
    """

    batch = models.UUIDField(null=True)
    before = models.CharField(max_length=20, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=8, choices=VoidReason, blank=True)

    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    outcome = models.CharField(max_length=12, choices=Outcome)
    content_hash = models.CharField(max_length=64)
    by_id = models.UUIDField()
    why = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "object_id", "created_at"], name="decision_of_object"),
            models.Index(fields=["batch"], name="decision_of_batch"),
        ]
        ordering = ["created_at"]


class Comment(Row):
    """A remark on a text, on the words `quote` of it where given. An internal one is for staff only."""

    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    version_number = models.PositiveIntegerField(default=0)
    block = models.CharField(max_length=20, blank=True)
    quote = models.CharField(max_length=600, blank=True)
    text = models.TextField(_("your remark"), max_length=2000)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=120)
    internal = models.BooleanField(default=False)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id", "created_at"], name="comment_of_object")]
        ordering = ["created_at"]
