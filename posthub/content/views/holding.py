"""Holding back what was accepted, and letting it go on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

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


def _moved(request: TenantRequest, kind: str, pk: UUID, move: Any, done: str) -> HttpResponse:
    """Back to the page either way; what was refused is said there."""
    try:
        move(text_for(kind, pk), by=request.user, seen=request.POST.get("version", ""))
        messages.success(request, done)
    except (Refused, Stale, WrongState) as problem:
        messages.error(request, problem.message)
    return HttpResponseRedirect(resolve_url("approvals:review", kind, pk), status=303)
