"""What an organization has bought, as Stripe says it is, or as staff gave it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from posthub.billing.models.plans import AddOn, Currency, Interval, Plan
from posthub.core.models import Row


class Status(models.TextChoices):
    """Stripe's own words for a subscription."""

    ACTIVE = "active", _("paid")
    TRIALING = "trialing", _("on trial")
    PAST_DUE = "past_due", _("payment failed")
    UNPAID = "unpaid", _("not paid")
    PAUSED = "paused", _("paused")
    CANCELED = "canceled", _("ended")
    INCOMPLETE = "incomplete", _("first payment open")
    INCOMPLETE_EXPIRED = "incomplete_expired", _("first payment never made")


class Subscription(Row):
    """Which plan an organization is on; an organization without a row is on the trial.

    Without `stripe_id` it was given by staff and costs nothing. `amount` is what the next invoice asks. `next_plan` is
    what was chosen for the end of the period, with `next_interval` where it is paid by another one from then on. From
    `usage_since` to `paid_until` is what the last paid invoice was for: usage is counted by its months. `leaving` is
    what goes out of use with the change to `next_plan` ({"personas": [ids]}).
    """

    organization = models.OneToOneField(
        "organizations.Organization", on_delete=models.CASCADE, related_name="subscription"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE, db_default="active")
    stripe_id = models.CharField(max_length=80, blank=True, default="", db_default="")
    currency = models.CharField(max_length=3, choices=Currency, blank=True, default="", db_default="")
    interval = models.CharField(max_length=5, choices=Interval, blank=True, default="", db_default="")
    amount = models.PositiveIntegerField(default=0, db_default=0)
    period_start = models.DateTimeField(null=True, blank=True)
    period_end = models.DateTimeField(null=True, blank=True)
    usage_since = models.DateTimeField(null=True, blank=True)
    paid_until = models.DateTimeField(null=True, blank=True)
    cancels_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    past_due_since = models.DateTimeField(null=True, blank=True)
    next_plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    next_interval = models.CharField(max_length=5, choices=Interval, blank=True, default="", db_default="")
    leaving = models.JSONField(default=dict, blank=True, db_default=models.Value({}, models.JSONField()))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stripe_id"], condition=~Q(stripe_id=""), name="subscription_of_stripe_once"
            )
        ]


class SubscribedAddOn(Row):
    """How many of an add-on an organization has; its row goes with the add-on."""

    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.CASCADE, related_name="add_ons"
    )
    add_on = models.ForeignKey(AddOn, on_delete=models.PROTECT)
    quantity = models.PositiveSmallIntegerField(default=1)
    item_id = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "add_on"], name="add_on_once")]
