"""The media library: pictures that people gave, and what goes with posts."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from posthub.content import files
from posthub.content.forms import AltForm, PictureForm, UseForm
from posthub.content.models import Media, Picture, SocialPost
from posthub.content.operations import pictures as operations
from posthub.content.operations.review import EDITABLE
from posthub.content.platforms import PLATFORMS
from posthub.content.views.media import served
from posthub.core.access import member
from posthub.core.errors import Refused, Stale, WrongState
from posthub.core.folding import folded
from posthub.core.htmx import ask_first, form_on, go, show
from posthub.core.tenancy import TenantRequest
from posthub.ui.times import clock, day

A_PAGE = 24
MOST_AT_ONCE = 10
MOST_POSTS = 60
KINDS = ("own", "posts")


@require_safe
@member
def library(request: TenantRequest) -> HttpResponse:
    """`?kind=posts` shows what goes with posts; `q` searches names and descriptions."""
    return show(request, "content/library.html", _page(request), fragment="tiles")


def _page(request: TenantRequest, problems: list[str] | None = None) -> dict[str, Any]:
    kind = "posts" if request.GET.get("kind") == "posts" else "own"
    q = request.GET.get("q", "").strip()[:80]
    words = folded(q)
    if kind == "own":
        rows: Any = Picture.objects.all()
        found = Q(name__folded__contains=words) | Q(alt_text__folded__contains=words)
    else:
        rows = Media.objects.select_related(
            "social_post__blog_post__version", "social_post__blog_post__topic"
        )
        found = Q(alt_text__folded__contains=words)
    page = Paginator(rows.filter(found) if q else rows, A_PAGE).get_page(request.GET.get("page"))
    return {
        "kind": kind,
        "q": q,
        "page": page,
        "problems": problems or [],
        "accept": operations.ACCEPT,
        "most_bytes": files.MOST_BYTES,
        "side": files.LEAST_SIDE,
        **_wanted_for(request),
    }


def _wanted_for(request: TenantRequest) -> dict[str, Any]:
    """The post that a picture is looked for, where somebody came from one (`?for=`)."""
    try:
        pk = UUID(request.POST.get("for") or request.GET.get("for") or "")
    except ValueError:
        return {"onward": "", "wanted_pk": ""}
    post = _posts().filter(pk=pk).first()
    if post is None:
        return {"onward": "", "wanted_pk": ""}
    return {
        "wanted": post,
        "wanted_line": _line(post, request.organization.zone),
        "onward": f"?for={pk}",
        "wanted_pk": str(pk),
    }


@form_on("content:library")
@member
def upload(request: TenantRequest) -> HttpResponse:
    chosen = request.FILES.getlist("file")
    problems = [] if chosen else [_("Choose a file first.")]
    if len(chosen) > MOST_AT_ONCE:
        problems, chosen = [_("At most %(number)s files at once, please.") % {"number": MOST_AT_ONCE}], []
    added = []
    for file in chosen:
        try:
            added.append(operations.add_picture(file, by=request.user))
        except Refused as problem:
            problems.append(problem.message)
    if problems:
        context = {**_page(request, problems), "added": [picture.name for picture in added]}
        return render(request, "content/library.html", context, status=422)
    messages.success(request, _("Added. Say now what it shows."))
    only = added[0].pk if len(added) == 1 else None
    place = resolve_url("content:picture", only) if only else resolve_url("content:library")
    return go(request, place + _wanted_for(request)["onward"])


@require_http_methods(["GET", "HEAD", "POST"])
@member
def picture(request: TenantRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Picture, pk=pk)
    said = {"alt_text": found.alt_text, "focal_x": found.focal_x, "focal_y": found.focal_y}
    form = PictureForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        operations.describe_picture(found, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return go(request, resolve_url("content:picture", found.pk) + _wanted_for(request)["onward"])
    return render(
        request,
        "content/picture.html",
        _picture_page(request, found, form),
        status=422 if form.is_bound else 200,
    )


def _picture_page(request: TenantRequest, found: Picture, form: PictureForm, **more: Any) -> dict[str, Any]:
    uses = found.media.select_related("social_post__blog_post__version", "social_post__blog_post__topic")
    frame = files.framed("1:1", found.width, found.height, around=(found.focal_x, found.focal_y))
    return {
        "picture": found,
        "form": form,
        "uses": uses,
        "frame": {side: round(getattr(frame, side)) for side in ("x", "y", "w", "h")},
        "post_choices": [(str(post.pk), _line(post, request.organization.zone)) for post in _first_posts()],
        "lang": request.organization.language,
        **_wanted_for(request),
        **more,
    }


def _posts() -> QuerySet[SocialPost]:
    """What a picture can still be given to, the next first."""
    rows = SocialPost.objects.select_related("blog_post__version", "blog_post__topic").filter(
        state__in=EDITABLE, scheduled_at__gte=timezone.now()
    )
    rows = rows.defer("blog_post__version__text", "blog_post__version__extra", "blog_post__topic__plan")
    return rows.order_by("scheduled_at", "platform")


def _first_posts() -> list[SocialPost]:
    """Of a whole month those first that nothing goes out from without a picture."""
    posts = list(_posts()[:MOST_POSTS])
    return sorted(posts, key=lambda post: not post.lacks_picture)


def _line(post: SocialPost, zone: str) -> str:
    at = post.scheduled_at.astimezone(ZoneInfo(zone))
    return f"{day(at.date())} {clock(at)} · {PLATFORMS[post.platform].name} · {post.title}"


@require_safe
@member
def picture_file(request: TenantRequest, pk: UUID) -> FileResponse:
    return served(get_object_or_404(Picture, pk=pk))


@form_on("content:picture", "pk")
@member
def use_picture(request: TenantRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Picture, pk=pk)
    form = UseForm(request.POST)
    if not form.is_valid():
        return _not_used(request, found, _("Choose the post that it goes with."), 422)
    post = get_object_or_404(SocialPost, pk=form.cleaned_data["post"])
    try:
        seen = form.cleaned_data["version"]
        operations.use_picture(found, post, by=request.user, seen=seen, wanted=_wanted(found, form))
    except (Refused, Stale, WrongState) as problem:
        return _not_used(request, found, problem.message, problem.status)
    messages.success(request, _("The post has the picture. It waits for approval as it is now."))
    if request.POST.get("for"):
        return go(request, resolve_url("approvals:review", post.KIND, post.pk))
    return go(request, "content:picture", found.pk)


def _wanted(found: Picture, form: UseForm) -> files.Frame | None:
    """The frame that was chosen; None where it stands as the page drew it, for whichever network."""
    if form.frame is None:
        return None
    drawn = files.framed("1:1", found.width, found.height, around=(found.focal_x, found.focal_y))
    chosen = files.Frame(*form.frame)
    untouched = all(abs(getattr(drawn, side) - getattr(chosen, side)) < 1 for side in ("x", "y", "w", "h"))
    return None if untouched else chosen


def _not_used(request: TenantRequest, found: Picture, why: str, status: int) -> HttpResponse:
    said = {"alt_text": found.alt_text, "focal_x": found.focal_x, "focal_y": found.focal_y}
    context = _picture_page(request, found, PictureForm(initial=said), refused=why)
    return render(request, "content/picture.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@member
def remove_picture(request: TenantRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Picture, pk=pk)
    if request.method != "POST":
        return ask_first(
            request,
            title=_("Remove the picture?"),
            text=_("“%(name)s” is deleted for good; nobody can bring it back.") % {"name": found.name},
            label=_("Remove"),
            back=resolve_url("content:picture", found.pk),
        )
    operations.remove_picture(found, by=request.user)
    messages.success(request, _("Removed."))
    return go(request, "content:library")


@require_http_methods(["GET", "HEAD", "POST"])
@member
def edit_media(request: TenantRequest, pk: UUID) -> HttpResponse:
    """What is said of a post's own picture."""
    rows = Media.objects.select_related("social_post__version", "social_post__blog_post__version", "picture")
    media = get_object_or_404(rows, pk=pk)
    initial = {"version": media.social_post.content_hash, "alt_text": media.alt_text}
    form = AltForm(request.POST or None, initial=initial)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            operations.describe_media(media, by=request.user, seen=said["version"], alt_text=said["alt_text"])
        except (Refused, Stale, WrongState) as problem:
            form.add_error(None, problem.message)
            status = problem.status
        else:
            messages.success(request, _("Saved."))
            return go(request, "content:edit_media", media.pk)
    context = {"media": media, "form": form, "lang": request.organization.language}
    return render(request, "content/media.html", context, status=status)
