"""The calendar, and moving a post in it."""

import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from posthub.approvals import operations
from posthub.approvals.consequence import said
from posthub.approvals.queries.forecast import pace
from posthub.approvals.views.finding import require_say
from posthub.content.models import SocialPost
from posthub.content.planning import first_of_next, is_month
from posthub.content.policies import can_move
from posthub.content.queries import next_planned_day, post_line
from posthub.core.access import member
from posthub.core.errors import Refused, Stale, WrongState
from posthub.core.htmx import reply, show, wants_fragment
from posthub.core.tenancy import TenantRequest
from posthub.delivery.forms import MoveForm
from posthub.delivery.queries import Post, month_of


@require_safe
@member
def calendar(request: TenantRequest) -> HttpResponse:
    """`?view=month|list&d=2026-12`; without a month the one in which something goes out next."""
    today = timezone.now().astimezone(ZoneInfo(request.organization.zone)).date()
    asked = request.GET.get("d", "")[:7]
    if is_month(asked):
        first = datetime.date.fromisoformat(f"{asked}-01")
    else:
        first = (next_planned_day(today) or today).replace(day=1)
    known = pace()
    month = month_of(first, request.organization, supervises=request.supervises, pace=known)
    context: dict[str, Any] = {
        "month": month,
        "first": first,
        "day_format": pgettext("day of the month", "j"),
        "month_key": f"{first:%Y-%m}",
        "view": "list" if request.GET.get("view") == "list" else "month",
        "before": (first - datetime.timedelta(days=1)).strftime("%Y-%m"),
        "after": first_of_next(first).strftime("%Y-%m"),
        "this_month": today.strftime("%Y-%m"),
        "lang": request.organization.language,
        "pace": known,
    }
    return show(request, "delivery/calendar.html", context, fragment="month")


@require_http_methods(["GET", "HEAD", "POST"])
@member
def move_post(request: TenantRequest, pk: UUID) -> HttpResponse:
    """GET shows day and time; POST moves. What cannot be is said beside the fields."""
    post = post_for(pk)
    local = post.scheduled_at.astimezone(ZoneInfo(request.organization.zone))
    initial = {"version": post.content_hash, "date": local.date(), "time": local.time()}
    form = MoveForm(request.POST or None, initial=initial)
    if request.method != "POST":
        return show(request, "delivery/move.html", _page(request, post, form), fragment="form")
    if not form.is_valid():
        return _again(request, post, form, 422)
    if post.state in {"SCHEDULED", "ON_HOLD"}:
        require_say(request)  # a client's own move is a decision for the new time
    try:
        moved = operations.move(post, by=request.user, seen=form.cleaned_data["version"], wall=form.wall)
    except (Refused, Stale, WrongState) as problem:
        form.add_error(None, problem.message)
        return _again(request, post_for(pk), form, problem.status)
    at = moved.scheduled_at.astimezone(ZoneInfo(request.organization.zone))
    messages.success(request, _("Moved to %(when)s") % {"when": said(at)})
    context = {"post": Post(post_line(pk), at), "lang": post.blog_post.topic.company.language}
    back = f"{resolve_url('delivery:calendar')}?d={at:%Y-%m}"
    return reply(request, "delivery/calendar.html#post", context, otherwise=back)


def post_for(pk: UUID) -> SocialPost:
    rows = SocialPost.objects.select_related("blog_post__topic__company", "blog_post__version", "version")
    post = rows.filter(pk=pk).first()
    if post is None:
        raise Http404
    return post


def _page(request: TenantRequest, post: SocialPost, form: MoveForm) -> dict[str, Any]:
    return {
        "post": post,
        "form": form,
        "zone": request.organization.zone,
        "locked": not can_move(post),
        "asks_again": post.state == "SCHEDULED" and not request.supervises,
        "lang": post.blog_post.topic.company.language,
    }


def _again(request: TenantRequest, post: SocialPost, form: MoveForm, status: int) -> HttpResponse:
    """The form with what is wrong; after a clash it carries the version that stands now."""
    if status == 409:
        form.data = {**request.POST.dict(), "version": post.content_hash}
    name = "delivery/move.html#form" if wants_fragment(request) else "delivery/move.html"
    return render(request, name, _page(request, post, form), status=status)
