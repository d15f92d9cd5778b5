"""Whom invoices are for."""

from typing import Any

from django.db import transaction

from posthub.audit import operations as audit
from posthub.billing.following.customers import attach
from posthub.billing.models import BillingDetails
from posthub.billing.operations.customers import send_details
from posthub.billing.queries import sells
from posthub.organizations.models import Organization

FIELDS = ("name", "street", "city", "postcode", "country", "company_number", "vat_number", "email")


def change_details(organization: Organization, *, by: Any, **fields: str) -> BillingDetails:
    """Here, and at Stripe where the organization is a customer already."""
    with transaction.atomic():
        details = attach(organization, "")
        for name in FIELDS:
            setattr(details, name, fields[name])
        details.save()
        audit.record(
            "billing.details_changed",
            subject=f"organization:{organization.pk}",
            actor_id=by.pk,
            chain=organization.schema_name,
        )
    if sells() and details.customer_id:
        send_details(organization, details)
    return details
