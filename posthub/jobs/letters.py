"""The mail about work that came to nothing."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from posthub.accounts.mail import Letter, declare, sample_address


def failed() -> dict[str, Any]:
    lines = [
        {
            "title": title,
            "cause": _("The AI provider did not answer in time."),
            "url": sample_address("/jobs/…/"),
        }
        for title in (_("Three breakfasts from one loaf"), _("Topics for December"))
    ]
    return {
        "organization": "Pekárna Podhorka",
        "lines": lines,
        "count": 2,
        "more": 0,
        "action_url": sample_address("/"),
    }


declare(
    gettext_lazy("Work"),
    [
        Letter(
            "work_failed",
            gettext_lazy(
                "To whoever asked for work that came to nothing, one mail for all within five minutes."
            ),
            failed,
        )
    ],
)
