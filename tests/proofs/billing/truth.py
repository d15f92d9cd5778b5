"""What PostHub's rows have to say, worked out from what Stripe has: by another way than PostHub's own."""

from datetime import UTC, datetime
from typing import Any

from posthub.billing.models import BillingDetails, Invoice, Notice, Plan, SubscribedAddOn, Subscription
from posthub.demo.stripe import subscribing
from posthub.demo.stripe.world import Row
from posthub.jobs.models import Job
from posthub.organizations.models import Organization
from tests.proofs.billing.lives import Lives


def day(moment: Any) -> datetime | None:
    return datetime.fromtimestamp(moment, UTC) if moment else None


def wrong(lives: Lives, organization: Organization) -> dict[str, tuple[Any, Any]]:
    """What is not as it should be: name → (should be, is)."""
    with lives.world.lock:
        should = expected(lives, organization)
    there = found(lives, organization)
    return {name: (should[name], there[name]) for name in should if should[name] != there[name]}


def expected(lives: Lives, organization: Organization) -> dict[str, Any]:
    row = lives.newest(organization)
    customer = lives.customers[organization.pk]["id"]
    invoices = [one for one in lives.world.of("invoice", customer=customer) if one["number"]]
    paid = [one for one in invoices if one["status"] == "paid"]
    said: dict[str, Any] = {
        "invoices": {one["id"]: (one["status"], one["total"], one["attempt_count"]) for one in invoices},
        "counted": sorted(f"paid-{one['id']}" for one in paid),
        "receipts": sorted(one["id"] for one in paid if one["total"] > 0),
        "failures told twice": [],
        "failures not told": [],
        "customer": customer if row else "",
    }
    if row is None:
        return said | {"status": None}
    held = subscribing.held(lives.world, row)
    start, end = subscribing.period_of(lives.world, row)
    over = row["status"] in subscribing.OVER
    plan = next(
        lives.things[one.price["id"]] for one in held if isinstance(lives.things[one.price["id"]], Plan)
    )
    since = [
        period_of(one) for one in paid if subscribing.subscription_of(one) == row["id"] and period_of(one)
    ]
    return said | {
        "status": (row["id"], row["status"]),
        "plan": plan.code,
        "amount": sum(one.cost for one in held),
        "period": (day(start), day(end)),
        "cancels": None if over else day(row["cancel_at"]),
        "ended": day(row["ended_at"]) if over else None,
        "add-ons": {
            lives.things[one.price["id"]].code: one.quantity
            for one in held
            if lives.things[one.price["id"]] != plan
        },
        "usage since": day(max(since)) if since else None,
        "owing": row["status"] in ("past_due", "unpaid", "paused"),
    }


def period_of(invoice: Row) -> int:
    """When the period begins that was bought with it; 0 where it was for a part of one."""
    lines = invoice["lines"]["data"]
    whole = [line for line in lines if not line["parent"]["subscription_item_details"]["proration"]]
    return max((line["period"]["start"] for line in whole), default=0)


def found(lives: Lives, organization: Organization) -> dict[str, Any]:
    notices = list(Notice.objects.filter(organization=organization).values_list("key", flat=True))
    mails = list(
        Job.objects.filter(schema_name=organization.schema_name, task="billing.mail").values_list(
            "key", flat=True
        )
    )
    told = [key.split(":payment_failed:")[1] for key in mails if ":payment_failed:" in key]
    bills = {one.stripe_id: one for one in Invoice.objects.filter(organization=organization)}
    details = BillingDetails.objects.filter(organization=organization).first()
    said: dict[str, Any] = {
        "invoices": {name: (one.status, one.total, one.attempts) for name, one in bills.items()},
        "counted": sorted(key for key in notices if key.startswith("paid-")),
        "receipts": sorted(key.split(":receipt:")[1] for key in mails if ":receipt:" in key),
        "failures told twice": sorted({one for one in told if told.count(one) > 1}),
        "failures not told": [
            name for name, one in bills.items() if one.status == "open" and not_told(one, told)
        ],
        "customer": details.customer_id if details else "",
    }
    row = Subscription.objects.filter(organization=organization).select_related("plan").first()
    if row is None:
        return said | {"status": None}
    add_ons = SubscribedAddOn.objects.filter(organization=organization, quantity__gt=0).select_related(
        "add_on"
    )
    return said | {
        "status": (row.stripe_id, row.status),
        "plan": row.plan.code,
        "amount": row.amount,
        "period": (row.period_start, row.period_end),
        "cancels": row.cancels_at,
        "ended": row.ended_at,
        "add-ons": {one.add_on.code: one.quantity for one in add_ons},
        "usage since": row.usage_since,
        "owing": row.past_due_since is not None,
    }


def not_told(bill: Invoice, told: list[str]) -> list[int]:
    """Attempts at what is still owed that nobody was mailed about."""
    return [n for n in range(1, bill.attempts + 1) if f"{bill.stripe_id}:{n}" not in told]
