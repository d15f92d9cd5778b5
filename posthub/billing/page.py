"""What the page about plan and payments says, worked out from the rows: words and figures, no HTML."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from posthub.billing.models import (
    BillingDetails,
    Currency,
    Feature,
    Interval,
    Invoice,
    Plan,
    Price,
    Status,
    SubscribedAddOn,
    Subscription,
    UsageMeter,
)
from posthub.billing.money import money
from posthub.billing.operations.checkout import currency_after
from posthub.billing.queries import Terms, in_use, month_began, period_of, sells, terms_of
from posthub.billing.standing import Standing, frozen_from
from posthub.billing.wording import why_stopped
from posthub.organizations.models import Organization

SHOWN = (
    Feature.POSTS, Feature.PERSONAS, Feature.REWRITES, Feature.IMAGES, Feature.VIDEOS, Feature.SEATS,
    Feature.NETWORKS, Feature.COMPANIES,
)  # fmt: skip
INVOICES = 12
# What the rows of the first add-ons are called; staff may name them as they like.
NAMES = (gettext_noop("Video"), gettext_noop("12 articles more"), gettext_noop("One more company"))


@dataclass(frozen=True, slots=True)
class Meter:
    label: str
    used: int
    limit: int
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One plan as it compares with the one in use."""

    code: str
    name: str
    price: str
    features: list[str]
    missing: list[str]
    mine: bool
    action: str = ""


@dataclass(frozen=True, slots=True)
class Extra:
    code: str
    name: str
    price: str
    quantity: int
    paused: bool


@dataclass(slots=True)
class Page:
    title: str
    lead: str
    meters: list[Meter]
    cards: list[Card]
    extras: list[Extra]
    invoices: list[dict[str, Any]]
    details: BillingDetails | None
    resets: str = ""
    alerts: list[dict[str, str]] = field(default_factory=list)
    subscribed: bool = False
    cancels: bool = False
    changes: bool = False
    sells: bool = True
    period: str = ""

    @property
    def resets_said(self) -> str:
        return _("counts anew on %(day)s") % {"day": self.resets} if self.resets else ""

    @property
    def mark(self) -> str:
        """The same as long as the page says the same."""
        said = [
            self.title,
            self.lead,
            self.resets,
            self.meters,
            self.cards,
            self.extras,
            self.invoices,
            self.alerts,
        ]
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:12]


def page_of(organization: Organization) -> Page:
    terms = terms_of(organization)
    with_it = ("plan", "next_plan", "organization__billing_details")
    row = Subscription.objects.filter(organization=organization).select_related(*with_it).first()
    details: BillingDetails | None = getattr(
        row.organization if row else organization, "billing_details", None
    )
    bought = row if row is not None and row.stripe_id and row.status != Status.CANCELED else None
    title, lead = _headline(organization, terms, bought, details)
    page = Page(
        title,
        lead,
        meters=meters_of(organization, terms),
        cards=cards_of(organization, terms, bought, currency_after(organization, row)),
        extras=_extras_of(organization, terms, bought),
        invoices=_invoices_of(organization),
        details=details,
        resets=_resets(organization, terms),
        subscribed=bought is not None,
        cancels=bool(bought and bought.cancels_at),
        changes=bool(bought and bought.next_plan_id),
        sells=sells(),
        period=str((Interval(bought.interval) if bought and bought.interval else Interval.MONTH).label),
    )
    page.alerts = list(_alerts(organization, terms, bought))
    return page


def day(moment: datetime | None, organization: Organization) -> str:
    return date_format(moment.astimezone(ZoneInfo(organization.zone)), "DATE_FORMAT") if moment else ""


