"""Changing what is subscribed to: up at once, down at the end of what is paid, and the end of it all."""

import json
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.audit import operations as audit
from posthub.billing import stripe_api
from posthub.billing.following.subscriptions import take_subscription
from posthub.billing.following.turns import begin_reading
from posthub.billing.models import AddOn, ExitSurvey, Interval, Plan, Price, SubscribedAddOn, Subscription
from posthub.billing.operations.checkout import price_of
from posthub.billing.operations.scheduled import let_go, turn_to
from posthub.billing.reading import KEEPS, Bought, Data, bought_in, kept_in
from posthub.billing.stripe_api import key_of
from posthub.core.errors import Refused, WrongState
from posthub.core.tenancy import in_schema
from posthub.organizations.models import Organization

CHANGEABLE = ("active", "trialing", "past_due")


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change costs now. `at` is the second it was worked out for: paying means this very sum."""

    of: Plan
    due: int
    currency: str
    at: int
    lines: list[tuple[str, int]]


def current(organization: Organization) -> Subscription:
    """Raises WrongState where there is nothing at Stripe that could be changed."""
    row = Subscription.objects.filter(organization=organization).select_related("plan").first()
    if row is None or not row.stripe_id or row.status not in CHANGEABLE:
        raise WrongState(_("There is no running plan to change. Choose one first."))
    return row


def is_upgrade(row: Subscription, plan: Plan, interval: str = "") -> bool:
    """Also the same plan paid for a year instead of a month."""
    longer = (row.interval, interval) == (Interval.MONTH, Interval.YEAR)
    return plan.order > row.plan.order or (plan == row.plan and longer)


def is_downgrade(row: Subscription, plan: Plan, interval: str = "") -> bool:
    """Also the same plan paid by the month again."""
    shorter = (row.interval, interval) == (Interval.YEAR, Interval.MONTH)
    return shorter if plan == row.plan else not is_upgrade(row, plan)


def _require_going_on(row: Subscription) -> None:
    if row.cancels_at:
        raise WrongState(_("Your plan is cancelled. Take that back first."))


def _require_upgrade(row: Subscription, plan: Plan, interval: str) -> None:
    _require_going_on(row)
    if not is_upgrade(row, plan, interval):
        said = _("You have this plan.") if plan == row.plan else _("This plan is not larger than yours.")
        raise Refused(said)


def require_downgrade(row: Subscription, plan: Plan, interval: str) -> None:
    _require_going_on(row)
    if not is_downgrade(row, plan, interval):
        said = _("You have this plan.") if plan == row.plan else _("This plan is not smaller than yours.")
        raise Refused(said)


def preview_upgrade(organization: Organization, plan: Plan, *, interval: str = "") -> Preview:
    row = current(organization)
    _require_upgrade(row, plan, interval)
    there = stripe_api.read(f"subscriptions/{row.stripe_id}")
    invoice = stripe_api.change(
        "invoices/create_preview",
        key=key_of(row.stripe_id, "preview", plan.code, interval, time.time()),
        subscription=row.stripe_id,
        subscription_details={
            "items": _items_for(row, plan, interval or row.interval, bought_in(there)),
            "proration_behavior": "always_invoice",
        },
    )
    # By Stripe's clock: ours may not agree on the second, nor on the period.
    at = invoice["parent"]["subscription_details"]["subscription_proration_date"]
    lines = invoice["lines"]["data"]
    priced = Price.objects.filter(stripe_id__in={_price_of(line) for line in lines} - {""})
    ours = {price.stripe_id: price for price in priced.select_related("plan", "add_on")}
    said = [(_in_words(line, ours.get(_price_of(line))), line["amount"]) for line in lines]
    return Preview(row.plan, invoice["amount_due"], invoice["currency"], at, said)


def _price_of(line: Data) -> str:
    return ((line.get("pricing") or {}).get("price_details") or {}).get("price") or ""


def _in_words(line: Data, known: Price | None) -> str:
    """Stripe describes its lines in English; what we know by its price we call by our own name."""
    if known is None:
        return str(line.get("description") or "")
    if line["amount"] < 0:
        said = _("%(name)s: what was paid and is not used")
    elif _is_prorated(line):
        said = _("%(name)s: what is left of the period")
    else:
        said = _("%(name)s: the period that begins")
    return said % {"name": known.thing.title}


def _is_prorated(line: Data) -> bool:
    parent = line.get("parent") or {}
    return bool(
        (parent.get("subscription_item_details") or parent.get("invoice_item_details") or {}).get("proration")
    )


def upgrade(
    organization: Organization, plan: Plan, *, interval: str = "", at: int, attempt: str, by: Any
) -> bool:
    """Now, for the sum that was previewed at `at`. False where the payment is still to be made."""
    row = current(organization)
    _require_upgrade(row, plan, interval)
    there = let_go(row, attempt=attempt)
    if row.next_plan_id:
        _change(row, "undo", attempt, metadata={KEEPS: ""})
    data = _change(
        row,
        "upgrade",
        attempt,
        items=_items_for(row, plan, interval or row.interval, bought_in(there)),
        proration_behavior="always_invoice",
        proration_date=at,
        payment_behavior="pending_if_incomplete",
    )
    _note(organization, "upgrade_asked", by, {"plan": plan.code})
    return not data.get("pending_update")


def downgrade(
    organization: Organization,
    plan: Plan,
    *,
    interval: str = "",
    leaving: dict[str, list[str]],
    attempt: str,
    by: Any,
) -> Subscription:
    """Smaller bills from the next one on; until then everything stays, as the subscription itself says.

    `leaving` is what goes out of use then ({"personas": [ids]}).
    """
    row = current(organization)
    require_downgrade(row, plan, interval)
    turns = bool(interval) and interval != row.interval
    there = stripe_api.read(f"subscriptions/{row.stripe_id}") if turns else let_go(row, attempt=attempt)
    bought = bought_in(there)
    kept: Data = {
        "plan": row.plan.code,
        "add_ons": kept_in(there).get("add_ons")
        or {code: [quantity, ""] for code, (quantity, _item) in bought.add_ons.items()},
        "until": int(bought.end.timestamp()) if bought.end else 0,
    }
    body: Data = {}
    if turns:
        kept["next"] = turn_to(row, there, plan, interval=interval, bought=bought, attempt=attempt)
    else:
        body = {"items": _items_for(row, plan, row.interval, bought), "proration_behavior": "none"}
    Subscription.objects.filter(pk=row.pk).update(leaving=leaving)
    _change(row, "downgrade", attempt, **body, metadata={KEEPS: json.dumps(kept)})
    said = {"plan": plan.code, "interval": interval or row.interval, "leaving": leaving}
    _note(organization, "downgrade_asked", by, said)
    row.refresh_from_db()
    return row


def keep_plan(organization: Organization, *, attempt: str, by: Any) -> None:
    """Take a downgrade back before it begins, with the add-ons there were."""
    row = current(organization)
    if row.next_plan_id is None:
        raise WrongState(_("There is no change to take back."))
    bought = bought_in(let_go(row, attempt=attempt))
    items = _items_for(row, row.plan, row.interval, bought)
    there = {item.get("id") for item in items}
    for one in SubscribedAddOn.objects.filter(organization=organization, quantity__gt=0).select_related(
        "add_on"
    ):
        if bought.add_ons.get(one.add_on.code, (0, ""))[1] not in there - {None}:
            price = price_of(one.add_on, currency=row.currency, interval=row.interval)
            items.append({"price": price.stripe_id, "quantity": one.quantity})
    _change(row, "keep", attempt, items=items, proration_behavior="none", metadata={KEEPS: ""})
    Subscription.objects.filter(pk=row.pk).update(leaving={})
    _note(organization, "downgrade_undone", by, {})


def set_add_on(organization: Organization, add_on: AddOn, quantity: int, *, attempt: str, by: Any) -> None:
    """So many of it from now on, what is left of the period paid with the next bill."""
    row = current(organization)
    offered = add_on.for_sale and row.plan.add_ons.filter(pk=add_on.pk).exists()
    if quantity > 0:
        _require_going_on(row)
    if quantity > 0 and not offered:
        raise Refused(_("This add-on cannot be had with your plan."))
    if row.next_plan_id:
        raise WrongState(_("Your plan is about to change. Take that back first."))
    item = bought_in(let_go(row, attempt=attempt)).add_ons.get(add_on.code, (0, ""))[1]
    if quantity == 0 and not item:
        return
    price = price_of(add_on, currency=row.currency, interval=row.interval).stripe_id if not item else ""
    wanted: Data = {"id": item} if item else {"price": price}
    wanted |= {"deleted": True} if quantity == 0 else {"quantity": quantity}
    _change(row, f"add-on-{add_on.code}", attempt, items=[wanted], proration_behavior="create_prorations")
    _note(organization, "add_on_set", by, {"add_on": add_on.code, "quantity": quantity})


def cancel(organization: Organization, *, attempt: str, by: Any) -> Subscription:
    """At the end of what is paid; until then everything stays."""
    row = current(organization)
    let_go(row, attempt=attempt)
    _change(row, "cancel", attempt, cancel_at_period_end=True)
    _note(organization, "cancel_asked", by, {})
    row.refresh_from_db()
    return row


def resume(organization: Organization, *, attempt: str, by: Any) -> None:
    row = current(organization)
    if row.cancels_at is None:
        raise WrongState(_("Your plan goes on as it is."))
    _change(row, "resume", attempt, cancel_at_period_end=False)
    _note(organization, "cancel_undone", by, {})


def say_why(organization: Organization, *, reason: str, comment: str) -> ExitSurvey:
    """Sent twice, it is one answer."""
    said = {"reason": reason, "comment": comment.strip()}
    today = ExitSurvey.objects.filter(
        organization=organization, created_at__gt=timezone.now() - timedelta(days=1)
    )
    return today.filter(**said).first() or ExitSurvey.objects.create(organization=organization, **said)


def _items_for(row: Subscription, plan: Plan, interval: str, bought: Bought) -> list[Data]:
    """The items that make the subscription `plan`, with the add-ons that can be had with it."""
    price = price_of(plan, currency=row.currency, interval=interval)
    items: list[Data] = [{"id": bought.plan_item, "price": price.stripe_id}]
    offered = {add_on.code: add_on for add_on in plan.add_ons.filter(for_sale=True)}
    for code, (quantity, item) in bought.add_ons.items():
        if code not in offered:
            items.append({"id": item, "deleted": True})
        elif interval != bought.interval:
            priced = price_of(offered[code], currency=row.currency, interval=interval)
            items.append({"id": item, "price": priced.stripe_id, "quantity": quantity})
    return items


def _change(row: Subscription, verb: str, attempt: str, **body: Any) -> Data:
    """Have Stripe do it, and take what it answers as read."""
    number = _begin(row.stripe_id)
    key = key_of(row.stripe_id, verb, attempt, **body)
    data = stripe_api.change(
        f"subscriptions/{row.stripe_id}", key=key, expand=["default_payment_method"], **body
    )
    with in_schema("public"):
        take_subscription(data, number=number)
    return data


def _begin(about: str) -> int:
    with in_schema("public"):
        return begin_reading(about)


@transaction.atomic
def _note(organization: Organization, what: str, by: Any, detail: Data) -> None:
    audit.record(
        f"billing.{what}",
        subject=f"organization:{organization.pk}",
        actor_id=by.pk,
        chain=organization.schema_name,
        detail=detail,
    )
