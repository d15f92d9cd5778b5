"""What the plan allows: the one place that is asked."""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.module_loading import import_string

from posthub.billing.models import Feature, Plan, SubscribedAddOn, Subscription, UsageMeter
from posthub.billing.models.plans import COUNTED, STANDING
from posthub.billing.standing import Dates, Standing, standing_at
from posthub.organizations.models import Organization

TRIAL = "trial"
NETWORKS = {
    "facebook": "Facebook", "instagram": "Instagram", "linkedin": "LinkedIn", "x": "X", "tiktok": "TikTok",
}  # fmt: skip
SUBSCRIPTION_FACTS = (
    "status", "stripe_id", "period_start", "period_end", "usage_since", "paid_until",
    "cancels_at", "ended_at", "past_due_since",
)  # fmt: skip
MONTHLY = (
    Feature.POSTS
)  # counted by the month its content is for, the other features by the month that was paid


@dataclass(frozen=True, slots=True)
class Allowance:
    used: int
    limit: int

    @property
    def left(self) -> int:
        return max(0, self.limit - self.used)


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms an organization uses PostHub right now, read in one statement."""

    organization: Organization
    plan: Plan
    standing: Standing
    facts: Mapping[str, Any]
    added: Mapping[str, int]

    def limit_of(self, feature: Feature) -> int:
        """0 where nothing new is made any more; add-ons count only while everything is paid."""
        if not self.standing.makes:
            return 0
        more = self.added.get(feature, 0) if self.standing == Standing.ACTIVE else 0
        return self.plan.limit_of(feature) + more

    @property
    def dates(self) -> Dates:
        return _dates(self.organization, self.facts)


def sells() -> bool:
    """Whether plans can be bought here: there is a key for Stripe."""
    return bool(settings.STRIPE_SECRET_KEY)


def plan_of(organization: Organization) -> Plan:
    """The organization's plan; the trial for whoever has chosen none yet."""
    return _plans(organization=organization)[:1].get()


def of_plan(field: str, *, schema_name: str) -> Subquery | Exists:
    """What the plan of a schema's organization says ("platforms", "images"), as a part of somebody's statement."""
    if field == "video":
        return Exists(
            SubscribedAddOn.objects.filter(
                organization__schema_name=schema_name, add_on__feature=Feature.VIDEOS, quantity__gt=0
            )
        )
    return Subquery(_plans(organization__schema_name=schema_name).values(field)[:1])


def _plans(**of: Any) -> QuerySet[Plan]:
    """The plan first that the organization is on."""
    chosen = Exists(Subscription.objects.filter(plan=OuterRef("pk"), **of))
    return Plan.objects.annotate(chosen=chosen).filter(Q(chosen=True) | Q(code=TRIAL)).order_by("-chosen")


def terms_of(organization: Organization) -> Terms:
    return _terms(organization, _with_terms(organization)[:1].get())


def _with_terms(organization: Organization) -> QuerySet[Plan]:
    facts = Subscription.objects.filter(organization=organization)
    added = SubscribedAddOn.objects.filter(organization=organization)
    return _plans(organization=organization).annotate(
        facts=Subquery(facts.values(said=JSONObject(**{name: name for name in SUBSCRIPTION_FACTS}))[:1]),
        added=ArraySubquery(
            added.values(said=JSONObject(feature="add_on__feature", units=F("add_on__units") * F("quantity")))
        ),
    )


def _terms(organization: Organization, plan: Any) -> Terms:
    facts = {name: _moment(name, value) for name, value in (plan.facts or {}).items()}
    added: dict[str, int] = {}
    for one in plan.added:
        added[one["feature"]] = added.get(one["feature"], 0) + one["units"]
    standing = standing_at(_dates(organization, facts), timezone.now())
    return Terms(organization, plan, standing, facts, added)


def _moment(name: str, value: Any) -> Any:
    return (
        parse_datetime(value)
        if value and name.endswith(("_at", "_start", "_end", "_since", "_until"))
        else value
    )


def _dates(organization: Organization, facts: Mapping[str, Any]) -> Dates:
    return Dates(
        sells(),
        organization.trial_ends,
        facts.get("status") or "",
        facts.get("past_due_since"),
        facts.get("ended_at"),
    )


def allowance(organization: Organization, feature: Feature, *, period: str = "") -> Allowance:
    """What may still be used of `feature`; without `period` now: of what is counted in the running period."""
    if feature not in COUNTED:
        return Allowance(in_use(organization, feature), terms_of(organization).limit_of(feature))
    terms = None if period else terms_of(organization)
    period = period or period_of(organization, terms=terms, feature=feature)
    meter = UsageMeter.objects.filter(organization=organization, feature=feature, period=period)
    plan = _with_terms(organization).annotate(metered=Subquery(meter.values("used")[:1]))[:1].get()
    used: int = plan.metered or 0
    limit = _terms(organization, plan).limit_of(feature)
    return Allowance(used, max(limit, used))


def in_use(organization: Organization, feature: Feature) -> int:
    return all_in_use(organization, [feature])[feature]


def all_in_use(organization: Organization, features: Iterable[Feature] = STANDING) -> dict[Feature, int]:
    """How much of standing features is in use, in one statement: each is counted by the app that has it."""
    gauges = {
        str(feature): import_string(settings.PLAN_GAUGES[feature])(organization) for feature in features
    }
    counted = Organization.objects.filter(pk=organization.pk).annotate(**gauges).values(*gauges).get()
    return {Feature(name): count or 0 for name, count in counted.items()}


def count_networks(organization: Organization) -> Value:
    return Value(len(organization.platforms))


def network_choices(organization: Organization) -> list[tuple[str, str]]:
    return [(platform, NETWORKS.get(platform, platform)) for platform in organization.platforms]


def limit_of(plan: Plan, feature: Feature) -> int:
    return plan.limit_of(feature)


def period_of(
    organization: Organization,
    at: datetime | None = None,
    *,
    terms: Terms | None = None,
    feature: Feature = MONTHLY,
) -> str:
    """The month on the organization's own calendar, "2026-12"; for what is counted by the paid month, its first day.

    A year that was paid has twelve of them. A month that was not paid for does not begin.
    """
    now = (at or timezone.now()).astimezone(ZoneInfo(organization.zone))
    since = terms.facts.get("usage_since") if terms and feature != MONTHLY else None
    if terms is None or since is None:
        return now.strftime("%Y-%m")
    paid_until = terms.facts.get("paid_until")
    return f"{month_began(since.astimezone(now.tzinfo), now, paid_until):%Y-%m-%d}"


def month_began(since: datetime, now: datetime, until: datetime | None) -> datetime:
    """The last monthly anniversary of `since` that is over at `now` and before `until`."""
    step = partial(_months_later, since)
    count = (now.year - since.year) * 12 + now.month - since.month
    while count > 0 and (step(count) > now or (until is not None and step(count) >= until)):
        count -= 1
    return step(max(0, count))


def _months_later(moment: datetime, count: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 + count, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