def _headline(
    organization: Organization, terms: Terms, row: Subscription | None, details: BillingDetails | None
) -> tuple[str, str]:
    if row is not None:
        price = money(row.amount, row.currency or "czk")
        title = f"{row.plan.name}, {price} {row.get_interval_display()}"
        return title, _renews(organization, row, price, details.card if details else "")
    if not sells():
        return terms.plan.name, _("Payments are not set up here: everything works on this plan, without end.")
    if terms.standing == Standing.TRIAL:
        return _("Trial"), _("It ends on %(day)s by itself. No card is needed.") % {
            "day": day(organization.trial_ends, organization)
        }
    if terms.standing in {Standing.OVER, Standing.FROZEN}:
        return _("No plan"), why_stopped(terms)
    return terms.plan.name, _("Given to you by our team, without payment.")


def _renews(organization: Organization, row: Subscription, price: str, card: str) -> str:
    end = day(row.period_end, organization)
    if row.cancels_at:
        return _("It ends on %(day)s and is not renewed.") % {"day": day(row.cancels_at, organization)}
    said = _("Renews on %(day)s.") % {"day": end}
    if row.next_plan:
        said = _("Changes to %(plan)s on %(day)s.") % {"plan": row.next_plan.name, "day": end}
    said += " " + _("The next invoice is %(price)s.") % {"price": price}
    if card:
        said += " " + _("It is charged to the card %(card)s.") % {"card": card}
    return said


def _alerts(organization: Organization, terms: Terms, row: Subscription | None) -> Any:
    frozen = day(frozen_from(terms.dates, timezone.now()), organization)
    if terms.standing == Standing.PAST_DUE:
        text = _("The last payment failed. Add-ons are paused; from %(day)s nothing new can be written.")
        yield {"kind": "bad", "title": _("Payment failed"), "text": text % {"day": frozen}}
    elif terms.standing == Standing.OVER:
        text = _("Everything can be read and decided until %(day)s, then only read and exported.")
        yield {"kind": "warn", "title": why_stopped(terms), "text": text % {"day": frozen}}
    elif terms.standing == Standing.FROZEN:
        yield {"kind": "bad", "title": _("Reading only"), "text": why_stopped(terms)}
    elif terms.standing == Standing.TRIAL and sells() and organization.trial_ends:
        left = (organization.trial_ends - timezone.now()).days + 1
        if left <= 3:
            text = ngettext("The trial ends in %(days)s day.", "The trial ends in %(days)s days.", left)
            yield {
                "kind": "warn",
                "title": text % {"days": left},
                "text": _("Choose a plan and nothing stops."),
            }
    if row is not None and row.cancels_at:
        text = _("Access stays until %(day)s, your data for 30 days after that. It can be exported any time.")
        text = text % {"day": day(row.cancels_at, organization)}
        yield {"kind": "warn", "title": _("The plan is cancelled"), "text": text}


def meters_of(organization: Organization, terms: Terms) -> list[Meter]:
    month = period_of(organization)
    paid = period_of(organization, terms=terms, feature=Feature.REWRITES)
    counted = UsageMeter.objects.filter(organization=organization, period__in={month, paid})
    used = {(meter.feature, meter.period): meter.used for meter in counted}
    meters = []
    for feature in SHOWN:
        limit = terms.limit_of(feature)
        if feature in {Feature.PERSONAS, Feature.SEATS, Feature.NETWORKS, Feature.COMPANIES}:
            count = in_use(organization, feature)
        else:
            count = used.get((feature.value, month if feature == Feature.POSTS else paid), 0)
        if limit or count:
            meters.append(Meter(str(feature.label), count, max(limit, 0), _hint(feature, count, limit)))
    return meters


def _hint(feature: Feature, used: int, limit: int) -> str:
    if used >= limit:
        standing = feature in {Feature.PERSONAS, Feature.SEATS, Feature.NETWORKS, Feature.COMPANIES}
        return _("All taken.") if standing else _("All used. Wait for the next period, or take more.")
    if used * 5 >= limit * 4:
        return ngettext("%(count)s is left.", "%(count)s are left.", limit - used) % {"count": limit - used}
    return ""


def _resets(organization: Organization, terms: Terms) -> str:
    now = timezone.now().astimezone(ZoneInfo(organization.zone))
    since = terms.facts.get("usage_since") or now.replace(day=1, hour=0, minute=0)
    begun = month_began(since.astimezone(now.tzinfo), now, terms.facts.get("paid_until"))
    year, month = divmod(begun.year * 12 + begun.month, 12)
    following = begun.replace(year=year, month=month + 1, day=min(begun.day, 28))
    return day(following, organization)


