"""The decisions. Each is a form that was shown with a version; deciding on another one decides nothing."""

from typing import Any
from uuid import UUID, uuid4, uuid5

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from posthub.approvals import operations
from posthub.approvals.policies import rights_on, stage_of
from posthub.approvals.queries import inbox as queue_queries
from posthub.approvals.queries import review, social
from posthub.approvals.views.finding import clash, subject_to_decide
from posthub.content.models import SocialPost
from posthub.core.access import member
from posthub.core.errors import OverAllowance, Refused, Stale, WrongState
from posthub.core.htmx import go_on, say, show, wants_fragment
from posthub.core.tenancy import TenantRequest


@require_POST
@member
def approve(request: TenantRequest, kind: str, pk: UUID) -> HttpResponse:
    """The client's yes, or the team's: what the person sees beside the button."""
    subject = subject_to_decide(request, kind, pk)
    chosen, batch = _chosen(request, subject), _press(request)
    try:
        if request.supervises:
            operations.approve_all(chosen, by=request.user, batch=batch)
        else:
            operations.send_all_to_client(chosen, by=request.user, batch=batch)
    except (Stale, WrongState, Refused) as problem:
        if review.decided_in(batch, by=request.user):
            return _next(request, subject, _done(request), batch)
        return clash(
            request,
            getattr(problem, "subject", None) or subject,
            problem,
            shown=request.POST.get("shown", ""),
        )
    except OverAllowance as problem:
        return _over_allowance(request, problem)
    return _next(request, subject, _done(request), batch)


def _press(request: TenantRequest) -> UUID:
    """One for one form that was shown, and for nobody else's: a button pressed twice decides once and says so twice."""
    given = request.POST.get("press", "")
    return uuid5(request.user.pk, given) if given else uuid4()


def _done(request: TenantRequest) -> str:
    return _("Approved") if request.supervises else _("Sent to the client")


@require_POST
@member
def reject(request: TenantRequest, kind: str, pk: UUID) -> HttpResponse:
    subject, batch = subject_to_decide(request, kind, pk), uuid4()
    try:
        operations.reject(
            subject,
            by=request.user,
            seen=request.POST.get("version", ""),
            reason=request.POST.get("reason", ""),
            batch=batch,
        )
    except (Stale, WrongState) as problem:
        return clash(request, subject, problem, shown=request.POST.get("shown", ""))
    except Refused as problem:
        return _form_again(request, subject, "reject", problem)
    return _next(request, subject, _("Rejected"), batch)


@require_POST
@member
def regenerate(request: TenantRequest, kind: str, pk: UUID) -> HttpResponse:
    subject, batch = subject_to_decide(request, kind, pk), uuid4()
    try:
        operations.regenerate(
            subject,
            by=request.user,
            seen=request.POST.get("version", ""),
            stage=stage_of(supervises=request.supervises),
            reason=request.POST.get("reason", ""),
            batch=batch,
        )
    except (Stale, WrongState) as problem:
        return clash(request, subject, problem)
    return _next(request, subject, _("A new one is being written"), batch)


@require_http_methods(["GET", "HEAD", "POST"])
@member
def request_changes(request: TenantRequest, kind: str, pk: UUID) -> HttpResponse:
    """GET shows the form beside the person's open remarks; POST sends them."""
    subject = subject_to_decide(request, kind, pk)
    if request.method != "POST":
        return show(request, "approvals/ask.html", _form(request, subject, "changes"), fragment="form")
    by_team, batch = request.supervises and bool(request.POST.get("by_team")), uuid4()
    try:
        operations.request_changes_of_all(
            _chosen(request, subject),
            by=request.user,
            stage=stage_of(supervises=request.supervises),
            text=_with_reasons(request),
            quote=request.POST.get("quote", ""),
            by_team=by_team,
            batch=batch,
        )
    except (Stale, WrongState) as problem:
        return clash(request, getattr(problem, "subject", None) or subject, problem)
    except Refused as problem:
        return _form_again(request, subject, "changes", problem)
    by_ai = _("Changes asked for. The new version comes here.")
    by_hand = _("Changes asked for. Our team makes them and sends it back.")
    return _next(request, subject, by_hand if by_team else by_ai, batch)


@require_http_methods(["GET", "HEAD"])
@member
def ask(request: TenantRequest, kind: str, pk: UUID, verb: str) -> HttpResponse:
    """The forms of rejecting and of asking for another one, as pages of their own."""
    subject = subject_to_decide(request, kind, pk)
    return show(request, "approvals/ask.html", _form(request, subject, verb), fragment="form")


def _chosen(request: TenantRequest, subject: Any) -> dict[Any, str]:
    """What the form decides on, with what was seen of each: for posts, the networks that were ticked."""
    picked = dict(value.split(":", 1) for value in request.POST.getlist("post") if ":" in value)
    if not isinstance(subject, SocialPost) or not picked:
        return {subject: request.POST.get("version", "")}
    posts = {str(post.pk): post for post in review.posts_of(subject.blog_post)}
    return {posts[pk]: seen for pk, seen in picked.items() if pk in posts}


def _with_reasons(request: TenantRequest) -> str:
    reasons = [reason for reason in request.POST.getlist("reason") if reason]
    text = request.POST.get("text", "").strip()
    return f"{', '.join(reasons)}: {text}" if reasons and text else text or ", ".join(reasons)


def _form(request: TenantRequest, subject: Any, verb: str) -> dict[str, Any]:
    context: dict[str, Any] = {
        "subject": subject,
        "verb": verb,
        "kind_name": queue_queries.KIND_NAMES[subject.KIND],
        "lang": review.topic_of(subject).company.language,
        "may": rights_on(subject, supervises=request.supervises, decides=request.decides),
        "reasons": [_("Tone"), _("Facts"), _("Too long"), _("Does not sound like us")],
    }
    if subject.KIND != "topic" and verb == "changes":
        context["pending"] = operations.pending_remarks(subject, by=request.user)
    if isinstance(subject, SocialPost):
        posts = [subject] if request.GET.get("only") else review.posts_of(subject.blog_post)
        previews = [
            social.preview_of(post, request.organization, supervises=request.supervises) for post in posts
        ]
        context["previews"] = [preview for preview in previews if preview.open]
    return context


def _form_again(request: TenantRequest, subject: Any, verb: str, problem: Refused) -> HttpResponse:
    context = {**_form(request, subject, verb), "error": problem.message, "said": request.POST}
    name = "approvals/ask.html#form" if wants_fragment(request) else "approvals/ask.html"
    return render(request, name, context, status=422)


def _over_allowance(request: TenantRequest, problem: OverAllowance) -> HttpResponse:
    name = "content/allowance.html#panel" if wants_fragment(request) else "content/allowance.html"
    return render(request, name, {"problem": problem}, status=problem.status)


def _next(request: TenantRequest, subject: Any, message: str, batch: UUID) -> HttpResponse:
    """On to the next thing that waits; to the inbox's "all done" where nothing does."""
    say(request, message, undo=resolve_url("approvals:undo", batch))
    queue = queue_queries.queue_for(
        request.user,
        queue_queries.open_lines(of=request.user),
        rules=request.organization,
        supervises=request.supervises,
    )
    entry = queue.after(subject)
    if entry:
        return go_on(request, entry.url, target="#desk")
    if not wants_fragment(request):
        return HttpResponseRedirect(resolve_url("approvals:inbox"), status=303)
    response = render(request, "approvals/review.html#desk", {"queue": queue, "subject": None, "oob": True})
    response["HX-Push-Url"] = resolve_url("approvals:inbox")
    return response
