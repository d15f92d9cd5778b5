"""Deciding on topics in the month's list: row by row, or all that wait at once."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from posthub.approvals import operations
from posthub.approvals.views.finding import clash, require_say, subject_to_decide
from posthub.billing.models import Feature
from posthub.billing.queries import allowance
from posthub.content.models import Topic
from posthub.content.views.month import row_and_head
from posthub.core.access import member
from posthub.core.days import is_month
from posthub.core.errors import OverAllowance, Refused, Stale, WrongState
from posthub.core.htmx import reply, say, wants_fragment
from posthub.core.tenancy import TenantRequest
from posthub.organizations.access import Forbidden


@require_POST
@member
def approve_topic(request: TenantRequest, pk: UUID) -> HttpResponse:
    topic, batch = subject_to_decide(request, "topic", pk), uuid4()
    try:
        operations.approve(topic, by=request.user, seen=request.POST.get("version", ""), batch=batch)
    except (Stale, WrongState) as problem:
        return clash(request, topic, problem, shown=request.POST.get("shown", ""))
    except OverAllowance as problem:
        return _row(request, topic, {"over": problem}, status=problem.status)
    say(request, _("Approved"), undo=resolve_url("approvals:undo", batch))
    return _row(request, topic)


@require_POST
@member
def reject_topic(request: TenantRequest, pk: UUID) -> HttpResponse:
    topic, batch = subject_to_decide(request, "topic", pk), uuid4()
    try:
        reason = request.POST.get("reason", "")
        seen = request.POST.get("version", "")
        operations.reject(topic, by=request.user, seen=seen, reason=reason, batch=batch)
    except (Stale, WrongState) as problem:
        return clash(request, topic, problem, shown=request.POST.get("shown", ""))
    except Refused as problem:
        return _row(request, topic, {"error": problem.message}, status=problem.status)
    say(request, _("Rejected"), undo=resolve_url("approvals:undo", batch))
    return _row(request, topic)


@require_http_methods(["GET", "HEAD", "POST"])
@member
def approve_month(request: TenantRequest, month: str) -> HttpResponse:
    """GET names what will happen; POST approves the topics that were ticked, each as it was shown."""
    if not request.supervises:
        raise Forbidden(_("Topics are the client's to approve."))
    require_say(request)
    waiting = Topic.objects.filter(state="DRAFT", month=month if is_month(month) else "").select_related(
        "persona"
    )
    if request.method != "POST":
        left = allowance(request.organization, Feature.POSTS, period=month).left
        return render(
            request, "content/approve_month.html", {"topics": waiting, "month": month, "left": left}
        )
    seen = dict(value.split(":", 1) for value in request.POST.getlist("topic") if ":" in value)
    batch = uuid4()
    chosen: dict[Any, str] = {topic: seen[str(topic.pk)] for topic in waiting if str(topic.pk) in seen}
    try:
        if len(chosen) < len(seen):
            raise WrongState(
                _("Somebody has decided on one of these topics meanwhile. Nothing was approved.")
            )
        count = operations.approve_all(chosen, by=request.user, batch=batch)
    except (Stale, WrongState, OverAllowance) as problem:
        left = allowance(request.organization, Feature.POSTS, period=month).left
        context = {"topics": waiting.all(), "month": month, "left": left, "error": problem.message}
        return render(request, "content/approve_month.html", context, status=problem.status)
    done = ngettext("%(count)s topic approved", "%(count)s topics approved", count) % {"count": count}
    say(request, done, undo=resolve_url("approvals:undo", batch))
    return HttpResponseRedirect(f"{resolve_url('content:topics')}?month={month}", status=303)


def _row(
    request: TenantRequest, topic: Topic, more: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    context = {**row_and_head(request, topic), **(more or {})}
    back = f"{resolve_url('content:topics')}?month={topic.month}"
    if status != 200 and not wants_fragment(request):
        return render(request, "content/topic.html", context, status=status)
    return reply(request, "content/topics.html#fresh", context, otherwise=back, status=status)
