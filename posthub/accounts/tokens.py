"""Links in letters about one's account."""

from typing import Any

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator

from posthub.core.database import connection


class PasswordResetTokens(EmailAwarePasswordResetTokenGenerator):  # type: ignore[misc]
    """A link works on the host that it was asked for on."""

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{connection.schema_name}"
