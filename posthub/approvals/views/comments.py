"""Remarks on a text: on a paragraph, on words of it, or on all of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from posthub.approvals import operations
from posthub.approvals.models import Comment
from posthub.approvals.policies import can_decide, can_see_comment
from posthub.approvals.queries import review
from posthub.approvals.views.finding import subject_for
from posthub.content.markdown import blocks
from posthub.content.models import Topic
from posthub.core.access import member
from posthub.core.errors import Refused
from posthub.core.htmx import reply, show, wants_fragment
from posthub.core.tenancy import TenantRequest
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
    try:
        operations.comment(
            subject,
            by=request.user,
            text=request.POST.get("text", ""),
            quote=request.POST.get("quote", ""),
            block=request.POST.get("block", "")[:20],
            internal=bool(request.POST.get("internal")) and not request.supervises,
        )
    except Refused as problem:
        context = {**_form(request, subject), "error": problem.message}
        name = "approvals/comment.html#form" if wants_fragment(request) else "approvals/comment.html"
        return render(request, name, context, status=422)
    messages.success(request, _("Comment saved"))
    return _threads(request, subject)


@require_POST
@member
def resolve(request: TenantRequest, pk: UUID) -> HttpResponse:
    remark = Comment.objects.filter(pk=pk).first()
    if remark is None or not can_see_comment(remark.internal, supervises=request.supervises):
        raise Http404
    operations.resolve(remark, resolved=request.POST.get("resolved", "1") == "1")
    return _threads(request, subject_for(remark.kind, remark.object_id))


def _form(request: TenantRequest, subject: Any) -> dict[str, Any]:
    wanted = request.POST.get("block") or request.GET.get("block", "")
    block = next((block for block in blocks(subject.text) if block.id == wanted), None)
    again = (
        block is not None and subject.KIND == "article" and can_decide(subject, supervises=request.supervises)
    )
    return {
        "subject": subject,
        "block": block,
        "part_url": f"{resolve_url('approvals:part', subject.pk)}?part={block.id}" if block and again else "",
        "quote": request.POST.get("quote", ""),
        "text": request.POST.get("text", ""),
        "lang": review.topic_of(subject).company.language,
        "internal_possible": is_staff_member(request.user) and not request.supervises,
    }


def _threads(request: TenantRequest, subject: Any) -> HttpResponse:
    threads = review.threads_on(subject, by=request.user, supervises=request.supervises)
    context = {
        "subject": subject,
        "kind": subject.KIND,
        "threads": threads,
        "open_threads": [thread for thread in threads if not thread.remark.resolved_at],
        "lang": review.topic_of(subject).company.language,
    }
    back = f"{resolve_url('approvals:review', subject.KIND, subject.pk)}#comments"
    return reply(request, "approvals/review.html#comments", context, otherwise=back)
