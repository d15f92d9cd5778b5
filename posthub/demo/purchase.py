"""The demo's client has bought a plan at the stand-in, as a person would: what its page shows is really there."""

from typing import Any

from posthub.billing import stripe_api
from posthub.billing.following.checkouts import read_checkout
from posthub.billing.models import Interval, Plan, Subscription
from posthub.billing.operations.checkout import start_checkout
from posthub.billing.operations.details import change_details
from posthub.core.tenancy import in_schema
from posthub.demo import payments
from posthub.organizations.models import Organization

BUYER = {
    "name": "Pekárna Podhorka s. r. o.", "street": "Na Kopečku 7", "city": "Podhorka", "postcode": "569 01",
    "country": "CZ", "company_number": "12345679", "vat_number": "CZ12345679",
}  # fmt: skip


def buy(organization: Organization, plan: str, *, by: Any) -> None:
    """Nothing where something was bought already. An interrupted purchase goes on where it stopped."""
    if Subscription.objects.filter(organization=organization).exclude(stripe_id="").exists():
        return
    with in_schema("public"):
        change_details(organization, by=by, **BUYER, email=organization.email or by.email)
        address = start_checkout(
            organization,
            Plan.objects.get(code=plan),
            interval=Interval.MONTH,
            add_ons={},
            attempt="the demo's",
            by=by,
        )
        session = address.rpartition("/")[2]
        if stripe_api.read(f"checkout/sessions/{session}")["status"] == "open":
            payments.complete(session)
        read_checkout(session)
