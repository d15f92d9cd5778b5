"""Holding back what was accepted, and letting it go on."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from posthub.content.models import SocialPost
from posthub.content.operations import holding
from posthub.content.views.finding import text_for
from posthub.core.access import member
from posthub.core.errors import Refused, Stale, WrongState
from posthub.core.tenancy import TenantRequest


@require_POST
@member
def hold(request: TenantRequest, kind: str, pk: UUID) -> HttpResponse:
    return _moved(request, kind, pk, holding.hold, _("On hold. It does not go out until it is released."))


@require_POST
@member
def release(request: TenantRequest, kind: str, pk: UUID) -> HttpResponse:
    return _moved(request, kind, pk, holding.release, _("Released"))


@require_POST
@member
def reserve(request: TenantRequest, kind: str, pk: UUID) -> HttpResponse:
    """`reserve=1` keeps a held post for a slot that would stay empty, `reserve=0` takes it out again."""
    if kind != SocialPost.KIND:
        raise Http404
    wanted = request.POST.get("reserve") == "1"
    done = (
        _("In the reserve. It may go out where a slot would stay empty.")
        if wanted
        else _("Out of the reserve")
    )
    return _moved(request, kind, pk, partial(holding.keep_in_reserve, reserve=wanted), done)


def _moved(request: TenantRequest, kind: str, pk: UUID, move: Any, done: str) -> HttpResponse:
    """Back to the page either way; what was refused is said there."""
    try:
        move(text_for(kind, pk), by=request.user, seen=request.POST.get("version", ""))
        messages.success(request, done)
    except (Refused, Stale, WrongState) as problem:
        messages.error(request, problem.message)
    return HttpResponseRedirect(resolve_url("approvals:review", kind, pk), status=303)
