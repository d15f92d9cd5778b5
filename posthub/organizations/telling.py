"""What happens to an organization, or to somebody's place in it, is mailed to whom it concerns."""

from typing import Any

from posthub.accounts import mail
from posthub.accounts.models import User
from posthub.core.tenancy import base_url
from posthub.organizations.models import Organization
from posthub.organizations.queries import address_of, carers_of


def tell_removed(organization: Organization, *, user: User, by: User) -> None:
    """Whoever leaves by themselves knows."""
    if user.pk != by.pk:
        context = {"inviter": by.name or by.email, "action_url": f"{base_url()}/organizations/"}
        _tell("member_removed", organization, user, context)


def tell_of_deletion(organization: Organization, *, by: Any, until: Any) -> None:
    """Its people, who can still keep it, and its marketers with their managers, who cannot."""
    members = _members(organization)
    for person in members:
        _tell("deletion_asked", organization, person, {
            "who": _name_of(by), "until": until, "action_url": f"{base_url()}/organizations/",
        })  # fmt: skip
    for person in carers_of(organization):
        if person not in members:
            _tell("deletion_asked", organization, person, {"who": _name_of(by), "until": until})


def tell_it_stays(organization: Organization, *, by: Any) -> None:
    url = address_of(organization)
    for person in dict.fromkeys([*_members(organization), *carers_of(organization)]):
        _tell("deletion_undone", organization, person, {"who": _name_of(by), "action_url": url})


def _members(organization: Organization) -> list[User]:
    found = User.objects.filter(memberships__organization=organization, is_active=True)
    return list(found.order_by("email"))


def _name_of(by: Any) -> str:
    return by.name or by.email if isinstance(by, User) else "PostHub"


def _tell(name: str, organization: Organization, person: User, context: dict[str, Any]) -> None:
    mail.send_after_commit(
        name,
        to=person.email,
        language=person.language or organization.language,
        context={"organization": organization.name, **context},
    )
