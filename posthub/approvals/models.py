"""What people said about content: decisions and comments."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from posthub.core.belonging import Belonging
from posthub.core.models import Row
from posthub.organizations.models import Fallback


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
    Decisions of one click share their `batch`; `before` is the state that an undo leads back to. With a `rule`
    nobody pressed anything: it was made by what the organization switched on, in the name of who switched it on.
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
    by_name = models.CharField(max_length=120, blank=True)
    link = models.ForeignKey(
        "ReviewLink", null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    why = models.CharField(max_length=1000, blank=True)
    rule = models.CharField(max_length=10, choices=Fallback, blank=True, default="", db_default="")

    class Meta:
        indexes = [
            models.Index(fields=["kind", "object_id", "created_at"], name="decision_of_object"),
            models.Index(fields=["batch"], name="decision_of_batch"),
        ]
        ordering = ["created_at"]


class Reviewer(Row):
    """Somebody outside who decides by mail: an address without a user."""

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), unique=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="cs")
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name or self.email


class ReviewRound(Row):
    """Things sent out for review in one mail, each as it stood then."""

    due_at = models.DateTimeField(null=True, blank=True)


class RoundItem(Belonging):
    """`content_hash` is what was mailed; what it became since is shown, and decided on, as it is."""

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "kind", "object_id"], name="item_once_a_round")
        ]
        indexes = [models.Index(fields=["object_id", "content_hash"], name="item_by_object")]


class ReviewLink(Row):
    """One person's way into one round, without an account. Of its token only the hash is kept.

    `person_id` is a user's, or with `outside` a reviewer's. `epoch` is the organization's when it was made:
    a newer epoch ends all older links.
    """

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="links")
    person_id = models.UUIDField()
    outside = models.BooleanField(default=False)
    name = models.CharField(max_length=120)
    email = models.EmailField()
    language = models.CharField(max_length=5)
    token_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    epoch = models.PositiveIntegerField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person_id"], name="link_once_a_round")]
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name or self.email}"


class Comment(Row):
    """A remark on a text, on the words `quote` of it where given. An internal one is for staff only.

    `pending` is what its author has not sent yet: nobody else sees it. `offset` is where the words began among
    those of the paragraph `block`. `suggestion` is the Markdown that paragraph should become; `answers` is the
    first remark of the talk this one belongs to. `picture` is the media it is about, at the spot `x`, `y`: percent
    from the left and from the top.
    """

    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    version_number = models.PositiveIntegerField(default=0)
    block = models.CharField(max_length=20, blank=True)
    quote = models.CharField(max_length=600, blank=True)
    text = models.TextField(_("your remark"), max_length=2000)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=120)
    internal = models.BooleanField(default=False)
    pending = models.BooleanField(default=False, db_default=False)
    offset = models.PositiveIntegerField(null=True, blank=True)
    suggestion = models.TextField(blank=True, default="", db_default="")
    answers = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    picture = models.UUIDField(null=True, blank=True)
    x = models.PositiveSmallIntegerField(null=True, blank=True)
    y = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id", "created_at"], name="comment_of_object")]
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(picture=None, x=None, y=None)
                | models.Q(picture__isnull=False, x__lte=100, y__lte=100),
                name="spot_lies_in_a_picture",
            )
        ]


class Look(Row):
    """What one person keeps about one thing: the hash of the words they opened last, "" for none, and until
    when they put it off. Putting it off moves no due date.
    """

    by_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    seen_hash = models.CharField(max_length=64, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by_id", "object_id"], name="look_once_a_person")]
