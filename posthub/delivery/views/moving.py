"""Another time for a post, another day for all that a topic has on one."""

import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from posthub.approvals import operations as approvals
from posthub.approvals.consequence import said
from posthub.approvals.views.finding import require_say
from posthub.content.events import public_holidays
from posthub.content.models import SocialPost, Topic
from posthub.content.policies import can_move
from posthub.content.scheduling import FURTHEST
from posthub.core.access import member
from posthub.core.errors import Refused, Stale, WrongState
from posthub.core.htmx import go, reply, say, show, wants_fragment
from posthub.core.tenancy import TenantRequest
from posthub.delivery import operations
from posthub.delivery.forms import MoveDayForm, MoveForm
from posthub.delivery.queries.slots import Post, Slot, slots_between
from posthub.delivery.queries.spans import days_taken
from posthub.delivery.views.calendar import page_of
from posthub.ui.times import day as day_in_words

DECIDED = ("SCHEDULED", "ON_HOLD")
SALT = "posthub.calendar.moved"


@require_http_methods(["GET", "HEAD", "POST"])
@member
def move_day(request: TenantRequest) -> HttpResponse:
    """GET `?topic=&on=` asks for the new day; POST moves: from that page, by dragging, by Alt and an arrow."""
    form = MoveDayForm(request.POST or None, initial=request.GET.dict())
    if request.method != "POST":
        asked = MoveDayForm({**request.GET.dict(), "version": "-", "date": request.GET.get("on", "")})
        if not asked.is_valid():
            return go(request, "delivery:calendar")
        return show(request, "delivery/move_day.html", _day_page(request, asked), fragment="dialog")
    if not form.is_valid():
        return _refused(request, form, _("Choose a day."), 422)
    topic = get_object_or_404(Topic, pk=form.cleaned_data["topic"])
    on, to = form.cleaned_data["on"], form.cleaned_data["date"]
    decided = SocialPost.objects.filter(blog_post__topic=topic, state__in=DECIDED).exists()
    if decided:
        require_say(request)
    whole = (
        request.supervises or not decided
    )  # a yes that the team's move took back does not come back with the day
    try:
        way_back = operations.move_day(
            topic,
            by=request.user,
            on=on,
            to=to,
            seen=form.cleaned_data["version"],
            post=form.cleaned_data["post"],
            at=form.cleaned_data["time"],
        )
    except (Refused, Stale, WrongState) as problem:
        return _refused(request, form, problem.message, problem.status)
    say(
        request,
        _("Moved to %(when)s") % {"when": day_in_words(to, weekday=True)},
        undo=resolve_url("delivery:move_back", signing.dumps(way_back, salt=SALT)) if whole else "",
    )
    back = f"{resolve_url('delivery:calendar')}?view={request.POST.get('view', '')}&d={to}"
    if not wants_fragment(request):
        return reply(request, "", otherwise=back)
    context = {**page_of(request, request.POST), "moved": moved_to(form, to)}
    return render(request, "delivery/calendar.html#span", context)


def moved_to(form: MoveDayForm, date: datetime.date) -> str:
    """The id of what was moved, where it stands now: the focus goes there."""
    post = form.cleaned_data["post"]
    return f"p-{post}" if post else f"s-{form.cleaned_data['topic']}-{date:%m%d}"


def _day_page(request: TenantRequest, asked: MoveDayForm) -> dict[str, Any]:
    on = asked.cleaned_data["on"]
    slot = _slot(request, asked.cleaned_data["topic"], on)
    today = timezone.now().astimezone(ZoneInfo(request.organization.zone)).date()
    organization = request.organization
    resting = public_holidays(today, today + FURTHEST, organization.country)
    taken = days_taken(today, organization) | resting
    free = operations.free_day(on, after=today, taken=taken, weekdays=organization.post_days)
    return {
        "slot": slot,
        "form": MoveDayForm(initial={"date": free}),
        "free_help": _("The nearest posting day on which nothing goes out yet is filled in."),
        "on": on,
        "view": request.GET.get("view", ""),
        "d": request.GET.get("d", ""),
        "lang": request.organization.language,
        "asks_again": any(post.state == "SCHEDULED" for post in slot.posts) and not request.supervises,
    }


def _asked_again(request: TenantRequest, form: MoveDayForm, why: str, status: int) -> HttpResponse | None:
    """The dialog, or its page, as it was filled in and with what is wrong; None where the day was not asked for there.

    What it asks about may be gone meanwhile: then the calendar says so.
    """
    known = MoveDayForm({**request.POST.dict(), "date": request.POST.get("on", "")})
    if not (request.POST.get("asks") and known.is_valid()):
        return None
    try:
        context = _day_page(request, known)
    except Http404:
        return None
    if form.is_valid():
        form.add_error("date", why)
    context = {**context, "form": form, "view": request.POST.get("view", ""), "d": request.POST.get("d", "")}
    if not wants_fragment(request):
        return render(request, "delivery/move_day.html", context, status=status)
    context["in_dialog"] = True
    response = render(request, "delivery/move_day.html#fields", context, status=status)
    response["HX-Retarget"], response["HX-Reswap"] = "#move-day-form", "outerHTML"
    return response


@require_POST
@member
def move_back(request: TenantRequest, token: str) -> HttpResponse:
    """As it was before the move that the token remembers."""
    try:
        said = signing.loads(token, salt=SALT, max_age=600)
    except signing.BadSignature as problem:
        raise Http404 from problem
    topic = get_object_or_404(Topic, pk=said["topic"])
    if SocialPost.objects.filter(blog_post__topic=topic, state__in=DECIDED).exists():
        require_say(request)
    day = operations.move_back(said, by=request.user)
    messages.success(request, _("Undone. It goes out %(when)s.") % {"when": day_in_words(day, weekday=True)})
    return go(request, f"{resolve_url('delivery:calendar')}?d={day:%Y-%m}")


def _slot(request: TenantRequest, topic: UUID, on: datetime.date) -> Slot:
    slots = slots_between(on, on, request.organization, supervises=request.supervises).get(on, [])
    found = next((slot for slot in slots if slot.plan.pk == topic and not slot.missing), None)
    if found is None:
        raise Http404
    return found


def _refused(request: TenantRequest, form: MoveDayForm, why: str, status: int) -> HttpResponse:
    """The calendar as it is, with the reason above it: what was dragged stands where it was."""
    if again := _asked_again(request, form, why, status):
        return again
    context = {**page_of(request, request.POST), "refused": why}
    if form.is_valid():
        context["moved"] = moved_to(form, form.cleaned_data["on"])
    name = "delivery/calendar.html#span" if wants_fragment(request) else "delivery/calendar.html"
    return render(request, name, context, status=status)


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
    if post.state in DECIDED:
        require_say(request)  # a client's own move is a decision for the new time
    try:
        moved = approvals.move(post, by=request.user, seen=form.cleaned_data["version"], wall=form.wall)
    except (Refused, Stale, WrongState) as problem:
        form.add_error(None, problem.message)
        return _again(request, post_for(pk), form, problem.status)
    at = moved.scheduled_at.astimezone(ZoneInfo(request.organization.zone))
    messages.success(request, _("Moved to %(when)s") % {"when": said(at)})
    topic_id, bare = post.blog_post.topic_id, moved.lacks_picture
    shown = Post(post.pk, topic_id, post.platform, moved.state, at, bare, request.supervises)
    back = f"{resolve_url('delivery:calendar')}?d={at:%Y-%m}"
    return reply(request, "delivery/calendar.html#post", {"post": shown}, otherwise=back)


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
