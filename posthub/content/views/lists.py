"""Everything that was planned and written: searched by words, filtered, 25 a page. The address holds the choice."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from posthub.content.platforms import PLATFORMS
from posthub.content.queries import Line, page_of_lines
from posthub.core.access import member
from posthub.core.days import is_month
from posthub.core.folding import folded
from posthub.core.htmx import show
from posthub.core.tenancy import TenantRequest
from posthub.personas.models import Persona
from posthub.ui.states import look_of, waits_for

A_PAGE = 25
KINDS = ("topic", "article", "post")
STATES = {
    "topic": ["DRAFT", "APPROVED", "REJECTED"],
    "article": [
        "GENERATING", "IN_REVIEW", "PENDING_APPROVAL", "CHANGES_REQUESTED", "APPROVED", "REJECTED", "FAILED", "ON_HOLD",
    ],
}  # fmt: skip
STATES["post"] = [*STATES["article"], "SCHEDULED", "DELIVERED"]
# Where the words are: of each kind the ways from its row to them.
WORDS = {
    "topic": ("title", "angle"),
    "article": ("version__title", "version__text", "topic__title"),
    "post": ("version__text", "blog_post__version__title", "blog_post__topic__title"),
}
TO_TOPIC = {"topic": "", "article": "topic__", "post": "blog_post__topic__"}


@require_safe
@member
def content(request: TenantRequest) -> HttpResponse:
    """Topics, articles and posts together: where the search of the top bar leads."""
    asked = request.GET.get("kind", "")
    return _list(request, asked if asked in KINDS else "", _("All content"), "content")


@require_safe
@member
def articles(request: TenantRequest) -> HttpResponse:
    return _list(request, "article", _("Articles"), "article")


@require_safe
@member
def posts(request: TenantRequest) -> HttpResponse:
    return _list(request, "post", _("Social posts"), "post")


def _list(request: TenantRequest, kind: str, title: str, place: str) -> HttpResponse:
    chosen = _chosen(request, kind)
    page: Page[Line] = page_of_lines(
        request.GET.get("page"), A_PAGE, **dict(_conditions([kind] if kind else KINDS, chosen))
    )
    context: dict[str, Any] = {
        **chosen,
        "page": page,
        "title": title,
        "place": place,
        "kind": kind,
        "lang": request.organization.language,
        "filtered": any(chosen.values()) or (place == "content" and bool(kind)),
        **_choices(kind, place, supervises=request.supervises),
    }
    return show(request, "content/list.html", context, fragment="rows")


def _chosen(request: TenantRequest, kind: str) -> dict[str, str]:
    """What the address asks for, as far as it makes sense; a filter that makes none is as if it were not there."""
    asked = {name: request.GET.get(name, "") for name in ("state", "persona", "network", "month")}
    known = STATES[kind or "post"] + ([] if kind else ["DRAFT"])
    return {
        "q": request.GET.get("q", "").strip()[:80],
        "state": asked["state"] if asked["state"] in known else "",
        "persona": asked["persona"] if _is_uuid(asked["persona"]) else "",
        "network": asked["network"] if kind in {"", "post"} and asked["network"] in PLATFORMS else "",
        "month": asked["month"] if is_month(asked["month"]) else "",
    }


def _is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _conditions(kinds: Any, chosen: dict[str, str]) -> Iterator[tuple[str, Q]]:
    for kind in kinds:
        if chosen["network"] and kind != "post":
            continue
        yield f"{kind}s", _condition(kind, chosen)


def _condition(kind: str, chosen: dict[str, str]) -> Q:
    wanted = Q()
    if chosen["q"]:
        words = Q()
        for way in WORDS[kind]:
            words |= Q(**{f"{way}__folded__contains": folded(chosen["q"])})
        wanted &= words
    ways = {"state": "state", "persona": f"{TO_TOPIC[kind]}persona_id", "month": f"{TO_TOPIC[kind]}month"}
    if kind == "post":
        ways["network"] = "platform"
    for name, way in ways.items():
        if chosen[name]:
            wanted &= Q(**{way: chosen[name]})
    return wanted


def _choices(kind: str, place: str, *, supervises: bool) -> dict[str, Any]:
    states = STATES[kind] if kind else ["DRAFT", *STATES["post"]]
    personas = Persona.objects.exclude(state="DRAFT").order_by("name").values_list("pk", "name")
    choices = {
        "state_choices": [
            ("", _("All states")),
            *((state, _named(state, kind, supervises=supervises)) for state in states),
        ],
        "persona_choices": [("", _("All personas")), *((str(pk), name) for pk, name in personas)],
    }  # fmt: skip
    if place == "content":
        kinds = [("topic", _("Topics")), ("article", _("Articles")), ("post", _("Social posts"))]
        choices["kind_choices"] = [("", _("All kinds")), *kinds]
    if kind in {"", "post"}:
        networks = [(key, network.name) for key, network in PLATFORMS.items()]
        choices["network_choices"] = [("", _("All networks")), *networks]
    return choices


def _named(state: str, kind: str, *, supervises: bool) -> Any:
    """As the rows of the list say it; among all kinds a draft can only be a topic."""
    if state == "DRAFT" and not kind:
        return _("Proposed topics")
    return look_of(state, yours=waits_for(state, supervises=supervises)).word
