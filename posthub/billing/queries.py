"""What the plan allows: the one place that is asked."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
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
    chosen = Exists(Subscription.objects.filter(organization=organization, plan=OuterRef("pk")))
    plans = Plan.objects.annotate(chosen=chosen).filter(Q(chosen=True) | Q(code=TRIAL))
    return plans.order_by("-chosen")[:1].get()


def period_of(organization: Organization, at: datetime | None = None) -> str:
    """The month on the organization's own calendar, "2026-12"."""
    return (at or timezone.now()).astimezone(ZoneInfo(organization.zone)).strftime("%Y-%m")


def allowance(organization: Organization, feature: Feature, *, period: str) -> Allowance:
    meter = UsageMeter.objects.filter(organization=organization, feature=feature, period=period).first()
    limit = limit_of(plan_of(organization), feature)
    return Allowance(meter.used if meter else 0, max(limit, meter.used if meter else 0))


def limit_of(plan: Plan, feature: Feature) -> int:
    return {Feature.POSTS: plan.posts_a_month}[feature]
