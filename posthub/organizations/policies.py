"""Who may do what in an organization, as sentences."""

from posthub.accounts.models import StaffRole, User
from posthub.organizations.models import Membership, Organization
from posthub.organizations.queries import organizations_of


def is_supervisor(user: User, organization: Organization) -> bool:
    return Membership.objects.filter(user=user, organization=organization).exists()


def may_enter(user: User, organization: Organization) -> bool:
    return organizations_of(user).filter(pk=organization.pk).exists()


def is_staff_member(user: User) -> bool:
    return user.staff_role in {StaffRole.MARKETER, StaffRole.MANAGER, StaffRole.ADMIN}
