"""Whom bills go to, what was billed, and what came from Stripe."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from posthub.billing.models.plans import Currency
from posthub.core.models import Row
from posthub.organizations.models import Organization


class OnTrial(Organization):  # type: ignore[django-manager-missing]
    """The same rows, for those who look after trials."""

    class Meta:
        proxy = True
        verbose_name = _("organization on trial")
        verbose_name_plural = _("organizations on trial")


class BillingDetails(Row):
    """What a Czech invoice has to say about its buyer, which of Stripe's customers that is, and by which card it pays:
    `card_until` is the last day it is valid."""

    organization = models.OneToOneField(
        "organizations.Organization", on_delete=models.CASCADE, related_name="billing_details"
    )
    name = models.CharField(_("company"), max_length=150, blank=True)
    street = models.CharField(_("street and number"), max_length=150, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    country = models.CharField(_("country"), max_length=2, default="CZ")
    company_number = models.CharField(_("company number (IČO)"), max_length=12, blank=True)
    vat_number = models.CharField(_("VAT number (DIČ)"), max_length=16, blank=True)
    email = models.EmailField(_("invoices to"), blank=True)
    customer_id = models.CharField(max_length=80, blank=True)
    tax_id = models.CharField(max_length=80, blank=True)
    card = models.CharField(max_length=40, blank=True)
    card_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer_id"], condition=~Q(customer_id=""), name="customer_of_stripe_once"
            )
        ]


class Invoice(Row):
    """A bill of Stripe's, as it stood when it was read last; `total` in the currency's smallest unit."""

    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.CASCADE, related_name="invoices"
    )
    stripe_id = models.CharField(max_length=80, unique=True)
    number = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=20)
    currency = models.CharField(max_length=3, choices=Currency)
    total = models.IntegerField()
    issued_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    hosted_url = models.URLField(max_length=1000, blank=True)
    pdf_url = models.URLField(max_length=1000, blank=True)

    class Meta:
        ordering = ["-issued_at", "-stripe_id"]
        indexes = [models.Index(fields=["organization", "-issued_at"], name="invoice_newest")]


class Notice(models.Model):
    """One thing that was done or said because of a payment or a limit; `key` names it, so that it is done once."""

    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.CASCADE, related_name="notices"
    )
    key = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "key"], name="notice_once")]


class StripeEvent(models.Model):
    """A message of Stripe's, stored before anything is done about it."""

    id = models.CharField(max_length=80, primary_key=True)
    kind = models.CharField(max_length=80)
    about = models.CharField(max_length=80)
    payload = models.JSONField()
    created_at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)
    taken_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["received_at"], condition=Q(taken_at=None), name="event_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Reading(models.Model):
    """Which readings of an object of Stripe's were begun, and which was written last.

    Whoever reads takes the next number first. What is read under a lower number than what stands written may
    be older, and is dropped.
    """

    about = models.CharField(max_length=80, primary_key=True)
    begun = models.PositiveBigIntegerField(default=1)
    written = models.PositiveBigIntegerField(default=0)


class Reason(models.TextChoices):
    """Why somebody leaves."""

    PRICE = "price", _("It costs too much")
    QUALITY = "quality", _("The texts were not good enough")
    MISSING = "missing", _("Something we need is missing")
    EFFORT = "effort", _("It takes too much of our time")
    OTHER_TOOL = "other_tool", _("We use something else now")
    CLOSING = "closing", _("We do not need content any more")
    OTHER = "other", _("Something else")


class ExitSurvey(Row):
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.CASCADE, related_name="exit_surveys"
    )
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    comment = models.TextField(_("what would have kept you"), blank=True, max_length=2000)
