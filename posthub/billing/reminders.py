"""What people are told as days go by: a trial that ends, a payment that is still open, a card that runs out."""

from datetime import datetime, timedelta

from django.utils import timezone

from posthub.billing.mailing import mail_supervisors, once
from posthub.billing.models import Status, Subscription
from posthub.billing.queries import sells
from posthub.billing.standing import GRACE
from posthub.organizations.models import Organization

TRIAL_DAYS_BEFORE = {"trial_soon": 3, "trial_last_day": 1, "trial_over": 0}
PAYMENT_DAYS_AFTER = (7, 3)
CARD_DAYS_BEFORE = 30


def remind(now: datetime | None = None) -> int:
    """Each reminder once, whenever and however often this runs. Returns how many were asked for."""
    now = now or timezone.now()
    return (_of_trials(now) if sells() else 0) + _of_payments(now) + _of_cards(now)


def _of_trials(now: datetime) -> int:
    told = 0
    ending = Organization.objects.filter(
        deleted_at__isnull=True,
        subscription=None,
        trial_ends__gt=now - timedelta(days=2),
        trial_ends__lte=now + timedelta(days=3),
    )
    for organization in ending:
        assert organization.trial_ends is not None
        name = _of_day(organization.trial_ends - now)
        # An extended trial ends on another day, which is told again.
        if once(organization, f"{name}-{organization.trial_ends:%Y-%m-%d}"):
            context = {"until_at": organization.trial_ends.isoformat(), "days": TRIAL_DAYS_BEFORE[name]}
            mail_supervisors(organization, name, key=f"{organization.trial_ends:%Y-%m-%d}", context=context)
            told += 1
    return told


def _of_day(left: timedelta) -> str:
    if left <= timedelta(0):
        return "trial_over"
    return "trial_last_day" if left <= timedelta(days=1) else "trial_soon"


def _of_payments(now: datetime) -> int:
    told = 0
    open_ = Subscription.objects.filter(
        status__in=[Status.PAST_DUE, Status.UNPAID],
        past_due_since__lte=now - timedelta(days=min(PAYMENT_DAYS_AFTER)),
        organization__deleted_at__isnull=True,
    ).select_related("organization")
    for row in open_:
        since = row.past_due_since
        assert since is not None
        day = next(day for day in PAYMENT_DAYS_AFTER if since <= now - timedelta(days=day))
        if once(row.organization, f"unpaid-{row.stripe_id}-{since:%Y-%m-%d}-{day}"):
            bill = row.organization.invoices.filter(status="open").first()
            context = {
                "days": day,
                "stops_at": (since + GRACE).isoformat(),
                "invoice_url": bill.hosted_url if bill else "",
            }
            mail_supervisors(row.organization, "payment_open", key=f"{since:%Y-%m-%d}-{day}", context=context)
            told += 1
    return told


def _of_cards(now: datetime) -> int:
    """Once for each card and the day it runs out, wherever it is to pay once more."""
    told = 0
    paying = Subscription.objects.filter(
        status__in=[Status.ACTIVE, Status.TRIALING, Status.PAST_DUE],
        cancels_at=None,
        organization__deleted_at__isnull=True,
        organization__billing_details__card_until__gte=now.date(),
        organization__billing_details__card_until__lte=now.date() + timedelta(days=CARD_DAYS_BEFORE),
    ).exclude(stripe_id="")
    for row in paying.select_related("organization__billing_details"):
        details = row.organization.billing_details
        context = {"card": details.card, "until_on": f"{details.card_until:%Y-%m-%d}"}
        if once(row.organization, "card-{card}-{until_on}".format(**context)):
            mail_supervisors(row.organization, "card_expiring", key=context["until_on"], context=context)
            told += 1
    return told
