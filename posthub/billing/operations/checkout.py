"""Buying a plan on Stripe's own page, and Stripe's pages for cards. Their addresses are secrets, used once."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from posthub.audit import operations as audit
from posthub.billing import stripe_api
from posthub.billing.following.checkouts import close_others
from posthub.billing.following.subscriptions import read_subscription
from posthub.billing.models import AddOn, Currency, Interval, Plan, Price, Subscription
from posthub.billing.operations.customers import customer_of
from posthub.billing.stripe_api import key_of
from posthub.core.errors import Refused, WrongState
from posthub.core.tenancy import in_schema
from posthub.organizations.models import Organization
from posthub.organizations.queries import address_of

FLOWS = ("payment_method_update", "subscription_cancel", "subscription_update")
LIVE = ("active", "trialing", "past_due", "unpaid", "paused")


def currency_of(organization: Organization) -> Currency:
    """Crowns at home, euros elsewhere; whoever has paid once stays with what they paid in."""
    return currency_after(organization, Subscription.objects.filter(organization=organization).first())


def currency_after(organization: Organization, row: Subscription | None) -> Currency:
    if row is not None and row.currency:
        return Currency(row.currency)
    return Currency.CZK if organization.country == "CZ" else Currency.EUR


def start_checkout(
    organization: Organization,
    plan: Plan,
    *,
    interval: Interval,
    add_ons: Mapping[str, int],
    attempt: str,
    by: Any,
) -> str:
    """The address of Stripe's page for this plan with these add-ons. `attempt` names the press of the button.

    There is one such page at a time, whatever was opened in other windows: paid on two, a plan would be paid twice.
    """
    subscription = Subscription.objects.filter(organization=organization).first()
    if subscription is not None and subscription.stripe_id and subscription.status in LIVE:
        raise WrongState(_("You have a plan already. Change it instead of buying another."))
    items = lines(plan, add_ons, currency=currency_of(organization), interval=interval)
    customer = customer_of(organization)
    _require_nothing_paid(customer)
    body = _page_for(organization, customer, items)
    press = key_of(attempt, **body)
    if address := close_others(customer, but=press):
        return address
    # Stripe answers a key that it knows with the page as it was: one that was closed since needs another.
    newest = stripe_api.read("checkout/sessions", customer=customer, limit=1)["data"]
    key = key_of(organization.schema_name, "checkout", newest[0]["id"] if newest else "", press)
    session = stripe_api.change("checkout/sessions", key=key, metadata={"press": press}, **body)
    _note(organization, "checkout_started", by, {"plan": plan.code, "add_ons": dict(add_ons)})
    return str(session["url"])


def _page_for(organization: Organization, customer: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    """What Stripe's page is asked to be."""
    return {
        "mode": "subscription",
        "customer": customer,
        "client_reference_id": str(organization.pk),
        "line_items": items,
        "subscription_data": {"metadata": {"organization": str(organization.pk)}},
        "billing_address_collection": "required",
        "tax_id_collection": {"enabled": True},
        "customer_update": {"address": "auto", "name": "auto"},
        "locale": "cs" if (get_language() or "").startswith("cs") else "en",
        "success_url": address_of(organization, "/billing/returned/?session={CHECKOUT_SESSION_ID}"),
        "cancel_url": address_of(organization, "/billing/"),
    }


def _require_nothing_paid(customer: str) -> None:
    """Raises WrongState where Stripe has a running plan of theirs whose message is still on its way; it is read now."""
    for bought in stripe_api.every("subscriptions", customer=customer):
        if bought["status"] in LIVE:
            with in_schema("public"):
                read_subscription(bought["id"])
            raise WrongState(_("You have a plan already. Change it instead of buying another."))


def lines(plan: Plan, add_ons: Mapping[str, int], *, currency: str, interval: str) -> list[dict[str, Any]]:
    """The items of a subscription, all of one interval. Raises Refused for what is not for sale together."""
    things: list[tuple[Plan | AddOn, int]] = [(plan, 1)]
    offered = {add_on.code: add_on for add_on in plan.add_ons.filter(for_sale=True)}
    for code, quantity in add_ons.items():
        if code not in offered:
            raise Refused(_("This add-on cannot be had with this plan."))
        things.append((offered[code], quantity))
    if not plan.for_sale:
        raise Refused(_("This plan is not for sale."))
    return [
        {"price": price_of(thing, currency=currency, interval=interval).stripe_id, "quantity": quantity}
        for thing, quantity in things
        if quantity > 0
    ]


def price_of(thing: Plan | AddOn, *, currency: str, interval: str) -> Price:
    price = thing.prices.filter(active=True, currency=currency, interval=interval).first()
    if price is None or not price.stripe_id:
        raise Refused(_("This cannot be bought yet. Our team has to set its price up."))
    return price


def portal(organization: Organization, *, flow: str = "", by: Any) -> str:
    """The address of Stripe's page for cards and bills, or straight for one of FLOWS."""
    customer = customer_of(organization)
    body: dict[str, Any] = {"customer": customer, "return_url": address_of(organization, "/billing/")}
    if flow:
        if flow not in FLOWS:
            raise Refused(_("There is no such page."))
        body["flow_data"] = {"type": flow}
        if flow != "payment_method_update":
            row = Subscription.objects.filter(organization=organization).exclude(stripe_id="").first()
            if row is None:
                raise WrongState(_("You have no plan yet. Choose one first."))
            body["flow_data"][flow] = {"subscription": row.stripe_id}
    # Each visit has an address of its own, which lives for minutes.
    key = key_of(organization.schema_name, "portal", timezone.now().isoformat(), **body)
    session = stripe_api.change("billing_portal/sessions", key=key, **body)
    _note(organization, "portal_opened", by, {"flow": flow})
    return str(session["url"])


def _note(organization: Organization, what: str, by: Any, detail: dict[str, Any]) -> None:
    audit.record(
        f"billing.{what}",
        subject=f"organization:{organization.pk}",
        actor_id=by.pk,
        chain=organization.schema_name,
        detail=detail,
    )
