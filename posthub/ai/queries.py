"""What an organization sees of the AI that works for it."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from posthub.ai.models import Budget, ProviderAccount, ProviderName, Route, Use
from posthub.ai.routes import KIND_OF, steps_of_settings
from posthub.ai.spending import limit_of, period, spent
from posthub.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Month:
    """US dollars: the most this month may cost on PostHub's keys, what was used of it, and what own keys paid."""

    limit: Decimal
    used: Decimal
    own: Decimal


def own_accounts(organization: Organization) -> list[ProviderAccount]:
    return list(ProviderAccount.objects.filter(organization=organization).order_by("provider"))


def asked_for() -> list[tuple[str, list[str]]]:
    """Each use in words, and who is asked for it, in their order. What nobody is asked for is left out."""
    rows: dict[str, list[str]] = defaultdict(list)
    for use, provider in Route.objects.filter(enabled=True).values_list("use", "provider"):
        rows[use].append(provider)
    found = []
    for one in Use:
        names = rows[one] or [name for name, _model in steps_of_settings(KIND_OF.get(one, "text"))]
        if names:
            found.append((str(one.label), [str(ProviderName(name).label) for name in dict.fromkeys(names)]))
    return found


def month_here(organization: Organization) -> Month:
    used = Budget.objects.filter(organization=organization, period=period(timezone.now()))
    ours = used.values_list("used", flat=True).first() or Decimal(0)
    return Month(limit_of(organization), ours, max(Decimal(0), spent(organization.schema_name) - ours))
