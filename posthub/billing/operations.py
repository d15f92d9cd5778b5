"""Counting what is used, so that two requests for the last unit give one unit."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from posthub.billing.models import Feature, Plan, Subscription, UsageMeter
from posthub.billing.queries import limit_of, plan_of
from posthub.core.errors import OverAllowance
from posthub.organizations.models import Organization


@transaction.atomic
def reserve(organization: Organization, feature: Feature, *, period: str, units: int = 1) -> None:
    """Take `units` of the month's allowance; raises OverAllowance and takes nothing where too few are left."""
    limit = limit_of(plan_of(organization), feature)
    meter, _made = UsageMeter.objects.get_or_create(
        organization=organization, feature=feature, period=period, defaults={"limit": limit}
    )
    # The limit of today's plan counts, not the one the meter was made with: somebody may have gone down.
    taken = UsageMeter.objects.filter(pk=meter.pk, used__lte=limit - units).update(
        used=F("used") + units, limit=limit
    )
    if not taken:
        meter.refresh_from_db()
        raise OverAllowance(
            _("Your plan allows %(limit)s articles a month and they are all used.") % {"limit": limit},
            feature=feature,
            used=meter.used,
            limit=limit,
        )


def release(organization: Organization, feature: Feature, *, period: str, units: int = 1) -> None:
    """Give back what was reserved for work that came to nothing."""
    UsageMeter.objects.filter(
        organization=organization, feature=feature, period=period, used__gte=units
    ).update(used=F("used") - units)


def choose_plan(organization: Organization, plan: Plan) -> Subscription:
    return Subscription.objects.update_or_create(organization=organization, defaults={"plan": plan})[0]
