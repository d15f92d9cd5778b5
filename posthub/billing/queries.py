"""What the plan allows: the one place that is asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from posthub.billing.models import Feature, Plan, Subscription, UsageMeter
from posthub.organizations.models import Organization

TRIAL = "trial"


@dataclass(frozen=True, slots=True)
class Allowance:
    used: int
    limit: int

    @property
    def left(self) -> int:
        return max(0, self.limit - self.used)


def plan_of(organization: Organization) -> Plan:
    """The organization's plan; the trial for whoever has chosen none yet."""
    return _plans(organization=organization)[:1].get()


def of_plan(field: str, *, schema_name: str) -> Subquery:
    """What the plan of a schema's organization says ("platforms", "images"), as a part of somebody's statement."""
    return Subquery(_plans(organization__schema_name=schema_name).values(field)[:1])


def _plans(**of: Any) -> QuerySet[Plan]:
    """The plan first that the organization is on."""
    chosen = Exists(Subscription.objects.filter(plan=OuterRef("pk"), **of))
    return Plan.objects.annotate(chosen=chosen).filter(Q(chosen=True) | Q(code=TRIAL)).order_by("-chosen")


def period_of(organization: Organization, at: datetime | None = None) -> str:
    """The month on the organization's own calendar, "2026-12"."""
    return (at or timezone.now()).astimezone(ZoneInfo(organization.zone)).strftime("%Y-%m")


def allowance(organization: Organization, feature: Feature, *, period: str) -> Allowance:
    meter = UsageMeter.objects.filter(organization=organization, feature=feature, period=period)
    plan = _plans(organization=organization).annotate(metered=Subquery(meter.values("used")[:1]))[:1].get()
    used: int = plan.metered or 0
    return Allowance(used, max(limit_of(plan, feature), used))


def limit_of(plan: Plan, feature: Feature) -> int:
    return {Feature.POSTS: plan.posts_a_month}[feature]
