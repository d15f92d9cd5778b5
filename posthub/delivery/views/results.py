"""What came of the work, as figures, pictures and a table to take along."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from posthub.core.access import member
from posthub.core.htmx import show
from posthub.core.spreadsheets import table_file
from posthub.core.tenancy import TenantRequest
from posthub.delivery.queries.results import MINUTES, WEEKS, Results, Week, example, results_of
from posthub.ui.times import day, span


@require_safe
@member
def results(request: TenantRequest) -> HttpResponse:
    """`?weeks=4|12|26`."""
    weeks = _weeks(request)
    found = results_of(request.organization, weeks=weeks)
    shown = example(weeks) if found.early else found.weeks
    context: dict[str, Any] = {
        "results": found,
        "lang": request.organization.language,
        "weeks": weeks,
        "weeks_text": str(weeks),
        "spans": [(number, _span(number)) for number in WEEKS],
        "labels": [day(week.monday) for week in shown],
        "approved": [
            (_("articles"), [week.articles for week in shown]),
            (_("social posts"), [week.posts for week in shown]),
        ],
        "waits": [(_("hours"), [week.median_hours for week in shown])],
        "wait": in_words(found.median_hours),
        "article_hours": MINUTES["article"] // 60,
        "post_minutes": MINUTES["post"],
    }
    return show(request, "delivery/results.html", context, fragment="figures")


@require_safe
@member
def results_file(request: TenantRequest) -> HttpResponse:
    found: Results = results_of(request.organization, weeks=_weeks(request))
    head = [
        _("Week from"), _("Articles approved"), _("Social posts approved"), _("Approved at the first look, %"),
        _("Median hours to a decision"), _("Delivered"),
    ]  # fmt: skip
    return table_file(f"posthub-results-{_weeks(request)}", head, [_row(week) for week in found.weeks])


def _row(week: Week) -> list[object]:
    shares = [week.first_share, week.median_hours]
    return [week.monday.isoformat(), week.articles, week.posts, *shares, week.delivered]


def _weeks(request: TenantRequest) -> int:
    asked = request.GET.get("weeks", "")
    return int(asked) if asked in {str(number) for number in WEEKS} else 12


def _span(weeks: int) -> str:
    return ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks}


def in_words(hours: float | None) -> str:
    """A wait as people say it."""
    return "–" if hours is None else span(datetime.timedelta(hours=hours))