def cards_of(
    organization: Organization, terms: Terms, row: Subscription | None, currency: Currency
) -> list[Card]:
    interval = row.interval if row is not None and row.interval else Interval.MONTH
    prices = Price.objects.filter(active=True, currency=currency, interval=interval, plan__for_sale=True)
    cards = []
    for price in prices.select_related("plan").order_by("plan__order"):
        plan = price.plan
        assert plan is not None
        mine = row is not None and row.plan_id == plan.pk
        features, missing = compared(plan, terms.plan if row is not None else None)
        action = "" if mine or not sells() else _action(organization, row, plan)
        cards.append(
            Card(plan.code, plan.name, money(price.amount, currency), features, missing, mine, action)
        )
    return cards


def _action(organization: Organization, row: Subscription | None, plan: Plan) -> str:
    if row is None:
        return _("Choose %(plan)s") % {"plan": plan.name}
    if plan.order > row.plan.order:
        return _("Move to %(plan)s now") % {"plan": plan.name}
    return _("Move to %(plan)s on %(day)s") % {"plan": plan.name, "day": day(row.period_end, organization)}


def compared(plan: Plan, mine: Plan | None) -> tuple[list[str], list[str]]:
    """What one gets, and what one would lose against the plan in use."""
    features, missing = [], []
    for feature in (Feature.POSTS, Feature.PERSONAS, Feature.NETWORKS, Feature.IMAGES, Feature.SEATS):
        limit, before = plan.limit_of(feature), mine.limit_of(feature) if mine else 0
        if limit < before:
            missing.append(_lost(feature, limit, before))
        elif limit:
            features.append(f"{feature.label}: {limit}")
    if plan.video:
        features.append(_("Films by an add-on"))
    return features, missing


def _lost(feature: Feature, limit: int, before: int) -> str:
    if limit == 0:
        return _("%(feature)s: none") % {"feature": feature.label}
    return _("%(feature)s: %(limit)s instead of %(before)s") % {
        "feature": feature.label, "limit": limit, "before": before
    }  # fmt: skip


def _extras_of(organization: Organization, terms: Terms, row: Subscription | None) -> list[Extra]:
    if row is None:
        return []
    have = SubscribedAddOn.objects.filter(organization=organization, add_on=OuterRef("add_on"))
    prices = Price.objects.filter(active=True, currency=row.currency, interval=row.interval)
    offered = prices.filter(add_on__for_sale=True, add_on__plans=row.plan).select_related("add_on")
    paused = terms.standing != Standing.ACTIVE
    extras = []
    for price in offered.annotate(have=Subquery(have.values("quantity"))).order_by("add_on__order"):
        add_on = price.add_on
        assert add_on is not None
        amount = f"{money(price.amount, price.currency)} {price.get_interval_display()}"
        extras.append(Extra(add_on.code, _(add_on.name), amount, price.have or 0, paused))
    return extras


def _invoices_of(organization: Organization) -> list[dict[str, Any]]:
    shown = []
    for invoice in Invoice.objects.filter(organization=organization).exclude(status="draft")[:INVOICES]:
        kind, words = _in_words(invoice)
        shown.append({
            "number": invoice.number or invoice.stripe_id,
            "day": day(invoice.issued_at, organization),
            "kind": kind,
            "state": words,
            "amount": money(invoice.total, invoice.currency),
            "pdf": invoice.pdf_url,
            "pay": invoice.hosted_url if invoice.status == "open" else "",
        })  # fmt: skip
    return shown


def _in_words(invoice: Invoice) -> tuple[str, str]:
    if invoice.status == "paid":
        again = invoice.attempts > 1
        return "ok", _("Paid after another attempt") if again else _("Paid")
    if invoice.status == "open":
        return "bad", _("Not paid yet")
    return "neutral", _("Void") if invoice.status == "void" else _("Given up")
