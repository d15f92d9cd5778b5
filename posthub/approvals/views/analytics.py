"""How approving goes in this organization, for its own people and for those who look after it."""

import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from posthub.approvals.queries.analytics import Measure, Person, analytics
from posthub.core.access import member
from posthub.core.spreadsheets import table_file
from posthub.core.tenancy import TenantRequest
from posthub.ui.times import lasting, span


@require_safe
@member
def results(request: TenantRequest) -> HttpResponse:
    found = analytics(request.organization)
    context = {
        "whole": found.whole,
        "cycle": span(found.whole.cycle),
        "rounds": localize(found.whole.rounds) if found.whole.rounds else "–",
        "looks": found.whole.looks,
        "approved": str(found.whole.approved),
        "months": [_row(measure) for measure in found.months],
        "kinds": [_row(measure) for measure in found.kinds],
        "people": [_person(person) for person in found.people],
        "waiting": found.waiting,
    }
    return render(request, "approvals/results.html", context)


@require_safe
@member
def results_table(request: TenantRequest) -> HttpResponse:
    """The months of the page, as a file."""
    head = [
        _("Month"), _("Approved"), _("Hours to approval"), _("Rounds"), _("Looked at"), _("Approved at the first look"),
    ]  # fmt: skip
    return table_file(
        "posthub-approving", head, [_cells(one) for one in analytics(request.organization).months]
    )


def _cells(measure: Measure) -> list[object]:
    hours = round(measure.cycle.total_seconds() / 3600, 1) if measure.cycle else None
    month = f"{measure.name:%Y-%m}"
    return [month, measure.approved, hours, measure.rounds, measure.looks.of, measure.looks.passed]


def _row(measure: Measure) -> tuple[Measure, str]:
    return measure, span(measure.cycle)


def _person(person: Person) -> tuple[Person, str]:
    wait: datetime.timedelta | None = person.wait
    return person, lasting(wait) if wait is not None else "–"
