"""How people of an organization sign in."""

from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from posthub.accounts.queries import sign_ins_of
from posthub.accounts.second_factor import FACTORS
from posthub.core.access import member
from posthub.core.tenancy import TenantRequest
from posthub.organizations.models import Membership
from posthub.organizations.views.settings import settings_page


@member
@require_safe
def security(request: TenantRequest) -> HttpResponse:
    """The person's own ways in, and which of the members have a second step."""
    members = list(
        Membership.objects.filter(organization=request.organization)
        .select_related("user")
        .order_by("created_at")[:200]
    )
    people = {membership.user_id for membership in members} | {request.user.pk}
    factors = Authenticator.objects.filter(user_id__in=people, type__in=FACTORS)
    kinds = set(factors.values_list("user_id", "type"))
    context = {
        "code": (request.user.pk, Authenticator.Type.TOTP) in kinds,
        "passkey": (request.user.pk, Authenticator.Type.WEBAUTHN) in kinds,
        "sign_ins": sign_ins_of(request.user)[:50],
        "rows": [(row.user, any(user == row.user_id for user, _kind in kinds)) for row in members],
    }
    return settings_page(request, "organizations/security.html", context, place="organizations:security")
