from __future__ import annotations

from typing import Any

from posthub.demo.stripe import schedules, subscribing
from posthub.demo.stripe.errors import invalid
from posthub.demo.stripe.form import form, many, metadata, one_of, text, whole
from posthub.demo.stripe.periods import Wanted, after
from posthub.demo.stripe.resources.prices import INTERVAL
from posthub.demo.stripe.resources.subscriptions import PRORATION
from posthub.demo.stripe.routes import route
from posthub.demo.stripe.world import Row, World

PHASE = form(
    "items", items=many(form("price", price=text, quantity=whole, metadata=metadata)), start_date=whole, end_date=whole,
    duration=form("interval", interval=INTERVAL, interval_count=whole), proration_behavior=PRORATION, metadata=metadata,
)  # fmt: skip
FIELDS = {"end_behavior": one_of("release")}


@route("POST", "/v1/subscription_schedules", form("from_subscription", from_subscription=text, **FIELDS))
def create(world: World, given: dict[str, Any]) -> Row:
    if set(given) - {"from_subscription"}:
        raise invalid(
            "You cannot set other parameters when `from_subscription` is given.", param="from_subscription"
        )
    subscription = world.find("subscription", given["from_subscription"], param="from_subscription")
    if subscription["schedule"]:
        raise invalid(
            f"You cannot migrate a subscription that is already attached to a schedule: {subscription['schedule']}."
        )
    if subscription["status"] in subscribing.OVER or subscription["cancel_at_period_end"]:
        raise invalid("You cannot migrate a subscription that is canceled or set to be canceled.")
    first = schedules.phase_of(world, subscription)
    schedule = world.make(
        "subscription_schedule", customer=subscription["customer"], subscription=subscription["id"], status="active",
        end_behavior="release", metadata={}, phases=[first], canceled_at=None, completed_at=None, released_at=None,
        released_subscription=None, current_phase={"start_date": first["start_date"], "end_date": first["end_date"]},
        application=None, test_clock=None, billing_mode={"type": "flexible"},
        default_settings={"billing_cycle_anchor": "automatic", "collection_method": "charge_automatically"},
    )  # fmt: skip
    with world.changing(subscription, "customer.subscription.updated"):
        subscription["schedule"] = schedule["id"]
    world.emit("subscription_schedule.created", schedule)
    return schedule


@route("GET", "/v1/subscription_schedules/{}")
def retrieve(world: World, given: dict[str, Any], name: str) -> Row:
    return world.find("subscription_schedule", name)


@route(
    "POST", "/v1/subscription_schedules/{}",
    form("phases", phases=many(PHASE), proration_behavior=PRORATION, **FIELDS),
)  # fmt: skip
def update(world: World, given: dict[str, Any], name: str) -> Row:
    schedule = _active(world, name)
    phases = _phases(world, schedule, given["phases"])
    with world.changing(schedule, "subscription_schedule.updated"):
        schedule["phases"] = phases
    return schedule


def _active(world: World, name: str) -> Row:
    schedule = world.find("subscription_schedule", name)
    if schedule["status"] != "active":
        raise invalid(
            f"You cannot update a subscription schedule that is currently in the `{schedule['status']}` status."
        )
    return schedule


def _phases(world: World, schedule: Row, given: list[dict[str, Any]]) -> list[Row]:
    """Each begins where the one before ends; the current one cannot be moved."""
    phases: list[Row] = []
    for place, entry in enumerate(given):
        where = f"phases[{place}]"
        wanted = [
            subscribing.wanted_of(world, item, param=f"{where}[items][{number}]")
            for number, item in enumerate(entry["items"])
        ]
        subscribing.check_together(wanted, param=f"{where}[items]")
        current = schedule["current_phase"]
        start = entry.get("start_date") or (phases[-1]["end_date"] if phases else current["start_date"])
        if not phases and start != current["start_date"]:
            raise invalid(
                "You can not modify the start date of the current phase.", param=f"{where}[start_date]"
            )
        if phases and start != phases[-1]["end_date"]:
            raise invalid("The phases must be contiguous.", param=f"{where}[start_date]")
        if phases and start < current["end_date"]:
            raise invalid("This stand-in only begins phases with a period.", param=f"{where}[start_date]")
        end = _end_of(entry, wanted, start, where)
        items = [
            {"price": one.price["id"], "quantity": one.quantity, "metadata": one.metadata} for one in wanted
        ]
        more = {"proration_behavior": entry.get("proration_behavior") or "create_prorations"}
        phases.append(schedules.phase(start, end, items, metadata=entry.get("metadata") or {}, **more))
    return phases


def _end_of(entry: dict[str, Any], wanted: list[Wanted], start: int, where: str) -> int:
    if entry.get("end_date") and entry.get("duration"):
        raise invalid("You can only set one of `end_date` and `duration`.", param=f"{where}[end_date]")
    length = entry.get("duration") or wanted[0].price["recurring"]
    end = entry.get("end_date") or after(
        start, interval=length["interval"], count=length.get("interval_count") or 1, anchor=start
    )
    if end <= start:
        raise invalid("A phase must end after it begins.", param=f"{where}[end_date]")
    return end


@route("POST", "/v1/subscription_schedules/{}/release", form())
def release(world: World, given: dict[str, Any], name: str) -> Row:
    schedule = _active(world, name)
    schedules.release(world, schedule)
    return schedule
