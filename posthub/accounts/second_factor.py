"""The second factor of signing in: who must have one, and how allauth keeps it here."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings

from posthub.accounts.policies import is_staff_member

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def lacks_second_factor(user: Any) -> bool:
    """Staff see over many clients: a stolen password must not be enough."""
    if not settings.STAFF_SECOND_FACTOR or not is_staff_member(user):
        return False
    return not Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """The last one of somebody who must have one stays; another can be added first."""
        if not settings.STAFF_SECOND_FACTOR or not is_staff_member(authenticator.user):
            return True
        factors = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        return authenticator.type not in FACTORS or factors.exclude(pk=authenticator.pk).exists()

    def get_totp_issuer(self) -> str:
        return "PostHub"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """One passkey for all our hosts: it belongs to the apex, of which they are part."""
        return {"id": settings.BASE_HOST, "name": "PostHub"}
