"""Mails about who belongs to an organization."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from posthub.accounts.mail import Letter, declare, sample_address


def said() -> dict[str, Any]:
    return {
        "organization": "Pekárna Podhorka",
        "inviter": "Tereza Hanáková",
        "action_url": sample_address("/invitation/…/"),
    }


declare(
    _("People and access"),
    [
        Letter("invitation", _("To somebody without an account who is asked to join an organization."), said),
        Letter("added", _("To somebody with an account who belongs to an organization from now on."), said),
    ],
)
