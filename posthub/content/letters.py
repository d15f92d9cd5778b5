"""The mail to those who have not come to their first month yet."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from posthub.accounts.mail import Letter, declare, sample_address


def waits() -> dict[str, Any]:
    return {"organization": "Pekárna Podhorka", "last": True, "action_url": sample_address("/welcome/")}


declare(
    _("Beginning"),
    [
        Letter(
            "setup_waits",
            _("To the people of a new organization without topics, after a day and after three."),
            waits,
        )
    ],
)
