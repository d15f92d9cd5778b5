"""The status line, and what has to be known at once."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posthub.billing.models import BillingDetails, Interval, Status, Subscription
from posthub.billing.money import money
from posthub.billing.queries import Terms, sells
from posthub.billing.reminders import CARD_DAYS_BEFORE
from posthub.billing.standing import Standing, frozen_from
from posthub.billing.stripe_api import stands_in
from posthub.billing.wording import why_stopped
from posthub.core.tenancy import base_url
from posthub.organizations.models import Organization

Alert = dict[str, Any]


def day(moment: datetime | None, organization: Organization) -> str:
    return date_format(moment.astimezone(ZoneInfo(organization.zone)), "DATE_FORMAT") if moment else ""


def headline(
    organization: Organization, terms: Terms, row: Subscription | None, details: BillingDetails | None
) -> tuple[str, str]:
    if row is not None:
        return _title(row), _renews(organization, terms, row, details.card if details else "")
    if not sells():
        return terms.plan.title, _(
            "Payments are not set up here: everything works on this plan, without end."
        )
    if terms.standing == Standing.TRIAL:
        return _("Trial"), _("It ends on %(day)s by itself. No card is needed.") % {
            "day": day(organization.trial_ends, organization)
        }
    if not terms.standing.makes:
        return _("No plan"), _ended(organization, terms)
    return terms.plan.title, _("Given to you by our team, without payment.")


def _title(row: Subscription) -> str:
    """With what is paid; what is to be paid after a change stands in the line below."""
    if row.next_plan_id:
        return row.plan.title
    return f"{row.plan.title}, {money(row.amount, row.currency or 'czk')} {row.get_interval_display()}"


def _ended(organization: Organization, terms: Terms) -> str:
    if terms.facts.get("status") == Status.CANCELED:
        said = {"plan": terms.plan.title, "day": day(terms.facts.get("ended_at"), organization)}
        return _("%(plan)s ended on %(day)s.") % said
    return _("The trial ended on %(day)s.") % {"day": day(organization.trial_ends, organization)}


def _renews(organization: Organization, terms: Terms, row: Subscription, card: str) -> str:
    if row.cancels_at:
        return _("It ends on %(day)s and is not renewed.") % {"day": day(row.cancels_at, organization)}
    if not terms.standing.makes:
        return ""
    said = _coming(row) % {
        "plan": row.next_plan.title if row.next_plan else "",
        "day": day(row.period_end, organization),
    }
    said += " " + _("The next invoice is %(price)s.") % {"price": money(row.amount, row.currency or "czk")}
    if card:
        said += " " + _("It is charged to the card %(card)s.") % {"card": card}
    return said


def _coming(row: Subscription) -> str:
    """What the end of the period brings."""
    if row.next_plan is None:
        return _("Renews on %(day)s.")
    if row.next_interval != Interval.MONTH:
        return _("Changes to %(plan)s on %(day)s.")
    if row.next_plan_id == row.plan_id:
        return _("Paid monthly from %(day)s.")
    return _("Changes to %(plan)s on %(day)s, paid monthly from then on.")


def alerts(
    organization: Organization, terms: Terms, row: Subscription | None, details: BillingDetails | None
) -> Iterator[Alert]:
    """`card` where another card would help."""
    yield from _of_standing(organization, terms)
    if row is not None and row.cancels_at:
        text = _("Access stays until %(day)s, your data for 30 days after that. It can be exported any time.")
        text = text % {"day": day(row.cancels_at, organization)}
        yield {"kind": "warn", "title": _("The plan is cancelled"), "text": text}
    elif row is not None and details is not None and details.card_until:
        yield from _of_card(organization, details.card, details.card_until)
    if stands_in() and sells():
        text = _("A stand-in answers in place of Stripe: no card is charged and no money moves.")
        clock = f"{base_url()}/payments/" if settings.DEMO else ""
        yield {"kind": "info", "title": _("Demo"), "text": text, "clock": clock}


def _of_standing(organization: Organization, terms: Terms) -> Iterator[Alert]:
    frozen = day(frozen_from(terms.dates, timezone.now()), organization)
    owing = terms.facts.get("status") in {Status.PAST_DUE, Status.UNPAID, Status.PAUSED}
    if terms.standing == Standing.PAST_DUE:
        text = _("The last payment failed. Add-ons are paused; from %(day)s nothing new can be written.")
        yield {"kind": "bad", "title": _("Payment failed"), "text": text % {"day": frozen}, "card": True}
    elif terms.standing == Standing.OVER:
        text = _("Everything can be read and decided until %(day)s, then only read and exported.")
        yield {"kind": "warn", "title": why_stopped(terms), "text": text % {"day": frozen}, "card": owing}
    elif terms.standing == Standing.FROZEN:
        yield {"kind": "bad", "title": _("Reading only"), "text": why_stopped(terms), "card": owing}
    elif terms.standing == Standing.TRIAL and sells() and organization.trial_ends:
        left = (organization.trial_ends - timezone.now()).days + 1
        if left <= 3:
            text = ngettext("The trial ends in %(days)s day.", "The trial ends in %(days)s days.", left)
            yield {
                "kind": "warn",
                "title": text % {"days": left},
                "text": _("Choose a plan and nothing stops."),
            }


def _of_card(organization: Organization, card: str, until: date) -> Iterator[Alert]:
    today = timezone.localdate(timezone=ZoneInfo(organization.zone))
    if until > today + timedelta(days=CARD_DAYS_BEFORE):
        return
    title = _("The card %(card)s has run out") if until < today else _("The card %(card)s runs out soon")
    text = _("It is valid until %(day)s. Put another one in its place, so that no payment fails.")
    text = text % {"day": date_format(until, "DATE_FORMAT")}
    yield {"kind": "warn", "title": title % {"card": card}, "text": text, "card": True}
