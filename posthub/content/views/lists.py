"""All articles, all social posts: filtered by state, searched by words, 25 a page."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from posthub.content.models import BlogPost, SocialPost
from posthub.core.access import member
from posthub.core.htmx import show
from posthub.core.tenancy import TenantRequest
from posthub.ui.states import look_of

A_PAGE = 25
STATES = [
    "GENERATING", "IN_REVIEW", "PENDING_APPROVAL", "CHANGES_REQUESTED", "APPROVED", "REJECTED", "FAILED", "ON_HOLD",
]  # fmt: skip
POST_STATES = [*STATES, "SCHEDULED", "DELIVERED"]


@require_safe
@member
def articles(request: TenantRequest) -> HttpResponse:
    rows = BlogPost.objects.select_related("topic__persona", "topic__company", "version").order_by(
        "-topic__date", "-created_at"
    )
    found = (
        Q(version__title__icontains=_q(request))
        | Q(version__text__icontains=_q(request))
        | Q(topic__title__icontains=_q(request))
    )
    return _list(request, rows.defer("version__text", "version__extra"), found, STATES, _("Articles"))


@require_safe
@member
def posts(request: TenantRequest) -> HttpResponse:
    rows = SocialPost.objects.select_related(
        "blog_post__topic__persona", "blog_post__topic__company", "blog_post__version", "version"
    ).order_by("-scheduled_at", "platform")
    found = Q(version__text__icontains=_q(request)) | Q(blog_post__topic__title__icontains=_q(request))
    rows = rows.defer("blog_post__version__text", "blog_post__version__extra", "version__extra")
    return _list(request, rows, found, POST_STATES, _("Social posts"))


def _q(request: TenantRequest) -> str:
    return request.GET.get("q", "").strip()[:80]


def _list(
    request: TenantRequest, rows: QuerySet[Any], found: Q, states: list[str], title: str
) -> HttpResponse:
    state = request.GET.get("state", "")
    if _q(request):
        rows = rows.filter(found)
    if state in states:
        rows = rows.filter(state=state)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "title": title,
        "state_choices": [
            ("", _("All states")),
            *((name, look_of(name, yours=False).word) for name in states),
        ],
        "state": state if state in states else "",
        "q": _q(request),
        "kind": rows.model.KIND,
        "filtered": bool(_q(request) or state),
    }
    return show(request, "content/list.html", context, fragment="rows")
