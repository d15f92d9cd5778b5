"""What somebody may do wherever they are."""

from typing import Any

from posthub.accounts.models import StaffRole


def is_staff_member(user: Any) -> bool:
    return getattr(user, "staff_role", "") in {StaffRole.MARKETER, StaffRole.MANAGER, StaffRole.ADMIN}


def is_admin(user: Any) -> bool:
    return getattr(user, "staff_role", "") == StaffRole.ADMIN


def leads_a_team(user: Any) -> bool:
    return getattr(user, "staff_role", "") in {StaffRole.MANAGER, StaffRole.ADMIN}
