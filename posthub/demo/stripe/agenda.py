"""What the clock brings: ends of trials and periods, renewals, payments tried again, what expires."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from posthub.demo.stripe import invoicing, schedules, subscribing
from posthub.demo.stripe.periods import DAY, HOUR, after, whole_period
from posthub.demo.stripe.world import Row, World

TRIAL_NOTICE, RENEWAL_NOTICE = 3 * DAY, 7 * DAY
# A renewal's invoice is a draft for an hour.
DRAFT_SECONDS = HOUR
Due = tuple[int, Callable[[], None]]


def advance(world: World, moment: int) -> None:
    """Let everything happen that is due until `moment`, each thing at its own time."""
    with world.moving_to(moment) as stand:
        while True:
            due = min(
                (entry for entry in _dues(world) if entry[0] <= moment),
                key=lambda entry: entry[0],
                default=None,
            )
            if due is None:
                break
            stand(max(due[0], world.now()))
            due[1]()
        stand(max(moment, world.now()))


def _dues(world: World) -> Iterator[Due]:
    for subscription in world.rows["subscription"].values():
        if subscription["status"] not in subscribing.OVER:
            yield from _dues_of(world, subscription)
    for invoice in world.rows["invoice"].values():
        if invoice["status"] == "draft":
            yield invoice["created"] + DRAFT_SECONDS, partial(_finish_draft, world, invoice)
        if invoice["status"] == "open" and invoice["next_payment_attempt"]:
            yield invoice["next_payment_attempt"], partial(_try_again, world, invoice)
    for session in world.of("checkout.session", status="open"):
        yield session["expires_at"], partial(expire, world, session)


def _dues_of(world: World, subscription: Row) -> Iterator[Due]:
    start, end = subscribing.period_of(world, subscription)
    told = subscription["_told"]
    status = subscription["status"]
    if subscription["pending_update"]:
        yield subscription["pending_update"]["expires_at"], partial(_give_up_update, world, subscription)
    if status == "incomplete":
        yield start + 23 * HOUR, partial(_expire_incomplete, world, subscription)
    elif status == "trialing":
        if f"trial {end}" not in told:
            yield end - TRIAL_NOTICE, partial(_tell, world, subscription, f"trial {end}", "trial_will_end")
        yield end, partial(end_trial, world, subscription)
    elif status in ("active", "past_due", "unpaid"):
        if (
            f"renewal {end}" not in told
            and end - RENEWAL_NOTICE > start
            and not subscription["cancel_at_period_end"]
        ):
            yield end - RENEWAL_NOTICE, partial(_announce, world, subscription, end)
        yield end, partial(_turn, world, subscription)


def _tell(world: World, subscription: Row, mark: str, event: str) -> None:
    subscription["_told"].append(mark)
    world.emit(f"customer.subscription.{event}", subscription)


def _announce(world: World, subscription: Row, end: int) -> None:
    """invoice.upcoming: an invoice that does not exist yet and has no id."""
    subscription["_told"].append(f"renewal {end}")
    scratch = world.scratch()
    invoice = scratch.shown(_upcoming(scratch, scratch.find("subscription", subscription["id"])))
    del invoice["id"]
    invoice["next_payment_attempt"] = end + DRAFT_SECONDS
    world.emit("invoice.upcoming", invoice)


def _upcoming(world: World, subscription: Row) -> Row:
    """The next renewal's invoice as it would be."""
    _start, end = subscribing.period_of(world, subscription)
    schedules.enter_due(world, subscription, end)
    parts = subscribing.pending_parts(world, subscription)
    parts += whole_period(
        subscribing.held(world, subscription),
        subscribing.names(world),
        start=end,
        end=_next_end(world, subscription, end),
    )
    return invoicing.draft(world, subscription, parts, reason="upcoming")


def _next_end(world: World, subscription: Row, moment: int) -> int:
    recurring = subscribing.held(world, subscription)[0].price["recurring"]
    return after(
        moment,
        interval=recurring["interval"],
        count=recurring["interval_count"],
        anchor=subscription["billing_cycle_anchor"],
    )


def end_trial(world: World, subscription: Row) -> None:
    customer = world.find("customer", subscription["customer"])
    if subscription["cancel_at_period_end"]:
        subscribing.cancel(world, subscription)
        return
    if invoicing.method_of(world, subscription, customer) is None:
        missing = subscription["trial_settings"]["end_behavior"]["missing_payment_method"]
        if missing == "cancel":
            subscribing.cancel(world, subscription, reason="payment_failed")
            return
        if missing == "pause":
            subscription["status"] = "paused"
            world.emit("customer.subscription.paused", subscription)
            return
    _renew(world, subscription, "active")


def _turn(world: World, subscription: Row) -> None:
    """The period is over."""
    if subscription["cancel_at_period_end"]:
        subscribing.cancel(world, subscription)
        return
    _renew(world, subscription, subscription["status"])


def _renew(world: World, subscription: Row, status: str) -> None:
    now = world.now()
    with world.changing(subscription, "customer.subscription.updated"):
        schedules.enter_due(world, subscription, now)
        subscription["status"] = status
        held = subscribing.held(world, subscription)
        end = _next_end(world, subscription, now)
        subscribing.put_items(world, subscription, held, now, end)
        parts = subscribing.pending_parts(world, subscription)
        parts += whole_period(
            subscribing.held(world, subscription), subscribing.names(world), start=now, end=end
        )
        subscription["_pending"] = []
        invoicing.draft(world, subscription, parts, reason="subscription_cycle")
    schedules.leave_over(world, subscription)


def _finish_draft(world: World, invoice: Row) -> None:
    invoicing.finalize(world, invoice)
    subscribing.settle(world, world.find("subscription", subscribing.subscription_of(invoice)), invoice)


def _try_again(world: World, invoice: Row) -> None:
    subscription = world.find("subscription", subscribing.subscription_of(invoice))
    outcome = subscribing.settle(world, subscription, invoice)
    if (
        outcome != "succeeded"
        and invoice["next_payment_attempt"] is None
        and subscription["status"] == "past_due"
    ):
        # As set up in PostHub's account: the last failure ends the subscription.
        subscribing.cancel(world, subscription, reason="payment_failed")


def _give_up_update(world: World, subscription: Row) -> None:
    waiting = subscription["_update"]
    with world.changing(subscription, "customer.subscription.pending_update_expired"):
        subscription["pending_update"] = None
    invoicing.void(world, world.find("invoice", waiting["invoice"]))


def _expire_incomplete(world: World, subscription: Row) -> None:
    for invoice in world.of("invoice", status="open"):
        if subscribing.subscription_of(invoice) == subscription["id"]:
            invoicing.void(world, invoice)
    with world.changing(subscription, "customer.subscription.updated"):
        subscription |= {"status": "incomplete_expired", "ended_at": world.now()}


def expire(world: World, session: Row) -> None:
    session |= {"status": "expired", "url": None}
    world.emit("checkout.session.expired", session)
