"""Many things decided on, or put off, with one form: a page of its own, or a dialog over the inbox."""

import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from posthub.approvals import operations
from posthub.approvals.operations.together import Shown, Together
from posthub.approvals.policies import stage_of
from posthub.approvals.queries import bulk as queries
from posthub.approvals.queries import inbox
from posthub.approvals.queries.review import posts_of
from posthub.approvals.views.finding import require_say, subject_for
from posthub.content.models import SocialPost
from posthub.core.access import member
from posthub.core.days import day_in
from posthub.core.errors import Refused
from posthub.core.htmx import go_on, say, show, wants_fragment
from posthub.core.tenancy import TenantRequest

MORNING = 7
KINDS = {"approve": {"topic", "article", "post"}, "changes": {"article", "post"}}


@require_http_methods(["GET", "HEAD", "POST"])
@member
def bulk(request: TenantRequest, verb: str) -> HttpResponse:
    """GET names what would be decided and asks; POST decides what is still as it was shown."""
    if request.method != "POST":
        return show(request, "approvals/bulk.html", _asked(request, verb), fragment="ask")
    shown = queries.read_shown(request.POST.getlist("shown"))
    try:
        if not shown:
            raise Refused(_("Choose at least one thing from the list."))
        if verb != "snooze":
            require_say(request)
        return {"approve": _approve, "changes": _request_changes, "snooze": _snooze}[verb](request, shown)
    except Refused as problem:
        context = {**_asked(request, verb), "error": problem.message, "said": request.POST}
        name = "approvals/bulk.html#ask" if wants_fragment(request) else "approvals/bulk.html"
        return render(request, name, context, status=422)


def _asked(request: TenantRequest, verb: str) -> dict[str, Any]:
    """`?item=kind:id` for each thing, `?batch=2027-02` for all of a batch."""
    given = request.POST if request.method == "POST" else request.GET
    queue = inbox.queue_for(
        request.user,
        inbox.open_lines(of=request.user),
        rules=request.organization,
        supervises=request.supervises,
    )
    entries = queries.ticked(
        [*queue.mine, *queue.snoozed], choices=given.getlist("item"), batches=given.getlist("batch")
    )
    chosen = queries.chosen(
        [entry for entry in entries if entry.line.kind in KINDS.get(verb, KINDS["approve"])],
        by=request.user,
        organization=request.organization,
        supervises=request.supervises,
    )
    return {
        "verb": verb,
        "chosen": chosen,
        "unopened": sum(not one.opened for one in chosen),
        "left_out": len(entries) - len(chosen),
        "days": _days(request.organization.zone),
    }


def _days(zone: str) -> list[tuple[str, str, datetime.date]]:
    today = timezone.now().astimezone(ZoneInfo(zone)).date()
    monday = today + datetime.timedelta(days=7 - today.weekday())
    return [
        ("tomorrow", _("Tomorrow"), today + datetime.timedelta(days=1)),
        ("week", _("Next week"), monday),
    ]


def _approve(request: TenantRequest, shown: Shown) -> HttpResponse:
    batch = uuid4()
    result = operations.approve_shown(shown, by=request.user, supervises=request.supervises, batch=batch)
    count = len(result.decided)
    said = (
        ngettext("%(count)s approved", "%(count)s approved", count)
        if request.supervises
        else ngettext("%(count)s sent to the client", "%(count)s sent to the client", count)
    )
    return _report(request, result, said % {"count": count}, undo=resolve_url("approvals:undo", batch))


def _request_changes(request: TenantRequest, shown: Shown) -> HttpResponse:
    text = request.POST.get("text", "").strip()
    if not text:
        raise Refused(_("Say in a sentence what should be different."))
    batch = uuid4()
    result = operations.request_changes_to_shown(
        shown,
        by=request.user,
        stage=stage_of(supervises=request.supervises),
        text=text,
        by_team=request.supervises and bool(request.POST.get("by_team")),
        batch=batch,
    )
    count = len(result.decided)
    said = ngettext("Changes asked for in %(count)s text", "Changes asked for in %(count)s texts", count)
    return _report(request, result, said % {"count": count}, undo=resolve_url("approvals:undo", batch))


def _snooze(request: TenantRequest, shown: Shown) -> HttpResponse:
    zone = ZoneInfo(request.organization.zone)
    named = {name: date for name, _label, date in _days(request.organization.zone)}
    date = named.get(request.POST.get("until", "")) or day_in(request.POST.get("date", ""))
    if date is None:
        raise Refused(_("Choose a day."))
    until = datetime.datetime.combine(date, datetime.time(MORNING), zone)
    subjects = list(queries.subjects_of(pk for _kind, pk in shown).values())
    operations.snooze(subjects, by=request.user, until=until)
    return _report(request, Together(decided=subjects), _("Put off. It comes back by itself."))


def _report(request: TenantRequest, result: Together, said: str, *, undo: str = "") -> HttpResponse:
    """Back to the list; where something could not be decided, first what and why."""
    if result.decided:
        say(request, said, undo=undo)
    if result.left:
        context = {"result": result, "said": said}
        name = "approvals/bulk.html#left" if wants_fragment(request) else "approvals/bulk_left.html"
        return render(request, name, context)
    return go_on(request, resolve_url("approvals:inbox"), target="#rows")


@require_POST
@member
def wake(request: TenantRequest, kind: str, pk: Any) -> HttpResponse:
    """What was put off comes back into the list."""
    operations.wake(_group(kind, pk), by=request.user)
    say(request, _("It is back in your list."))
    return HttpResponseRedirect(resolve_url("approvals:inbox") + "?tab=snoozed", status=303)


@require_POST
@member
def opened(request: TenantRequest, kind: str, pk: Any) -> HttpResponse:
    """The page itself says that it was read for a moment; opening it changes nothing."""
    operations.note_opened(_group(kind, pk), by=request.user)
    return HttpResponse(status=204)


def _group(kind: str, pk: Any) -> list[Any]:
    """The thing, or all posts that are shown on its page."""
    subject = subject_for(kind, pk)
    return posts_of(subject.blog_post) if isinstance(subject, SocialPost) else [subject]
