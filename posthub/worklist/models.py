"""One row for each thing somebody should act on, over all organizations, kept true by each change of state."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WaitsOn(models.TextChoices):
    CLIENT = "client", _("The client")
    STAFF = "staff", _("The team")
    MACHINE = "machine", _("The machine")
    CLOCK = "clock", _("Its time")
    NOBODY = "nobody", _("Nobody")


class WorkItem(models.Model):
    """`since` is when the ball came to `waits_on`; `due` when the thing goes out, where that is known.

    What shares a `group_id` and a state is decided on as one: the posts of an article.
    """

    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.CASCADE, related_name="work_items"
    )
    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    group_id = models.UUIDField(null=True, blank=True)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=20)
    waits_on = models.CharField(max_length=10, choices=WaitsOn)
    since = models.DateTimeField()
    due = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "kind", "object_id"], name="work_item_once")
        ]
        indexes = [models.Index(fields=["organization", "waits_on", "since"], name="work_item_waiting")]

    def __str__(self) -> str:
        return self.title
