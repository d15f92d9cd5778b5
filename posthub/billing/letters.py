"""Mails about plans and payments, to the organization's own people."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from posthub.accounts.mail import Letter, declare, sample_address
from posthub.billing.mailing import PATHS, readable
from posthub.billing.models import Feature, Interval

BILL: dict[str, Any] = {
    "amount": 278000,
    "currency": "czk",
    "number": "PH-2026-0042",
    "invoice_url": "https://invoice.stripe.com/i/…",
}


def letter(name: str, occasion: Promise, *, ahead: int = 0, **said: Any) -> Letter:
    """`said` is what the queue is given; `ahead` days from now lies whatever day the mail names."""

    def sample() -> dict[str, Any]:
        day = timezone.now() + timedelta(days=ahead)
        known = {
            **said,
            "until_at": day.isoformat(),
            "stops_at": day.isoformat(),
            "again_at": day.isoformat(),
            "until_on": f"{day:%Y-%m-%d}",
            "organization": "Pekárna Podhorka",
            "action_url": sample_address(PATHS.get(name, "/billing/")),
        }
        return readable(known, get_language() or "en", "Europe/Prague")

    return Letter(f"billing_{name}", occasion, sample)


declare(
    _("Plans and payments"),
    [
        letter("trial_soon", _("Three days before a trial ends."), ahead=3),
        letter("trial_last_day", _("One day before a trial ends."), ahead=1),
        letter("trial_over", _("When a trial has ended.")),
        letter("receipt", _("After a payment, also to the address for invoices."), **BILL),
        letter("payment_failed", _("When a payment fails, for each attempt."), ahead=3, **BILL),
        letter(
            "payment_open", _("Three and seven days after a payment failed."), ahead=11, days=3, **BILL
        ),
        letter("card_expiring", _("A month before the card runs out."), ahead=21, card="visa 4242"),
        letter(
            "plan_changed", _("When another plan, or paying by the year, begins."),
            plan="ULTIMATE", before="PRO", before_interval=Interval.MONTH, interval=Interval.YEAR,
        ),
        letter("quota_soon", _("At four fifths of what the plan allows."), feature=Feature.POSTS, used=20, limit=24),
        letter("quota_full", _("When all that the plan allows is used."), feature=Feature.POSTS, limit=24),
        letter("cancelled", _("When a plan was cancelled."), ahead=17, plan="PRO"),
        letter("exit_survey", _("When a plan has ended: one question."), plan="PRO"),
    ],
)  # fmt: skip
