"""The organization as a customer of Stripe's, with what its invoices have to say."""

import re
from typing import Any

from django.db import transaction

from posthub.billing import stripe_api
from posthub.billing.following.customers import attach
from posthub.billing.models import BillingDetails
from posthub.billing.stripe_api import StripeRefused, key_of
from posthub.organizations.models import Organization


def customer_of(organization: Organization) -> str:
    """The organization's customer at Stripe, made where it has none."""
    details = attach(organization, "")
    if details.customer_id:
        return details.customer_id
    key = key_of(organization.schema_name, "customer", organization.pk)
    made = stripe_api.change(
        "customers",
        key=key,
        metadata={"organization": str(organization.pk), "djstripe_subscriber": str(organization.pk)},
        email=details.email or organization.email,
        name=organization.name,
    )
    customer = str(made["id"])
    with transaction.atomic():
        customer = attach(organization, customer).customer_id
    if details.name:
        send_details(organization, BillingDetails.objects.get(pk=details.pk))
    return customer


def customer_fields(organization: Organization, details: BillingDetails) -> dict[str, Any]:
    """What invoices are to say. Stripe knows no company numbers, so ours stands in a field of its own."""
    name = "IČO" if details.country in {"CZ", "SK"} else "Company No."
    number = [{"name": name, "value": details.company_number}] if details.company_number else ""
    return {
        "name": details.name or organization.name,
        "email": details.email or organization.email,
        "address": {
            "line1": details.street,
            "city": details.city,
            "postal_code": details.postcode,
            "country": details.country,
        },
        "preferred_locales": [organization.language],
        "invoice_settings": {"custom_fields": number},
    }


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
                type="gb_vat" if wanted.startswith("GB") else "eu_vat",
                value=wanted,
            )
        except StripeRefused as problem:
            if problem.code != "tax_id_invalid":
                raise
        else:
            tax_id = made["id"]
    BillingDetails.objects.filter(pk=details.pk).update(tax_id=tax_id)
