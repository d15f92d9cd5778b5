"""Who may do what in an organization, as sentences."""

from posthub.accounts.models import StaffRole, User
from posthub.accounts.policies import is_admin, is_staff_member, leads_a_team
from posthub.organizations.models import Membership, Organization
from posthub.organizations.queries import marketers_of, organizations_of

__all__ = ["is_staff_member"]

MOST_OWN = 10


def is_supervisor(user: User, organization: Organization) -> bool:
    return Membership.objects.filter(user=user, organization=organization).exists()


def may_enter(user: User, organization: Organization) -> bool:
    return organizations_of(user).filter(pk=organization.pk).exists()


def may_change_settings(user: User, *, supervises: bool) -> bool:
    """Its own people, and the administrators; marketers see what is set."""
    return supervises or is_admin(user)


def may_register_another(user: User) -> bool:
    """Each organization is a schema of its own, so nobody gets any number of them by themselves."""
    return is_staff_member(user) or Membership.objects.filter(user=user).count() < MOST_OWN


def may_assign(user: User, marketer: User, organization: Organization) -> bool:
    """Managers move the clients of their own team within it; administrators everything."""
    if not leads_a_team(user) or marketer.staff_role not in {StaffRole.MARKETER, StaffRole.MANAGER}:
        return False
    return may_enter(user, organization) and marketers_of(user).filter(pk=marketer.pk).exists()
