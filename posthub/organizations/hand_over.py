"""Carrying a person over from one host to another, where no cookie goes."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone

from posthub.accounts.models import User
from posthub.organizations.models import HandOver, Organization
from posthub.organizations.queries import organizations_of

HAND_OVER_SECONDS = 60 * 10


def hand_over_token(user: User, organization: Organization) -> str:
    """A token that signs `user` in on this organization's host once, within ten minutes.

    Making it writes nothing, so a page may offer one for each organization; using it writes its hash.
    """
    claim = {"user": str(user.pk), "organization": str(organization.pk), "once": secrets.token_urlsafe(16)}
    return signing.dumps(claim, salt="posthub.hand-over")


@transaction.atomic
def accept_hand_over(token: str, *, organization_id: Any) -> User | None:
    """The person the token stands for; None where it is forged, old, used or meant for another organization."""
    try:
        claim = signing.loads(token, salt="posthub.hand-over", max_age=HAND_OVER_SECONDS)
    except signing.BadSignature:
        return None
    if claim["organization"] != str(organization_id):
        return None
    user = User.objects.filter(pk=claim["user"], is_active=True).first()
    organization = organizations_of(user).filter(pk=organization_id).first() if user else None
    if user is None or organization is None:
        return None
    token_hash = hashlib.sha256(token.encode()).hexdigest()
    _row, first_use = HandOver.objects.get_or_create(
        token_hash=token_hash, defaults={"user": user, "organization": organization}
    )
    return user if first_use else None


def purge_hand_overs() -> int:
    """Forget tokens that could not be used again anyway, because they are too old."""
    old = timezone.now() - timedelta(seconds=HAND_OVER_SECONDS * 2)
    return HandOver.objects.filter(used_at__lt=old).delete()[0]
