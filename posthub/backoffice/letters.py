"""Mails about what an organization takes along."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posthub.accounts.mail import Letter, declare, sample_address


def said() -> dict[str, Any]:
    return {
        "organization": "Pekárna Podhorka",
        "until": timezone.now() + datetime.timedelta(days=7),
        "action_url": sample_address("/settings/data/"),
    }


declare(
    _("Your data"),
    [
        Letter("export_ready", _("To whoever asked for everything as a file, when it is there."), said),
    ],
)
