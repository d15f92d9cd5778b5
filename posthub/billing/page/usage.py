"""How much of what the plan allows is used, and when it counts anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from posthub.billing.models import Feature, UsageMeter
from posthub.billing.models.plans import STANDING
from posthub.billing.page.words import day
from posthub.billing.queries import Terms, month_began, period_of
from posthub.organizations.models import Organization

SHOWN = (
    Feature.POSTS, Feature.PERSONAS, Feature.REWRITES, Feature.IMAGES, Feature.VIDEOS, Feature.SEATS,
    Feature.NETWORKS, Feature.COMPANIES,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meter:
    label: str
    used: int
    limit: int
    hint: str = ""


def meters_of(organization: Organization, terms: Terms, standing: Mapping[Feature, int]) -> list[Meter]:
    """None where nothing new is made: there is no limit to measure against."""
    if not terms.standing.makes:
        return []
    month = period_of(organization)
    paid = period_of(organization, terms=terms, feature=Feature.REWRITES)
    coming = Q(feature=Feature.POSTS, period__gt=month, used__gt=0)
    counted = UsageMeter.objects.filter(coming | Q(period__in={month, paid}), organization=organization)
    used = {(meter.feature, meter.period): meter.used for meter in counted}
    meters = []
    for feature in SHOWN:
        limit = terms.limit_of(feature)
        if feature == Feature.POSTS:
            months = {month} | {
                period for name, period in used if name == feature and len(period) == len(month)
            }
            meters += [_of_month(period, used.get((feature, period), 0), limit) for period in sorted(months)]
            continue
        count = standing[feature] if feature in standing else used.get((feature.value, paid), 0)
        if limit or count:
            meters.append(Meter(str(feature.label), count, limit, _hint(feature, count, limit)))
    return meters


def _of_month(month: str, used: int, limit: int) -> Meter:
    """Articles count for the month they go out in, which may be planned before it begins."""
    name = date_format(date.fromisoformat(f"{month}-01"), "F Y")
    name = name.lower() if get_language() == "cs" else name
    said = _("%(feature)s: %(month)s") % {"feature": Feature.POSTS.label, "month": name}
    return Meter(said, used, limit, _hint(Feature.POSTS, used, limit))


def kept(terms: Terms, standing: Mapping[Feature, int]) -> list[tuple[str, int]]:
    """What is there and stays, where nothing new is made."""
    if terms.standing.makes:
        return []
    return [(str(feature.label), standing[feature]) for feature in SHOWN if standing.get(feature)]


def _hint(feature: Feature, used: int, limit: int) -> str:
    if used >= limit:
        if feature in STANDING:
            return _("All taken.")
        return _("All used. Wait for the next period, or take more.")
    if used * 5 >= limit * 4:
        return ngettext("%(count)s is left.", "%(count)s are left.", limit - used) % {"count": limit - used}
    return ""


def resets(organization: Organization, terms: Terms) -> str:
    if not terms.standing.makes:
        return ""
    now = timezone.now().astimezone(ZoneInfo(organization.zone))
    since = terms.facts.get("usage_since") or now.replace(day=1, hour=0, minute=0)
    begun = month_began(since.astimezone(now.tzinfo), now, terms.facts.get("paid_until"))
    year, month = divmod(begun.year * 12 + begun.month, 12)
    following = begun.replace(year=year, month=month + 1, day=min(begun.day, 28))
    return _("counts anew on %(day)s") % {"day": day(following, organization)}
