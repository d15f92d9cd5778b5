"""Review by mail, without an account: GET shows, POST decides. A link opens its round and nothing else."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from posthub.approvals import linking, operations
from posthub.approvals.models import ReviewLink
from posthub.approvals.policies import MINUTES
from posthub.approvals.queries import letter as queries
from posthub.approvals.views.finding import topic_words, what_changed
from posthub.content.models import Media, Topic
from posthub.content.policies import CLIENT_STAGE
from posthub.content.views.media import served
from posthub.core import logging as context
from posthub.core.access import anyone
from posthub.core.errors import OverAllowance, PostHubError, Refused, Stale, WrongState
from posthub.core.htmx import form_on, say
from posthub.organizations.models import Organization
from posthub.organizations.queries import current_organization

# Whoever decides sooner after first opening the link may be a mail scanner that runs scripts: it is asked once more.
HUMAN_SECONDS = 3
SEEN = "review_seen"
SALT = "posthub.review.seen"


class LetterRequest(HttpRequest):
    link: ReviewLink
    sender: Organization  # `organization` is for people who were let in by the access middleware
    person: Any


Answer = Callable[..., HttpResponseBase]


def with_link(view: Answer) -> Answer:
    """Find the link and whom it speaks for; wrong, expired, revoked and left ones look the same: gone."""

    @wraps(view)
    def find(request: Any, token: str, **kwargs: Any) -> HttpResponseBase:
        link = linking.link_of(token)
        request.sender = current_organization()
        person = linking.person_of(link) if link and linking.is_good(link, request.sender) else None
        if link is None or person is None:
            return _private(render(request, "approvals/letter_gone.html", {"token": token}, status=410))
        request.link, request.person = link, person
        translation.activate(link.language)
        request.LANGUAGE_CODE = link.language
        timezone.activate(ZoneInfo(request.sender.zone))
        context.origin.set({**context.origin.get(), "via": "link", "link": str(link.pk)})
        return _private(view(request, token, **kwargs))

    return find


def _private(response: HttpResponseBase) -> HttpResponseBase:
    """Kept nowhere, found by nobody, and its address told to nobody.

    Of the address other sites learn the host at most. With no-referrer browsers would post the page's own forms
    from nowhere (`Origin: null`), and the protection against forged requests refuses those.
    """
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@anyone
@require_safe
@with_link
def letter(request: LetterRequest, token: str) -> HttpResponse:
    response = _page(request, token)
    if SEEN not in request.COOKIES:
        response.set_cookie(
            SEEN,
            signing.dumps(int(time.time()), salt=SALT),
            max_age=7 * 24 * 3600,
            path="/r/",
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


def _page(
    request: LetterRequest, token: str, *, place: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    asked = place or request.GET.get("item", "")
    page = queries.page_of(request.link, request.sender, asked, token=token, by=request.person)
    subject = page.get("subject")
    return render(
        request,
        "approvals/letter.html",
        {
            **page,
            "token": token,
            "link": request.link,
            "organization": request.sender,
            "asking": request.GET.get("ask") == "changes",
            "shown": topic_words(subject) if isinstance(subject, Topic) else "",
            "undo_minutes": MINUTES,
            **more,
        },
        status=status,
    )


@anyone
@require_safe
@with_link
def media(request: LetterRequest, token: str, pk: UUID) -> HttpResponseBase:
    """A picture or film of this round, and of no other."""
    posts = request.link.round.items.filter(kind="post").values("object_id")
    return served(get_object_or_404(Media, pk=pk, social_post__in=posts))


@anyone
@form_on("approvals:letter", "token")
@with_link
def decide(request: LetterRequest, token: str) -> HttpResponse:
    place = request.POST.get("item", "")
    item = next((one for one in queries.items_of(request.link) if str(one.place) == place), None)
    if item is None:
        return _page(request, token, status=409, error=_("This is not in this batch any more."))
    if not (_is_human(request) or _confirmed(request)):
        return _page(request, token, place=place, confirm=signing.dumps(place, salt=SALT), said=request.POST)
    batch = uuid4()
    try:
        done = _decided(request, item.subject, batch)
    except (Stale, WrongState, Refused, OverAllowance) as problem:
        return _refused(request, token, place, item.subject, problem)
    ReviewLink.objects.filter(pk=request.link.pk).update(used_at=timezone.now())
    linking.mail_link(request.link, f"receipt-{int(time.time()) // 300}", delay=120)
    say(request, done, undo=resolve_url("approvals:letter_undo", token, batch))
    return HttpResponseRedirect(resolve_url("approvals:letter", token), status=303)


def _decided(request: LetterRequest, subject: Any, batch: UUID) -> str:
    """Do what was decided; the sentence that says so."""
    given = {"by": request.person, "seen": request.POST.get("version", ""), "batch": batch}
    text = request.POST.get("text", "")
    if request.POST.get("decision") == "approve":
        operations.approve(subject, **given)
        return _("Approved")
    if isinstance(subject, Topic):
        operations.reject(subject, reason=text, **given)
        return _("Rejected")
    operations.request_changes(subject, stage=CLIENT_STAGE, text=text, **given)
    return _("Changes asked for. The new version comes by mail.")


def _refused(
    request: LetterRequest, token: str, place: str, subject: Any, problem: PostHubError
) -> HttpResponse:
    """The item as it is now, with what stood in the way; what was typed is kept."""
    subject.refresh_from_db()
    return _page(
        request,
        token,
        place=place,
        status=problem.status,
        error=problem.message,
        said=request.POST,
        asking=isinstance(problem, Refused) and request.POST.get("decision") != "approve",
        **what_changed(subject, problem, shown=request.POST.get("shown", "")),
    )


def _is_human(request: HttpRequest) -> bool:
    try:
        first = signing.loads(request.COOKIES.get(SEEN, ""), salt=SALT)
    except signing.BadSignature:
        return False
    return bool(time.time() - first >= HUMAN_SECONDS)


def _confirmed(request: HttpRequest) -> bool:
    try:
        return bool(signing.loads(request.POST.get("confirm", ""), salt=SALT) == request.POST.get("item"))
    except signing.BadSignature:
        return False


@anyone
@require_POST
@with_link
def undo(request: LetterRequest, token: str, batch: UUID) -> HttpResponse:
    try:
        operations.undo(batch, by=request.person)
        messages.success(request, _("Undone. It waits for you again."))
    except WrongState as problem:
        messages.error(request, problem.message)
    return HttpResponseRedirect(resolve_url("approvals:letter", token), status=303)


@anyone
@require_POST
def renew(request: HttpRequest, token: str) -> HttpResponseBase:
    """A fresh link, by mail to whom the old one was for. The answer is the same whatever stood behind it."""
    link = linking.link_of(token)
    if link is not None:
        linking.renew(link, current_organization())
    return _private(render(request, "approvals/letter_gone.html", {"token": token, "asked": True}))
