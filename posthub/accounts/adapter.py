"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.core.internal.cryptokit import generate_user_code
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils import translation

from posthub.accounts.mail import flowing
from posthub.accounts.models import User
from posthub.accounts.policies import is_staff_member
from posthub.core.tenancy import base_url


def display_name(user: User) -> str:
    return user.name or user.email


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def get_login_redirect_url(self, request: Any) -> str:
        """On an organization's host its dashboard; on the apex host the staff area or one's organizations.

        `onward`: who has only one goes on to it (organizations.views.entrances).
        """
        if request.tenant is not None:
            return "/"
        return "/staff/" if is_staff_member(request.user) else "/organizations/?onward=1"

    def get_signup_redirect_url(self, request: Any) -> str:
        return self.get_login_redirect_url(request)

    def is_open_for_signup(self, request: Any) -> bool:
        """New people register on the apex host, where they also name their organization."""
        return request.tenant is None

    def get_user_search_fields(self) -> list[str]:
        return ["email", "name"]

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """There are no user names: the e-mail address is the login."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the recipient's language, which need not be the one this request is answered in."""
        user = context.get("user") or User.objects.filter(email=email).first()
        language = getattr(user, "language", "") or translation.get_language()
        request = current.request
        host = {"base_url": base_url(), "host_url": f"{request.scheme}://{request.get_host()}"}
        with translation.override(language):
            super().send_mail(template_prefix, email, {**context, **host})

    def render_mail(
        self, template_prefix: str, email: Any, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        message: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        message.body = flowing(str(message.body), context)
        return message

    def generate_email_verification_code(self) -> str:
        return six_digits()

    def generate_login_code(self) -> str:
        return six_digits()


def six_digits() -> str:
    """Short enough to be typed from a phone; allauth allows three attempts and a few minutes."""
    return generate_user_code(length=6, numeric=True, dashed=False)  # type: ignore[no-any-return]
