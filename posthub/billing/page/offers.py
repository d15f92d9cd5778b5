"""What can be had: the plans as they compare with what is in use, the add-ons, and how often one pays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from posthub.billing.models import Currency, Feature, Interval, Plan, Price, SubscribedAddOn, Subscription
from posthub.billing.money import money
from posthub.billing.page.words import day
from posthub.billing.queries import Terms, sells
from posthub.billing.standing import Standing
from posthub.organizations.models import Organization

# What the rows of the first add-ons are called; staff may name them as they like.
NAMES = (gettext_noop("Video"), gettext_noop("12 articles more"), gettext_noop("One more company"))
COMPARED = (Feature.POSTS, Feature.PERSONAS, Feature.NETWORKS, Feature.IMAGES, Feature.SEATS)


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


@dataclass(frozen=True, slots=True)
class Turn:
    """Paying by the other interval: what that means, and where it is asked for."""

    said: str
    action: str
    url: str


@dataclass(frozen=True, slots=True)
class Offers:
    cards: list[Card] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)
    turn: Turn | None = None


def offers_of(
    organization: Organization,
    terms: Terms,
    row: Subscription | None,
    *,
    currency: Currency,
    standing: Mapping[Feature, int],
) -> Offers:
    """`row` is what was bought. All prices are read at once."""
    have = SubscribedAddOn.objects.filter(organization=organization, add_on=OuterRef("add_on"))
    wanted = Q(plan__for_sale=True)
    if row is not None:
        wanted |= Q(add_on__for_sale=True, add_on__plans=row.plan)
    rows = Price.objects.filter(wanted, active=True, currency=currency).select_related("plan", "add_on")
    prices = list(
        rows.annotate(have=Subquery(have.values("quantity"))).order_by("plan__order", "add_on__order")
    )
    interval = row.interval if row is not None and row.interval else Interval.MONTH
    shown = [price for price in prices if price.interval == interval]
    given = None if row is not None else _given(terms)
    compare = _Comparison(organization, row, given, standing)
    paused = terms.standing != Standing.ACTIVE
    return Offers(
        [compare.card(price, price.plan) for price in shown if price.plan is not None],
        [_extra(price, paused=paused) for price in shown if price.add_on_id],
        _turn(organization, row, prices) if row is not None else None,
    )


def _given(terms: Terms) -> Plan | None:
    """The plan that staff gave, without payment."""
    return terms.plan if terms.standing == Standing.ACTIVE else None


@dataclass(frozen=True, slots=True)
class _Comparison:
    """With the plan that was bought or given, else with what stands there and would have to fit in."""

    organization: Organization
    row: Subscription | None
    given: Plan | None
    standing: Mapping[Feature, int]

    @property
    def plan(self) -> Plan | None:
        return self.row.plan if self.row is not None else self.given

    def card(self, price: Price, plan: Plan) -> Card:
        mine = self.plan is not None and self.plan.pk == plan.pk
        features, missing = compared(plan, self.plan, self.standing)
        action = "" if mine or not sells() else self.action(plan)
        return Card(
            plan.code, plan.title, money(price.amount, price.currency), features, missing, mine, action
        )

    def action(self, plan: Plan) -> str:
        if self.row is not None and self.row.cancels_at:
            return ""
        if self.row is None:
            return _("Choose %(plan)s") % {"plan": plan.title}
        if plan.order > self.row.plan.order:
            return _("Move to %(plan)s now") % {"plan": plan.title}
        said = {"plan": plan.title, "day": day(self.row.period_end, self.organization)}
        return _("Move to %(plan)s on %(day)s") % said


def compared(
    plan: Plan, mine: Plan | None, standing: Mapping[Feature, int] | None = None
) -> tuple[list[str], list[str]]:
    """What one gets, and what one would lose against the plan in use, or against what stands there."""
    features, missing = [], []
    there = standing or {}
    for feature in COMPARED:
        limit, before = plan.limit_of(feature), mine.limit_of(feature) if mine else there.get(feature, 0)
        if limit < before:
            missing.append(_lost(feature, limit, before))
        elif limit:
            features.append(f"{feature.label}: {limit}")
    if plan.video:
        features.append(_("Films as an add-on"))
    return features, missing


def _lost(feature: Feature, limit: int, before: int) -> str:
    if limit == 0:
        return _("%(feature)s: none") % {"feature": feature.label}
    return _("%(feature)s: %(limit)s instead of %(before)s") % {
        "feature": feature.label, "limit": limit, "before": before
    }  # fmt: skip


def _extra(price: Price, *, paused: bool) -> Extra:
    add_on = price.add_on
    assert add_on is not None
    amount = f"{money(price.amount, price.currency)} {price.get_interval_display()}"
    have: int = getattr(price, "have", None) or 0
    return Extra(add_on.code, add_on.title, amount, have, paused)


def _turn(organization: Organization, row: Subscription, prices: Iterable[Price]) -> Turn | None:
    """Yearly at once, monthly from the end of the year that is paid."""
    amounts = {price.interval: price.amount for price in prices if price.plan_id == row.plan_id}
    if len(amounts) < 2 or row.cancels_at or row.next_plan_id:
        return None
    if row.interval == Interval.MONTH:
        saved = money(max(0, amounts[Interval.MONTH] * 12 - amounts[Interval.YEAR]), row.currency)
        said = _("A year of %(plan)s costs %(price)s, %(saved)s less than twelve months.") % {
            "plan": row.plan.title, "price": money(amounts[Interval.YEAR], row.currency), "saved": saved
        }  # fmt: skip
        return Turn(
            said, _("Pay yearly"), reverse("billing:move_up", args=[row.plan.code]) + "?interval=year"
        )
    said = _("A month of %(plan)s costs %(price)s.") % {
        "plan": row.plan.title, "price": money(amounts[Interval.MONTH], row.currency)
    }  # fmt: skip
    action = _("Pay monthly from %(day)s") % {"day": day(row.period_end, organization)}
    return Turn(said, action, reverse("billing:move_down", args=[row.plan.code]) + "?interval=month")
