"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from posthub.accounts.models import User


def display_name(user: User) -> str:
    return user.name or user.email


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def get_login_redirect_url(self, request: Any) -> str:
        """On an organization's host its dashboard; on the apex host the list of one's organizations."""
        return "/" if request.tenant is not None else "/organizations/"

    def is_open_for_signup(self, request: Any) -> bool:
        """New people register on the apex host, where they also name their organization."""
        return request.tenant is None

    def get_user_search_fields(self) -> list[str]:
        return ["email", "name"]

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """There are no user names: the e-mail address is the login."""
