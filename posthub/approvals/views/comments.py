"""Remarks on a text: on a paragraph, on words of it, or on all of it; answers to them, words suggested instead."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from posthub.approvals import operations
from posthub.approvals.models import Comment
from posthub.approvals.policies import can_decide, can_edit, rights_on
from posthub.approvals.queries import review
from posthub.approvals.queries.remarks import pinned, visible_to
from posthub.approvals.queries.social import preview_of
from posthub.approvals.views.desk import of_threads, page_threads, posts_on_page
from posthub.approvals.views.finding import clash, subject_for
from posthub.approvals.views.spots import number, picture_pointed_at, spot_of
from posthub.content.markdown import blocks
from posthub.content.models import Topic
from posthub.content.parts import part_named
from posthub.core.access import member
from posthub.core.errors import Refused, Stale, WrongState
from posthub.core.htmx import again, go, reply, show
from posthub.core.tenancy import TenantRequest
from posthub.organizations.access import Forbidden
from posthub.organizations.policies import is_staff_member


@require_http_methods(["GET", "HEAD", "POST"])
@member
def comment(request: TenantRequest, kind: str, pk: UUID) -> HttpResponse:
    """GET shows the form for the paragraph `?block=`; POST keeps the remark."""
    subject = subject_for(kind, pk)
    if isinstance(subject, Topic) or subject.version is None:
        raise Http404
    if request.method != "POST":
        return show(request, "approvals/comment.html", _form(request, subject), fragment="form")
    internal = bool(request.POST.get("internal")) and not request.supervises
    try:
        operations.comment(
            subject,
            by=request.user,
            text=request.POST.get("text", ""),
            quote=request.POST.get("quote", ""),
            block=request.POST.get("block", "")[:20],
            offset=number(request.POST.get("offset", "")),
            suggestion=request.POST.get("suggestion", ""),
            internal=internal,
            spot=spot_of(request),
            pending=not internal and can_decide(subject, supervises=request.supervises),
        )
    except Refused as problem:
        context = {**_form(request, subject), "error": problem.message}
        return again(request, "approvals/comment.html", context, fragment="form")
    messages.success(request, _("Comment saved"))
    return _threads(request, subject)


@require_POST
@member
def send(request: TenantRequest, kind: str, pk: UUID) -> HttpResponse:
    """The person's unsent remarks go out without a decision."""
    subject = subject_for(kind, pk)
    if operations.send_remarks([subject], by=request.user):
        messages.success(request, _("Comments sent"))
    return _threads(request, subject)


@require_http_methods(["GET", "HEAD", "POST"])
@member
def reply_to(request: TenantRequest, pk: UUID) -> HttpResponse:
    """An answer belongs to the talk it is in, and is read by whoever reads that."""
    remark = _remark(request, pk)
    subject = subject_for(remark.kind, remark.object_id)
    lang = review.topic_of(subject).company.language
    context = {"subject": subject, "remark": remark, "lang": lang}
    if request.method != "POST":
        return show(request, "approvals/reply.html", context, fragment="form")
    try:
        operations.comment(
            subject, by=request.user, text=request.POST.get("text", ""), answers=remark.answers or remark
        )
    except Refused as problem:
        context["error"] = problem.message
        return again(request, "approvals/reply.html", context, fragment="form")
    messages.success(request, _("Answer sent"))
    return _threads(request, subject)


@require_POST
@member
def accept(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The suggested words become the text's, as a new version."""
    remark = _remark(request, pk)
    subject = subject_for(remark.kind, remark.object_id)
    if not can_edit(subject, supervises=request.supervises) or not remark.suggestion:
        raise Forbidden(_("You can read this text, but not change it now."))
    seen = request.POST.get("version", "")
    try:
        operations.accept_suggestion(remark, subject, by=request.user, seen=seen)
    except (Stale, WrongState) as problem:
        return clash(request, subject, problem)
    messages.success(request, _("Taken over as a new version. Everything else stays as it was."))
    return go(request, resolve_url("approvals:review", remark.kind, remark.object_id))


def _remark(request: TenantRequest, pk: UUID) -> Comment:
    """A remark this person sees, or 404."""
    seen = visible_to(request.user, supervises=request.supervises)
    remark = seen.select_related("answers").filter(pk=pk).first()
    if remark is None:
        raise Http404
    return remark


@require_POST
@member
def resolve(request: TenantRequest, pk: UUID) -> HttpResponse:
    remark = _remark(request, pk)
    operations.resolve(remark, resolved=request.POST.get("resolved", "1") == "1")
    return _threads(request, subject_for(remark.kind, remark.object_id))


def _form(request: TenantRequest, subject: Any) -> dict[str, Any]:
    wanted = request.POST.get("block") or request.GET.get("block", "")
    block = next((block for block in blocks(subject.text) if block.id == wanted), None)
    part = part_named(subject.text, subject.title, block.id) if block else None
    again = (
        block is not None and subject.KIND == "article" and can_decide(subject, supervises=request.supervises)
    )
    return {
        "subject": subject,
        "paragraph": block,
        "suggest_url": f"{resolve_url('approvals:comment', subject.KIND, subject.pk)}?suggest=1&block={block.id}"
        if block and subject.KIND == "article"
        else "",
        "part_url": f"{resolve_url('approvals:part', subject.pk)}?part={block.id}" if block and again else "",
        "quote": request.POST.get("quote") or request.GET.get("quote", ""),
        "offset": request.POST.get("offset") or request.GET.get("offset", ""),
        "suggestion": request.POST.get("suggestion") or (part.of(subject.text) if part else ""),
        "suggesting": part is not None and bool(request.POST.get("suggestion") or request.GET.get("suggest")),
        "text": request.POST.get("text", ""),
        "picture": picture_pointed_at(request, subject) if _wants_spot(request) else {},
        "lang": review.topic_of(subject).company.language,
        "internal_possible": is_staff_member(request.user) and not request.supervises,
    }


def _wants_spot(request: TenantRequest) -> bool:
    return bool(request.GET.get("spot") or request.POST.get("picture"))


def _threads(request: TenantRequest, subject: Any) -> HttpResponse:
    posts = posts_on_page(subject)
    threads = page_threads(request, subject, posts)
    previews = [preview_of(post, request.organization, supervises=request.supervises) for post in posts]
    context = {
        "pinned": pinned(previews, threads),
        "subject": subject,
        "kind": subject.KIND,
        "may": rights_on(subject, supervises=request.supervises, decides=request.decides),
        **of_threads(threads),
        "lang": review.topic_of(subject).company.language,
    }
    back = f"{resolve_url('approvals:review', subject.KIND, subject.pk)}#comments"
    return reply(request, "approvals/comments.html#comments", context, otherwise=back)
