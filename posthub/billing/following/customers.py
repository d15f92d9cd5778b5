"""Whose customer somebody is, and which card they pay with."""

from typing import Any
from uuid import UUID

from django.db import transaction

from posthub.audit import operations as audit
from posthub.billing import stripe_api
from posthub.billing.following.turns import begin_reading, may_write
from posthub.billing.mirror import keeping
from posthub.billing.models import BillingDetails
from posthub.billing.reading import Card, Data, card_of, id_of
from posthub.organizations.models import Organization

ADDRESS = {"street": "line1", "city": "city", "postcode": "postal_code", "country": "country"}
METHOD = "invoice_settings.default_payment_method"


def organization_of(data: Data) -> Organization | None:
    """By the customer we know, else by what we wrote on the object ourselves; None where it is nobody's here."""
    alive = Organization.objects.filter(deleted_at__isnull=True)
    customer = data["id"] if data["object"] == "customer" else id_of(data.get("customer"))
    found = alive.filter(billing_details__customer_id=customer).first() if customer else None
    if found is not None:
        return found
    said = (data.get("metadata") or {}).get("organization") or data.get("client_reference_id") or ""
    try:
        return alive.filter(pk=UUID(said)).first()
    except ValueError:
        return None


def hold(organization: Organization) -> None:
    """Have others who follow messages about the organization wait until this transaction is over.

    First of all locks, and its log's before it: so that no two wait for each other.
    """
    audit.hold(organization.schema_name)
    Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=organization.pk)


@transaction.atomic
def attach(organization: Organization, customer: str) -> BillingDetails:
    """The organization's customer, unless it has one already."""
    details, _made = BillingDetails.objects.get_or_create(
        organization=organization, defaults={"country": organization.country}
    )
    if customer and not details.customer_id:
        details.customer_id = customer
        details.save(update_fields=["customer_id", "updated_at"])
    return details


def read_customer(name: str) -> str:
    number = begin_reading(name)
    return take_customer(stripe_api.read(f"customers/{name}", expand=(METHOD, "tax_ids")), number=number)


@transaction.atomic
def take_customer(data: Data, *, number: int) -> str:
    organization = organization_of(data)
    if organization is None:
        return "nobody's"
    hold(organization)
    if not may_write(data["id"], number):
        return "older than what stands"
    if data.get("deleted"):
        return "deleted"
    keeping.keep(data, subscriber=organization.pk)
    details = attach(organization, data["id"])
    note_card(details, card_of(data))
    fill_in(details, data)
    return "taken"


def note_card(details: BillingDetails, card: Card | None) -> None:
    if card is not None and (card.name, card.until) != (details.card, details.card_until):
        BillingDetails.objects.filter(pk=details.pk).update(card=card.name, card_until=card.until)


def fill_in(details: BillingDetails, data: Data) -> None:
    """What somebody wrote on Stripe's page and never here; what stands here stays."""
    found: dict[str, str | None] = {}
    address = data.get("address") or {}
    if address.get("line1") and not details.street:
        found = {ours: address.get(theirs) for ours, theirs in ADDRESS.items()}
        found |= {name: data.get(name) for name in ("name", "email") if not getattr(details, name)}
    for tax_id in (data.get("tax_ids") or {}).get("data", [])[:1]:
        if not details.vat_number:
            found |= {"vat_number": tax_id["value"], "tax_id": tax_id["id"]}
    if found:
        for name, value in found.items():
            longest = getattr(BillingDetails._meta.get_field(name), "max_length", None)
            setattr(details, name, (value or "")[:longest])
        details.save(update_fields=[*found, "updated_at"])


def customer_changed(event: Any) -> str:
    return read_customer(event["data"]["object"]["id"])


def card_added(event: Any) -> str:
    customer = id_of(event["data"]["object"].get("customer"))
    return read_customer(customer) if customer else "nobody's"
