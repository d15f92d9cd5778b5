"""Counting what is used, so that two requests for the last unit give one unit."""

from typing import Any

from django.db import connection, transaction
from django.db.models import F

from posthub.billing.mailing import mail_supervisors, once
from posthub.billing.models import Feature, UsageMeter
from posthub.billing.queries import Terms, in_use, period_of, terms_of
from posthub.billing.wording import why_over, why_stopped
from posthub.core.errors import OverAllowance
from posthub.organizations.models import Organization

# In one statement, so that nobody comes between looking and taking. The limit of today's plan counts, not the
# one the meter was made with: somebody may have gone down.
TAKE = (
    'INSERT INTO billing_usagemeter AS meter (organization_id, feature, period, used, "limit")'
    " VALUES (%(organization)s, %(feature)s, %(period)s, %(units)s, %(limit)s)"
    " ON CONFLICT (organization_id, feature, period) DO UPDATE"
    ' SET used = meter.used + excluded.used, "limit" = excluded."limit"'
    ' WHERE meter.used + excluded.used <= excluded."limit" RETURNING used'
)
WARN_AT = (80, 100)  # per cent


@transaction.atomic
def reserve(organization: Organization, feature: Feature, *, period: str = "", units: int = 1) -> str:
    """Take `units` of the period's allowance; raises OverAllowance and takes nothing where too few are left.

    Returns the period they were taken from, for `release`.
    """
    terms = terms_of(organization)
    limit = terms.limit_of(feature)
    period = period or period_of(organization, terms=terms, feature=feature)
    used = _take(organization, feature, period, units, limit) if units <= limit else None
    if used is None:
        meter = UsageMeter.objects.filter(organization=organization, feature=feature, period=period)
        raise _over(terms, feature, used=meter.values_list("used", flat=True).first() or 0)
    _warn(organization, feature, period, used=used, before=used - units, limit=limit)
    return period


def _take(organization: Organization, feature: Feature, period: str, units: int, limit: int) -> int | None:
    """How much is used with these; None where they would be too many."""
    said: dict[str, Any] = {"feature": feature.value, "period": period, "units": units, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {**said, "organization": organization.pk})
        taken = cursor.fetchone()
    return taken[0] if taken else None


def release(organization: Organization, feature: Feature, *, period: str, units: int = 1) -> None:
    """Give back what was reserved for work that came to nothing."""
    UsageMeter.objects.filter(
        organization=organization, feature=feature, period=period, used__gte=units
    ).update(used=F("used") - units)


def require_room(
    organization: Organization, feature: Feature, *, units: int = 1, used: int | None = None
) -> None:
    """Raises OverAllowance where `units` more of a standing feature do not fit. Whoever asks holds a lock."""
    terms = terms_of(organization)
    used = in_use(organization, feature) if used is None else used
    if used + units > terms.limit_of(feature):
        raise _over(terms, feature, used=used)


def require_standing(organization: Organization) -> Terms:
    """Raises OverAllowance where nothing new is made any more."""
    terms = terms_of(organization)
    if not terms.standing.makes:
        raise OverAllowance(why_stopped(terms))
    return terms


def _over(terms: Terms, feature: Feature, *, used: int) -> OverAllowance:
    limit = terms.limit_of(feature)
    return OverAllowance(why_over(terms, feature, limit), feature=feature, used=used, limit=limit)


def _warn(
    organization: Organization, feature: Feature, period: str, *, used: int, before: int, limit: int
) -> None:
    """A mail when 80 and when 100 per cent are reached, once a period each."""
    reached = [share for share in WARN_AT if before * 100 < share * limit <= used * 100]
    if reached and once(organization, f"usage-{feature}-{period}-{reached[-1]}"):
        name = "quota_full" if reached[-1] == 100 else "quota_soon"
        mail_supervisors(
            organization,
            name,
            key=f"{feature}-{period}",
            context={"feature": feature.value, "used": used, "limit": limit},
        )
