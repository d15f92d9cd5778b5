"""Whom invoices are for."""

import re
from typing import Any

from django.db import transaction

from posthub.audit import operations as audit
from posthub.billing import stripe_api
from posthub.billing.following.customers import attach
from posthub.billing.models import BillingDetails
from posthub.billing.operations.checkout import customer_fields
from posthub.billing.queries import sells
from posthub.billing.stripe_api import StripeRefused, key_of
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


def send_details(organization: Organization, details: BillingDetails) -> None:
    body = customer_fields(organization, details)
    mark = details.updated_at.isoformat()
    stripe_api.change(
        f"customers/{details.customer_id}", key=key_of(details.customer_id, mark, **body), **body
    )
    _send_tax_id(details, mark)


def _send_tax_id(details: BillingDetails, mark: str) -> None:
    """The VAT number as Stripe's tax id: one that changed is replaced."""
    wanted = re.sub(r"[\s.-]", "", details.vat_number).upper()
    there = {one["value"]: one["id"] for one in stripe_api.every(f"customers/{details.customer_id}/tax_ids")}
    for value, name in there.items():
        if value != wanted:
            path = f"customers/{details.customer_id}/tax_ids/{name}"
            stripe_api.change(path, key=key_of(name, "drop", mark), method="delete")
    tax_id = there.get(wanted, "")
    if wanted and not tax_id:
        try:
            made = stripe_api.change(
                f"customers/{details.customer_id}/tax_ids",
                key=key_of(details.customer_id, "vat", wanted, mark),
                type="eu_vat",
                value=wanted,
            )
        except StripeRefused as problem:
            if problem.code != "tax_id_invalid":
                raise
        else:
            tax_id = made["id"]
    BillingDetails.objects.filter(pk=details.pk).update(tax_id=tax_id)
