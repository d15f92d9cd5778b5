"""The inbox, and the page on which one thing is read and decided."""

import json
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from posthub.approvals.consequence import things_waiting
from posthub.approvals.models import Decision
from posthub.approvals.queries import forecast
from posthub.approvals.queries import inbox as queries
from posthub.approvals.views.desk import desk
from posthub.approvals.views.finding import subject_for
from posthub.content.models import Topic
from posthub.core.access import member
from posthub.core.htmx import show, wants_fragment
from posthub.core.tenancy import TenantRequest
from posthub.jobs.queries import delay_since

A_PAGE = 25
NOWHERE = UUID(int=0)
SIDES = ("mine", "others", "snoozed")  # as the queue calls them


@require_safe
@member
def inbox(request: TenantRequest) -> HttpResponse:
    """Asked again by itself with `?seen=`, the page answers only with what is another by now."""
    seen = _taken_out(request, "seen")
    tab = request.GET.get("tab", "mine")
    queue = queries.queue_for(
        request.user,
        queries.open_lines(of=request.user),
        rules=request.organization,
        supervises=request.supervises,
    )
    request.waiting = len(queue.mine)
    context: dict[str, Any] = {
        "tab": tab if tab in SIDES or tab == "decided" else "mine",
        "queue": queue,
        "lang": request.organization.language,
        "kind": request.GET.get("kind", ""),
        "persona": request.GET.get("persona", ""),
        "kind_choices": [("", _("All kinds")), *queries.KIND_NAMES.items()],
    }
    context |= {f"on_{name}": context["tab"] == name for name in ("others", "snoozed", "decided")}
    if context["tab"] == "decided":
        page = Paginator(Decision.objects.order_by("-created_at"), A_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "decided": queries.with_titles(page.object_list)}
    else:
        context |= _entries(request, getattr(queue, context["tab"]), context)
    context |= {"places": _places(), "approve_label": _("Approve") if request.supervises else _("Send on")}
    shown = queries.digest_of(context.get("batches", []), queue)
    context |= {"watch": _watch(request, queue, shown), "changed": seen != shown}
    return show(request, "approvals/inbox.html", context, fragment="watch" if seen else "chosen")


def _places() -> str:
    """Where single keys lead from the row one is at; scripts put the row's kind and id into the address."""
    urls = {
        "r": reverse("approvals:ask_regenerate", args=["article", NOWHERE]),
        "x": reverse("approvals:ask_reject", args=["article", NOWHERE]),
        "m": reverse("approvals:comment", args=["article", NOWHERE]),
        "d": reverse("content:versions", args=["article", NOWHERE]),
        "e": reverse("content:edit", args=["article", NOWHERE]),
        "topic e": reverse("content:edit_topic", args=[NOWHERE]),
    }
    urls |= {"[": urls["d"], "]": urls["d"]}
    return json.dumps(urls, separators=(",", ":"))


def _taken_out(request: Any, name: str) -> str:
    """A parameter that is this request's alone: the addresses the page makes of its own leave it out."""
    given = request.GET.copy()
    value = str(given.pop(name, [""])[0])
    request.GET = given
    return value


def _watch(request: TenantRequest, queue: queries.Queue, shown: str) -> dict[str, Any]:
    """How the page looks after itself while something is being written: when, and where it asks again."""
    begun = [entry.line.since for entry in queue.others if entry.ball == "machine"]
    if request.GET.get("tab") == "decided":
        begun = []  # what was decided does not change by itself
    where = request.GET.copy()
    where["seen"] = shown
    return {
        "active": bool(begun),
        "poll_ms": delay_since(max(begun)) if begun else 0,
        "url": f"{request.path}?{where.urlencode()}",
        "said": things_waiting(len(queue.mine)),
    }


def _entries(request: TenantRequest, entries: list[queries.Entry], chosen: dict[str, Any]) -> dict[str, Any]:
    kept = queries.only(entries, kind=chosen["kind"], persona=chosen["persona"])
    page = Paginator(kept, A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    queries.count_comments(shown, by=request.user, supervises=request.supervises)
    if request.supervises and chosen["tab"] == "mine" and shown:
        for risk in forecast.at_risk(shown, forecast.pace(), zone=request.organization.zone):
            risk.entry.slow = True
    personas = {str(entry.line.persona_id): entry.line.persona for entry in entries}
    return {
        "page": page,
        "batches": queries.in_batches(shown, of=kept),
        "selectable": chosen["tab"] == "mine" and bool(shown),
        "persona_choices": [("", _("All personas")), *sorted(personas.items(), key=lambda item: item[1])],
        "filtered": bool(chosen["kind"] or chosen["persona"]),
        "nothing": not entries,
        "nothing_yet": not entries and not Topic.objects.exists(),
    }


@require_safe
@member
def review(request: TenantRequest, kind: str, pk: UUID) -> HttpResponse:
    subject = subject_for(kind, pk)
    context = desk(request, subject, view=request.GET.get("view", ""))
    context["oob"] = wants_fragment(request)  # the progress stands in the top bar, outside of what is swapped
    return show(
        request, "approvals/review.html", {**context, "title": subject.title or _("Review")}, fragment="desk"
    )
