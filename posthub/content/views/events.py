"""Days worth writing about, a year of them: the client's own and the calendar's."""

import datetime
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posthub.content.events import EventDay, days_between
from posthub.content.forms import EventForm
from posthub.content.models import MarketingEvent
from posthub.content.operations import events as operations
from posthub.core.access import member
from posthub.core.days import day_in
from posthub.core.errors import Refused
from posthub.core.htmx import form_on, go, reply, show
from posthub.core.tenancy import TenantRequest

AHEAD = datetime.timedelta(days=366)
KINDS = ("all", "own", "left_out")


@require_safe
@member
def events(request: TenantRequest) -> HttpResponse:
    """`?kind=own|left_out`."""
    return show(request, "content/events.html", _page(request, EventForm()), fragment="days")


def _page(request: TenantRequest, form: EventForm) -> dict[str, Any]:
    today = timezone.now().astimezone(ZoneInfo(request.organization.zone)).date()
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else "all"
    organization = request.organization
    found = days_between(
        today, today + AHEAD, country=organization.country, language=organization.language, all_of_them=True
    )
    days = [day for day in found if _fits(day, kind)]
    return {
        "form": form,
        "kind": kind,
        "months": [
            (first, list(days)) for first, days in groupby(days, key=lambda day: day.date.replace(day=1))
        ],
        "lang": organization.language,
        "day_format": pgettext("day of the month", "D j"),
    }


def _fits(day: EventDay, kind: str) -> bool:
    return kind == "all" or (day.own if kind == "own" else day.left_out)


@form_on("content:events")
@member
def add_event(request: TenantRequest) -> HttpResponse:
    form = EventForm(request.POST)
    if form.is_valid():
        try:
            operations.add_event(by=request.user, **form.cleaned_data)
        except Refused as problem:
            form.add_error("date", problem.message)
        else:
            messages.success(request, _("Added. The next topics take it into account."))
            return go(request, "content:events")
    return render(request, "content/events.html", _page(request, form), status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@member
def event(request: TenantRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(MarketingEvent, pk=pk, own=True)
    form = EventForm(request.POST or None, initial={"name": found.name, "date": found.date})
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_event(found, by=request.user, **form.cleaned_data)
        except Refused as problem:
            form.add_error("date", problem.message)
        else:
            messages.success(request, _("Saved."))
            return go(request, "content:events")
    context = {"event": found, "form": form, "topics": found.topics.count()}
    return render(request, "content/event.html", context, status=422 if form.is_bound else 200)


@require_POST
@member
def remove_event(request: TenantRequest, pk: UUID) -> HttpResponse:
    operations.remove_event(get_object_or_404(MarketingEvent, pk=pk, own=True), by=request.user)
    messages.success(request, _("Removed."))
    return go(request, "content:events")


@require_POST
@member
def leave_out(request: TenantRequest) -> HttpResponse:
    """A day of the calendar, by its key and date; `out` is 1 to leave it out, empty to take it back."""
    date = day_in(request.POST.get("date", ""))
    if date is None:
        raise Refused(_("That day is not in the calendar."))
    out = request.POST.get("out") == "1"
    operations.leave_out(by=request.user, key=request.POST.get("key", "")[:60], date=date, out=out)
    messages.success(request, _("Left out. Nothing is proposed for it.") if out else _("Taken back."))
    page = _page(request, EventForm())
    return reply(request, "content/events.html#days", page, otherwise="content:events")
