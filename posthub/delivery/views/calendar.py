"""The calendar: a month, a week, a list, one day."""

import datetime
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from posthub.approvals.queries.forecast import pace
from posthub.content.planning import first_of_next
from posthub.content.queries import next_planned_day
from posthub.core.access import member
from posthub.core.days import day_in, is_month
from posthub.core.htmx import show
from posthub.core.tenancy import TenantRequest
from posthub.delivery.queries.spans import Span, day_of, days_of_page, hours_of, month_of, week_of

VIEWS = ("month", "week", "list", "day")
A_PAGE = 25


@require_safe
@member
def calendar(request: TenantRequest) -> HttpResponse:
    """`?view=month|week|list|day&d=2026-12`; without a date the month in which something goes out next."""
    context = page_of(request, request.GET)
    name = "day" if context["view"] == "day" else "span"
    return show(request, "delivery/calendar.html", context, fragment=name)


def page_of(request: TenantRequest, asked: Mapping[str, str]) -> dict[str, Any]:
    """What the calendar shows for an address's `view`, `d` and `page`."""
    today = timezone.now().astimezone(ZoneInfo(request.organization.zone)).date()
    view = asked.get("view", "")
    view = view if view in VIEWS else "month"
    date = _date(asked.get("d", ""), view, today)
    context: dict[str, Any] = {
        "view": view,
        "date": date,
        "first": date.replace(day=1),
        "this_day": today,
        "lang": request.organization.language,
        "moved": "",
    }
    around = _around(view, date)
    context["back"] = f"view={view}&d={around['key']}"
    return {**context, **_shown(request, view, date, asked.get("page", "1")), **around}


def _date(asked: str, view: str, today: datetime.date) -> datetime.date:
    """The day that was asked for; of a month its first one, or today where that is in it."""
    return day_in(asked) or _of_month(asked[:7], view, today)


def _of_month(asked: str, view: str, today: datetime.date) -> datetime.date:
    if not is_month(asked):
        return next_planned_day(today) or today
    first = datetime.date.fromisoformat(f"{asked}-01")
    of_now = view != "month" and (first.year, first.month) == (today.year, today.month)
    return today if of_now else first


def _shown(request: TenantRequest, view: str, date: datetime.date, page: str) -> dict[str, Any]:
    organization, supervises = request.organization, request.supervises
    if view == "day":
        day = day_of(date, organization, supervises=supervises)
        return {"day": day, "days": [day], "span": Span(date, [[day]])}
    if view == "week":
        week = week_of(date, organization, supervises=supervises)
        return {"span": week, "hours": hours_of(week), "days": [day for day in week.days if day.slots]}
    known = pace()
    span = month_of(date.replace(day=1), organization, supervises=supervises, pace=known)
    if view == "month":
        return {"span": span, "pace": known}
    slots = Paginator(span.slots, A_PAGE).get_page(page)
    return {"span": span, "pace": known, "page": slots, "days": days_of_page(list(slots), span.days)}


def _around(view: str, date: datetime.date) -> dict[str, str]:
    """The addresses' dates before and after what is shown."""
    if view in {"month", "list"}:
        first = date.replace(day=1)
        return {
            "before": f"{first - datetime.timedelta(days=1):%Y-%m}",
            "after": f"{first_of_next(first):%Y-%m}",
            "key": f"{first:%Y-%m}",
        }
    step = datetime.timedelta(days=7 if view == "week" else 1)
    return {"before": f"{date - step}", "after": f"{date + step}", "key": f"{date}"}
