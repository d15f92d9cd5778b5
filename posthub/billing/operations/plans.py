"""Plans as staff give and change them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.audit import operations as audit
from posthub.billing.models import AddOn, Feature, Plan, Price, SubscribedAddOn, Subscription
from posthub.billing.queries import terms_of
from posthub.core.errors import Refused
from posthub.organizations.models import Organization

LONGEST_TRIAL_DAYS = 90


@transaction.atomic
def choose_plan(
    organization: Organization, plan: Plan, *, add_ons: Mapping[str, int] | None = None
) -> Subscription:
    """Put the organization on a plan without payment, with so many of each add-on (by code)."""
    subscription = Subscription.objects.update_or_create(organization=organization, defaults={"plan": plan})[
        0
    ]
    if add_ons is not None:
        SubscribedAddOn.objects.filter(organization=organization).update(quantity=0)
        for code, quantity in add_ons.items():
            SubscribedAddOn.objects.update_or_create(
                organization=organization,
                add_on=AddOn.objects.get(code=code),
                defaults={"quantity": quantity, "item_id": ""},
            )
    return subscription


@transaction.atomic
def extend_trial(organization: Organization, *, days: int, by: Any) -> Organization:
    """From today, or from its end where that is still to come. Raises Refused for a trial without end."""
    audit.hold(organization.schema_name)
    now = timezone.now()
    begun = max(now, organization.trial_ends or now)
    if days < 1 or begun + timedelta(days=days) > now + timedelta(days=LONGEST_TRIAL_DAYS):
        raise Refused(_("A trial may last up to %(days)s days from today.") % {"days": LONGEST_TRIAL_DAYS})
    organization.trial_ends = begun + timedelta(days=days)
    Organization.objects.filter(pk=organization.pk).update(trial_ends=organization.trial_ends)
    audit.record(
        "billing.trial_extended",
        subject=f"organization:{organization.pk}",
        actor_id=by.pk,
        chain=organization.schema_name,
        detail={"days": days, "until": organization.trial_ends.isoformat()},
    )
    return organization


@transaction.atomic
def set_amount(price: Price, amount: int) -> Price:
    """A price that Stripe knows stays as it is for those who pay it; a new one is asked of everybody else."""
    if price.amount == amount:
        return price
    if not price.stripe_id:
        price.amount = amount
        price.save(update_fields=["amount", "updated_at"])
        return price
    Price.objects.filter(pk=price.pk).update(active=False)
    return Price.objects.create(
        plan=price.plan, add_on=price.add_on, currency=price.currency, interval=price.interval, amount=amount
    )


def give_up_networks(organization: Organization, chosen: list[str]) -> None:
    """A smaller plan began: those chosen for it go first, then the last ones, until the rest fits."""
    limit = terms_of(organization).limit_of(Feature.NETWORKS)
    staying = [platform for platform in organization.platforms if platform not in chosen][:limit]
    if staying and staying != organization.platforms:
        Organization.objects.filter(pk=organization.pk).update(platforms=staying)
