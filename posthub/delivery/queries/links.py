"""Whose address a token is."""

from hashlib import sha256

from posthub.accounts.models import User
from posthub.core.database import connection
from posthub.delivery.models import CalendarLink
from posthub.organizations.models import Organization
from posthub.organizations.policies import may_enter
from posthub.organizations.queries import current_organization


def person_of_link(token: str) -> tuple[CalendarLink, User, Organization] | None:
    """None where the token is nobody's, was revoked, or its person does not belong here any more."""
    link = CalendarLink.objects.filter(token_hash=hash_of(token), revoked_at=None).first()
    person = User.objects.filter(pk=link.user_id, is_active=True).first() if link else None
    organization = current_organization()
    if link is None or person is None or not may_enter(person, organization):
        return None
    return link, person, organization


def hash_of(token: str) -> str:
    """Bound to the organization: the same token means nothing on another host."""
    return sha256(f"{connection.schema_name}:calendar:{token}".encode()).hexdigest()
