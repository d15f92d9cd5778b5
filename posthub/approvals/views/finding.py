"""Getters that can fail, and what a clash looks like to whoever comes too late."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from posthub.approvals.policies import rights_on
from posthub.approvals.queries import review
from posthub.approvals.queries.facts import Note, facts_in
from posthub.approvals.queries.review import Subject
from posthub.content.diff import difference
from posthub.content.models import Topic
from posthub.content.policies import CLIENT_STAGE, STAFF_STAGE, can_decide
from posthub.core.errors import Refused, Stale, WrongState
from posthub.core.htmx import wants_fragment
from posthub.core.tenancy import TenantRequest
from posthub.organizations.access import Forbidden


def subject_for(kind: str, pk: UUID) -> Any:
    """The topic, article or post of this organization (its schema holds no others), or 404."""
    subject = review.subjects(kind).filter(pk=pk).first()
    if subject is None:
        raise Http404
    return subject


def subject_to_decide(request: TenantRequest, kind: str, pk: UUID) -> Any:
    """403 while it waits for the other side. What waits for nobody any more is the operation's to refuse."""
    require_say(request)
    subject = subject_for(kind, pk)
    waits = subject.state in CLIENT_STAGE | STAFF_STAGE
    if waits and not can_decide(subject, supervises=request.supervises):
        raise Forbidden(_("This waits for somebody else. You can read it and comment on it."))
    return subject


def require_say(request: TenantRequest) -> None:
    if not request.decides:
        raise Forbidden(_("You can read and comment here. Somebody else of your organization approves."))


def clash(
    request: TenantRequest, subject: Subject, problem: Stale | WrongState | Refused, *, shown: str = ""
) -> HttpResponse:
    """409 (422 where it was refused): what changed since the form was opened, or who decided and when.

    `shown` is the words of a topic as the form showed them; topics keep no versions.
    """
    current = subject_for(subject.KIND, subject.pk)
    context: dict[str, Any] = {
        "subject": current,
        "problem": problem,
        "lang": review.topic_of(current).company.language,
        **what_changed(current, problem, shown=shown),
        "typed": request.POST.get("text", "") or request.POST.get("reason", ""),
        "move": review.last_move(current),
        "may": rights_on(current, supervises=request.supervises, decides=request.decides),
        "stopping": _mends(current) if isinstance(problem, Refused) else [],
    }
    name = "approvals/clash.html#panel" if wants_fragment(request) else "approvals/clash.html"
    return render(request, name, context, status=problem.status)


def _mends(current: Subject) -> list[Note]:
    """What keeps a text from being approved, each with the click that mends it where there is one."""
    found = None if isinstance(current, Topic) else facts_in(current)
    return [note for note in found.notes if note.severity == "block"] if found else []


def what_changed(current: Subject, problem: Exception, *, shown: str = "") -> dict[str, Any]:
    """The difference to what a stale form showed; `moved` where only the time is another."""
    if not isinstance(problem, Stale):
        return {}
    before = shown if isinstance(current, Topic) else _words(review.version_as_seen(current, problem.seen))
    now = topic_words(current) if isinstance(current, Topic) else _words(current.version)
    return {
        "segments": difference(before, now) if before and before != now else [],
        "moved": bool(before) and before == now,
    }


def topic_words(topic: Topic) -> str:
    return f"{topic.title}\n\n{topic.angle}\n\n{topic.date.isoformat()}"


def _words(version: Any) -> str:
    return f"{version.title}\n\n{version.text}" if version else ""
