"""Bills: shown as they are, a paid one begins a month of usage, a failed one is told about."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from posthub.billing import stripe_api
from posthub.billing.following.customers import attach, hold, organization_of
from posthub.billing.following.subscriptions import read_subscription
from posthub.billing.following.turns import begin_reading, may_write
from posthub.billing.mailing import mail_supervisors, once
from posthub.billing.mirror import keeping
from posthub.billing.models import Invoice, Subscription
from posthub.billing.reading import Data, id_of, moment, paid_period, subscription_of
from posthub.organizations.models import Organization


def invoice_changed(event: Any) -> str:
    return read_invoice(event["data"]["object"]["id"])[1]


def invoice_paid(event: Any) -> str:
    data, said = read_invoice(event["data"]["object"]["id"])
    if data["status"] == "paid":
        count_anew(data)
    return said


def invoice_failed(event: Any) -> str:
    """Told once for each attempt, and not at all where it was paid in the meantime."""
    data, said = read_invoice(event["data"]["object"]["id"])
    tell_failure(data, attempt=event["data"]["object"].get("attempt_count") or data.get("attempt_count") or 1)
    return said


def read_invoice(name: str) -> tuple[Data, str]:
    """The invoice, after the subscription it is for: whichever message comes first finds both."""
    number = begin_reading(name)
    data = stripe_api.read(f"invoices/{name}")
    subscription = subscription_of(data)
    if subscription:
        read_subscription(subscription)
    return data, take_invoice(data, number=number)


@transaction.atomic
def take_invoice(data: Data, *, number: int) -> str:
    organization = organization_of(data)
    if organization is None:
        return "nobody's"
    hold(organization)
    if not may_write(data["id"], number):
        return "older than what stands"
    keeping.keep(data)
    attach(organization, id_of(data["customer"]))
    Invoice.objects.update_or_create(
        stripe_id=data["id"],
        defaults={
            "organization": organization,
            "number": data.get("number") or "",
            "status": data.get("status") or "draft",
            "currency": data["currency"],
            "total": data["total"],
            "issued_at": moment(data["created"]) or timezone.now(),
            "attempts": data.get("attempt_count") or 0,
            "next_attempt_at": moment(data.get("next_payment_attempt")),
            "hosted_url": data.get("hosted_invoice_url") or "",
            "pdf_url": data.get("invoice_pdf") or "",
        },
    )
    return data.get("status") or "draft"


@transaction.atomic
def count_anew(data: Data) -> bool:
    """A month (a year) was paid: what is used counts from its beginning. Once for each invoice."""
    organization = organization_of(data)
    if organization is None:
        return False
    hold(organization)
    if not once(organization, f"paid-{data['id']}"):
        return False
    period = paid_period(data)
    if period is not None:
        rows = Subscription.objects.select_for_update(of=("self",)).filter(organization=organization)
        for row in rows.filter(stripe_id=subscription_of(data)):
            if row.usage_since is None or row.usage_since < period[0]:
                row.usage_since, row.paid_until = period
                row.save(update_fields=["usage_since", "paid_until", "updated_at"])
    if data["total"] > 0:
        mail_supervisors(organization, "receipt", key=data["id"], context=_said(data))
    return True


@transaction.atomic
def tell_failure(data: Data, *, attempt: int) -> bool:
    organization: Organization | None = organization_of(data)
    if organization is None:
        return False
    hold(organization)
    if not once(organization, f"failed-{data['id']}-{attempt}"):
        return False
    if data["status"] == "paid":
        return False
    mail_supervisors(organization, "payment_failed", key=f"{data['id']}:{attempt}", context=_said(data))
    return True


def _said(data: Data) -> Data:
    again = moment(data.get("next_payment_attempt"))
    return {
        "number": data.get("number") or "",
        "amount": data["total"],
        "currency": data["currency"],
        "invoice_url": data.get("hosted_invoice_url") or "",
        "again_at": again.isoformat() if again else "",
    }
