"""Who may do what with voices, as sentences."""

from posthub.accounts.models import User
from posthub.organizations.policies import is_staff_member


def can_keep_rules(user: User, *, supervises: bool) -> bool:
    """The team decides which wishes become rules; the client reads them."""
    return is_staff_member(user) and not supervises
