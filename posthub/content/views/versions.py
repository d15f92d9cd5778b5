"""What a text was before, word by word, and the way back to it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from posthub.content.diff import difference
from posthub.content.models import BlogPost
from posthub.content.operations import articles, posts
from posthub.content.policies import can_edit
from posthub.content.queries import versions_of
from posthub.content.views.finding import editable, language_of, text_for
from posthub.core.access import member
from posthub.core.htmx import go, show
from posthub.core.tenancy import TenantRequest


@require_safe
@member
def versions(request: TenantRequest, kind: str, pk: UUID) -> HttpResponse:
    """`?from=2&to=3`; without them the last two."""
    subject = text_for(kind, pk)
    rows = {version.number: version for version in versions_of(subject).defer("extra")}
    newest = max(rows)
    now = _number(request.GET.get("to"), newest)
    before = _number(request.GET.get("from"), max(now - 1, 1))
    if now not in rows or before not in rows:
        raise Http404
    context = {
        "subject": subject,
        "kind": kind,
        "lang": language_of(subject),
        "versions": sorted(rows.values(), key=lambda version: -version.number),
        "now": rows[now],
        "before": rows[before],
        "earlier": before - 1 if before > 1 else None,
        "later": now + 1 if now < newest else None,
        "segments": difference(rows[before].text, rows[now].text, folded=request.GET.get("all") != "1"),
        "unfolded": request.GET.get("all") == "1",
        "title_changed": rows[before].title != rows[now].title,
        "may_restore": can_edit(subject, supervises=request.supervises),
    }
    return show(request, "content/versions.html", context, fragment="difference")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else otherwise


@require_POST
@member
def restore(request: TenantRequest, kind: str, pk: UUID) -> HttpResponse:
    subject = editable(request, text_for(kind, pk))
    verbs = articles if isinstance(subject, BlogPost) else posts
    number = _number(request.POST.get("number"), 0)
    verbs.restore(subject, by=request.user, seen=request.POST.get("version", ""), number=number)
    messages.success(request, _("Version %(number)s is back, as a new version") % {"number": number})
    return go(request, resolve_url("content:versions", kind, pk))
