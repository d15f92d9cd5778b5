"""What Stripe's objects mean to PostHub: pure, from JSON to values."""

import calendar
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from posthub.billing.models import AddOn, Plan, Price

Data = dict[str, Any]
KEEPS = "posthub_keeps"  # in a subscription's metadata: what stays in use until the period ends


def moment(value: Any) -> datetime | None:
    return datetime.fromtimestamp(value, UTC) if value else None


def id_of(value: Any) -> str:
    """Stripe gives what it points to by its id, or whole where that was asked for."""
    return (value["id"] if isinstance(value, dict) else value) or ""


@dataclass(frozen=True, slots=True)
class Bought:
    """What a subscription consists of. `add_ons` is code → (quantity, id of its item)."""

    plan: Plan | None
    plan_item: str
    add_ons: dict[str, tuple[int, str]] = field(default_factory=dict)
    interval: str = ""
    currency: str = ""
    amount: int = 0
    start: datetime | None = None
    end: datetime | None = None


def bought_in(data: Data) -> Bought:
    items = data["items"]["data"]
    known = _prices_of(items)
    plan, plan_item, add_ons = None, "", {}
    for item in items:
        thing = known.get(item["price"]["id"]) or known.get(item["price"].get("lookup_key") or "")
        if isinstance(thing, Plan):
            plan, plan_item = thing, item["id"]
        elif isinstance(thing, AddOn):
            add_ons[thing.code] = (item.get("quantity") or 1, item["id"])
    first = items[0]["price"] if items else {}
    return Bought(
        plan,
        plan_item,
        add_ons,
        interval=(first.get("recurring") or {}).get("interval", ""),
        currency=first.get("currency", ""),
        amount=sum((item["price"].get("unit_amount") or 0) * (item.get("quantity") or 1) for item in items),
        start=moment(min((item["current_period_start"] for item in items), default=None)),
        end=moment(max((item["current_period_end"] for item in items), default=None)),
    )


def _prices_of(items: Iterable[Data]) -> dict[str, Plan | AddOn]:
    """Price id or lookup key → what it is the price of. Names are never looked at: people change them."""
    prices = Price.objects.select_related("plan", "add_on")
    ids = {item["price"]["id"] for item in items}
    known = {price.stripe_id: price.thing for price in prices.filter(stripe_id__in=ids)}
    if len(known) == len(ids):
        return known
    return known | {price.lookup_key: price.thing for price in prices.filter(active=True)}


def kept_in(data: Data) -> Data:
    """What a change at the end of the period leaves in use until then: plan, add_ons, until. Empty once it is over.

    `next` says what comes then where it is no part of the subscription yet, but of its schedule.
    """
    try:
        kept: Data = json.loads((data.get("metadata") or {}).get(KEEPS) or "{}")
        begun = min(item["current_period_start"] for item in data["items"]["data"])
    except ValueError:
        return {}
    if not kept or begun >= kept["until"]:
        return {}
    if not data.get("schedule"):
        kept.pop("next", None)
    return kept


def subscription_of(invoice: Data) -> str:
    """Where Stripe names it since its versions of 2025, and where it did before."""
    parent = invoice.get("parent") or {}
    details = parent.get("subscription_details") or {}
    return id_of(details.get("subscription") or invoice.get("subscription") or "")


def paid_period(invoice: Data) -> tuple[datetime, datetime] | None:
    """From when to when a paid invoice bought the plan; None where it bought something within a period."""
    if not str(invoice.get("billing_reason")).startswith("subscription"):
        return None
    periods = [line["period"] for line in invoice["lines"]["data"] if not _is_proration(line)]
    newest = max(periods, key=lambda period: period["start"], default=None)
    start, end = (moment(newest["start"]), moment(newest["end"])) if newest else (None, None)
    return (start, end) if start and end else None


def _is_proration(line: Data) -> bool:
    parent = line.get("parent") or {}
    details = parent.get("subscription_item_details") or parent.get("invoice_item_details") or {}
    return bool(line.get("proration") or details.get("proration"))


@dataclass(frozen=True, slots=True)
class Card:
    """ "visa 4242", and the last day it is valid."""

    name: str
    until: date | None


# Stripe's short names of those that are not written as a plain word.
BRANDS = {
    "amex": "American Express",
    "diners": "Diners Club",
    "eftpos_au": "eftpos Australia",
    "jcb": "JCB",
    "unionpay": "UnionPay",
}


def card_of(data: Data) -> Card | None:
    """Of a subscription or a customer; None where none is known."""
    method = data.get("default_payment_method") or (data.get("invoice_settings") or {}).get(
        "default_payment_method"
    )
    card = (method or {}).get("card") if isinstance(method, dict) else None
    if not card:
        return None
    year, month = card.get("exp_year"), card.get("exp_month")
    until = date(year, month, calendar.monthrange(year, month)[1]) if year and month else None
    brand = BRANDS.get(card["brand"], card["brand"].replace("_", " ").capitalize())
    return Card(f"{brand} {card['last4']}", until)
