"""Mails about who belongs to an organization."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posthub.accounts.mail import Letter, declare, sample_address


def said() -> dict[str, Any]:
    return {
        "organization": "Pekárna Podhorka",
        "inviter": "Tereza Hanáková",
        "who": "Tereza Hanáková",
        "until": timezone.now() + datetime.timedelta(days=30),
        "action_url": sample_address("/invitation/…/"),
    }


declare(
    _("People and access"),
    [
        Letter("invitation", _("To somebody without an account who is asked to join an organization."), said),
        Letter("added", _("To somebody with an account who belongs to an organization from now on."), said),
        Letter("member_removed", _("To somebody who was taken out of an organization."), said),
        Letter(
            "deletion_asked",
            _("To everybody of an organization and its team, when somebody has it deleted."),
            said,
        ),
        Letter("deletion_undone", _("To the same people, when it is kept after all."), said),
    ],
)
