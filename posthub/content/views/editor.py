"""Editing a text by hand: Markdown and its preview for articles, plain text and the network's limit for posts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from posthub.content.diff import difference
from posthub.content.forms import ArticleForm, PostForm
from posthub.content.markdown import render as render_markdown
from posthub.content.models import BlogPost
from posthub.content.operations import articles
from posthub.content.operations import posts as post_operations
from posthub.content.platforms import PLATFORMS, length
from posthub.content.views.finding import editable, language_of, text_for
from posthub.core.access import member
from posthub.core.errors import Refused, Stale, WrongState
from posthub.core.htmx import go, wants_fragment
from posthub.core.tenancy import TenantRequest


@require_http_methods(["GET", "HEAD", "POST"])
@member
def edit(request: TenantRequest, kind: str, pk: UUID) -> HttpResponse:
    subject = editable(request, text_for(kind, pk))
    form = _form(request, subject)
    if request.method != "POST":
        return render(request, "content/edit.html", _page(subject, form))
    if not form.is_valid():
        return render(request, "content/edit.html", _page(subject, form), status=422)
    said = form.cleaned_data
    verbs = articles if isinstance(subject, BlogPost) else post_operations
    try:
        verbs.edit(
            subject,
            by=request.user,
            seen=said["version"],
            title=said.get("title", subject.title),
            text=said["text"],
        )
    except (Refused, Stale, WrongState) as problem:
        form.add_error(None, problem.message)
        current = text_for(kind, pk)
        context = {**_page(current, form), "segments": difference(current.text, said["text"]), "stale": True}
        return render(request, "content/edit.html", context, status=problem.status)
    messages.success(request, _("Saved as a new version"))
    return go(request, resolve_url("approvals:review", kind, pk))


@require_POST
@member
def preview(request: TenantRequest, kind: str, pk: UUID) -> HttpResponse:
    """The text of the form as it would look; nothing is saved."""
    subject = editable(request, text_for(kind, pk))
    form = _form(request, subject)
    context = _page(subject, form)
    text = request.POST.get("text", "")
    if isinstance(subject, BlogPost):
        context["html"] = render_markdown(text)
    context |= {"previewed": text, "preview_title": request.POST.get("title", subject.title)}
    name = "content/edit.html#preview" if wants_fragment(request) else "content/edit.html"
    return render(request, name, context)


def _form(request: TenantRequest, subject: Any) -> Any:
    given = request.POST or None
    initial = {"version": subject.content_hash, "text": subject.text, "title": subject.title}
    if isinstance(subject, BlogPost):
        return ArticleForm(given, initial=initial)
    return PostForm(given, initial=initial, post=subject)


def _page(subject: Any, form: Any) -> dict[str, Any]:
    context: dict[str, Any] = {
        "subject": subject,
        "kind": subject.KIND,
        "form": form,
        "lang": language_of(subject),
    }
    if not isinstance(subject, BlogPost):
        hashtags = subject.version.extra.get("hashtags", [])
        context |= {
            "platform": PLATFORMS[subject.platform],
            "used": length(subject.platform, form["text"].value() or "", hashtags),
            "tags": " ".join(hashtags),
        }
    return context
