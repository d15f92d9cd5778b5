"""What comes from Stripe: whose word it is, and which of our operations follows from which message."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from posthub.billing.following import cards, checkouts, customers, invoices, subscriptions
from posthub.billing.models import StripeEvent
from posthub.billing.reading import moment
from posthub.core.errors import Refused
from posthub.jobs.operations import enqueue

TOLERANCE_SECONDS = 300  # both ways: Stripe's own library would take a time that lies ahead
MOST_BYTES = 512 * 1024
Event = dict[str, Any]

FOLLOWS: dict[str, Callable[[Event], str]] = {
    "checkout.session.completed": checkouts.checkout_completed,
    "customer.subscription.created": subscriptions.subscription_changed,
    "customer.subscription.updated": subscriptions.subscription_changed,
    "customer.subscription.paused": subscriptions.subscription_changed,
    "customer.subscription.resumed": subscriptions.subscription_changed,
    "customer.subscription.deleted": subscriptions.subscription_changed,
    "customer.subscription.trial_will_end": subscriptions.trial_will_end,
    "invoice.paid": invoices.invoice_paid,
    "invoice.payment_failed": invoices.invoice_failed,
    "invoice.payment_action_required": invoices.invoice_failed,
    "invoice.finalized": invoices.invoice_changed,
    "invoice.updated": invoices.invoice_changed,
    "invoice.voided": invoices.invoice_changed,
    "invoice.marked_uncollectible": invoices.invoice_changed,
    "customer.updated": customers.customer_changed,
    "payment_method.attached": customers.card_added,
    "payment_method.updated": cards.card_changed,
    "payment_method.automatically_updated": cards.card_changed,
}


def read_message(body: bytes, signature: str) -> Event:
    """The event in a message that Stripe signed just now. Raises Refused for any other."""
    if len(body) > MOST_BYTES or not is_signed(body, signature):
        raise Refused("not signed by Stripe")
    try:
        event: Event = json.loads(body)
        about = event["data"]["object"]
        well_formed = all(isinstance(event[name], str) for name in ("id", "type")) and isinstance(about, dict)
    except (ValueError, KeyError, TypeError) as problem:
        raise Refused("no event") from problem
    if not well_formed or bool(event.get("livemode")) != settings.STRIPE_LIVE_MODE:
        raise Refused("not an event of this installation")
    return event


def is_signed(body: bytes, signature: str) -> bool:
    """Whether one of the signatures is ours, over this body and a time that is now."""
    parts = [part.strip().partition("=") for part in signature.split(",")]
    stamps = [value for name, _eq, value in parts if name == "t"]
    given = [value for name, _eq, value in parts if name == "v1"]
    if len(stamps) != 1 or not (stamps[0].isascii() and stamps[0].isdigit() and len(stamps[0]) < 12):
        return False
    if abs(time.time() - int(stamps[0])) > TOLERANCE_SECONDS:
        return False
    signed = stamps[0].encode() + b"." + body
    keys = settings.STRIPE_WEBHOOK_SECRET.replace(",", " ").split()
    wanted = [hmac.new(key.encode(), signed, hashlib.sha256).hexdigest() for key in keys]
    return any(hmac.compare_digest(one.encode(), found.encode()) for one in wanted for found in given)


@transaction.atomic
def store(event: Event) -> bool:
    """Keep the message, and have it worked through; False where it was here before."""
    about = event["data"]["object"]
    _row, made = StripeEvent.objects.get_or_create(
        id=event["id"][:80],
        defaults={
            "kind": event["type"][:80],
            "about": str(about.get("id") or "")[:80],
            "payload": event,
            "created_at": moment(event.get("created")) or timezone.now(),
        },
    )
    if made and event["type"] in FOLLOWS:
        enqueue("billing.take_event", key=event["id"][:80], payload={"event": event["id"][:80]})
    return made


def follow(event: StripeEvent) -> str:
    return FOLLOWS[event.kind](event.payload)
