"""Whom a change of a plan affects, before it is made."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from posthub.billing.models import Feature, Plan, Status, UsageMeter
from posthub.billing.models.plans import COUNTED
from posthub.billing.queries import TRIAL, in_use, period_of
from posthub.organizations.models import Organization

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Effects:
    """`changes` are (feature, before, after), `over` who would then have more than there is room for."""

    changes: list[tuple[str, int, int]]
    count: int
    names: list[str]
    over: list[tuple[str, str, int, int]]


def effects_of(before: Plan, after: Plan) -> Effects:
    changed = [feature for feature in Feature if before.limit_of(feature) != after.limit_of(feature)]
    on_it = organizations_on(before)
    return Effects(
        [(str(feature.label), before.limit_of(feature), after.limit_of(feature)) for feature in changed],
        on_it.count(),
        list(on_it.values_list("name", flat=True)[:SHOWN]),
        list(_over(on_it, after, [feature for feature in changed if feature in {*COUNTED, *COUNTED_HERE}])),
    )


def organizations_on(plan: Plan) -> QuerySet[Organization]:
    alive = (
        Organization.objects.filter(deleted_at__isnull=True).exclude(schema_name="public").order_by("name")
    )
    if plan.code == TRIAL:
        return alive.filter(subscription=None)
    return alive.filter(subscription__plan=plan).exclude(subscription__status=Status.CANCELED)


# Of what stands this can be counted without going into each organization's schema.
COUNTED_HERE = (Feature.SEATS, Feature.NETWORKS)


def _over(
    on_it: QuerySet[Organization], after: Plan, features: list[Feature]
) -> Iterator[tuple[str, str, int, int]]:
    for feature in features:
        limit = after.limit_of(feature)
        for organization in on_it:
            used = _used(organization, feature)
            if used > limit:
                yield organization.name, str(feature.label), used, limit


def _used(organization: Organization, feature: Feature) -> int:
    if feature in COUNTED_HERE:
        return in_use(organization, feature)
    meter = UsageMeter.objects.filter(organization=organization, feature=feature)
    newest = meter.filter(period__gte=period_of(organization)).order_by("-used").first()
    return newest.used if newest else 0
