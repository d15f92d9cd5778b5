"""Having one part of an article written again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posthub.approvals import operations
from posthub.approvals.policies import stage_of
from posthub.approvals.queries import review
from posthub.approvals.views.finding import clash, subject_to_decide
from posthub.content.markdown import plain
from posthub.content.parts import parts_of
from posthub.core.access import member
from posthub.core.errors import Refused, Stale, WrongState
from posthub.core.tenancy import TenantRequest

LONGEST = 60  # characters of a part, enough to know it by


@require_http_methods(["GET", "HEAD", "POST"])
@member
def regenerate_part(request: TenantRequest, pk: UUID) -> HttpResponse:
    """GET shows what can be written again, with `?part=` chosen; POST has it written."""
    article = subject_to_decide(request, "article", pk)
    if request.method != "POST":
        return render(request, "approvals/part.html", _page(article, request.GET.get("part", "")))
    try:
        operations.regenerate_part(
            article,
            by=request.user,
            seen=request.POST.get("version", ""),
            stage=stage_of(supervises=request.supervises),
            part=request.POST.get("part", ""),
            wish=request.POST.get("wish", ""),
        )
    except (Stale, WrongState) as problem:
        return clash(request, article, problem)
    except Refused as problem:
        context = _page(article, request.POST.get("part", "")) | {
            "error": problem.message,
            "wish": request.POST.get("wish", ""),
        }
        return render(request, "approvals/part.html", context, status=422)
    messages.success(request, _("That part is being written again. Everything else stays as it is."))
    return HttpResponseRedirect(resolve_url("approvals:review", "article", pk), status=303)


def _page(article: Any, chosen: str) -> dict[str, Any]:
    return {
        "subject": article,
        "offered": _offered(article, chosen),
        "lang": review.topic_of(article).company.language,
    }


def _offered(article: Any, chosen: str) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """Title and headings first, then the paragraphs chapter by chapter, each as a few plain words."""
    headings: list[tuple[str, str, bool]] = []
    offered = [(_("Title and headings"), headings), (_("Introduction"), list[tuple[str, str, bool]]())]
    for part in parts_of(article.text, article.title):
        words = Truncator(plain(part.name)).chars(LONGEST)
        if part.kind == "headline":
            headings.append((part.id, words, part.id == chosen))
            continue
        if part.kind == "section":
            offered.append((words, []))
            words = _("The whole chapter “%(name)s”") % {"name": words}
        offered[-1][1].append((part.id, words, part.id == chosen))
    return [(name, parts) for name, parts in offered if parts]
