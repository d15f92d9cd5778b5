"""The mail about the week that begins."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from posthub.accounts.mail import Letter, declare, sample_address
from posthub.ui.times import day as day_in_words


def week() -> dict[str, Any]:
    monday = timezone.localdate() - datetime.timedelta(days=timezone.localdate().weekday())
    lines = [
        {
            "when": f"{day_in_words(monday + datetime.timedelta(days=after), weekday=True)} 9:00",
            "network": network,
            "title": _("Three breakfasts from one loaf"),
            "ready": ready,
        }
        for after, network, ready in ((1, "Facebook", True), (1, "LinkedIn", True), (3, "Instagram", False))
    ]
    return {
        "organization": "Pekárna Podhorka",
        "lines": lines,
        "count": len(lines),
        "waiting": sum(not line["ready"] for line in lines),
        "action_url": sample_address(f"/calendar/?view=week&d={monday}"),
    }


declare(
    gettext_lazy("The calendar"),
    [
        Letter(
            "week_ahead",
            gettext_lazy("On Monday morning, to each member who wants it, if anything goes out that week."),
            week,
        )
    ],
)
