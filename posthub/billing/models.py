"""What a plan allows and what was used of it. Plans are rows, so that staff change them without a release."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from posthub.core.models import Row


class Feature(models.TextChoices):
    """What is counted by the month."""

    POSTS = "posts", _("Articles with their posts")


class Plan(Row):
    """Limits of one plan; `code` is what the code and the payment provider call it."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=40)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    posts_a_month = models.PositiveSmallIntegerField(_("posts a month"))
    active_personas = models.PositiveSmallIntegerField(_("active personas"))
    platforms = models.PositiveSmallIntegerField(_("networks"))
    images = models.BooleanField(_("images"), default=False)
    video = models.BooleanField(_("video"), default=False)
    words_min = models.PositiveSmallIntegerField(_("words at least"), default=1500)
    words_max = models.PositiveSmallIntegerField(_("words at most"), default=2200)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class Subscription(Row):
    """Which plan an organization is on; an organization without a row is on the trial."""

    organization = models.OneToOneField(
        "organizations.Organization", on_delete=models.CASCADE, related_name="subscription"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)


class UsageMeter(models.Model):
    """Units of `feature` used in `period` ("2026-12"). The database itself refuses a unit too many."""

    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.CASCADE, related_name="meters"
    )
    feature = models.CharField(max_length=20, choices=Feature)
    period = models.CharField(max_length=7)
    used = models.PositiveIntegerField(default=0)
    limit = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "feature", "period"], name="meter_once"),
            models.CheckConstraint(condition=Q(used__lte=F("limit")), name="meter_within_limit"),
        ]
