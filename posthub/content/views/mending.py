"""What one click mends: a finding's own change, a claim cut. The page comes back with the new version."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from posthub.content.operations import mending
from posthub.content.views.finding import editable, text_for
from posthub.core.access import member
from posthub.core.errors import Refused, Stale, WrongState
from posthub.core.tenancy import TenantRequest


@require_POST
@member
def mend(request: TenantRequest, kind: str, pk: UUID) -> HttpResponse:
    return _changed(request, kind, pk, mending.mend, fix=request.POST.get("fix", ""))


@require_POST
@member
def cut(request: TenantRequest, kind: str, pk: UUID) -> HttpResponse:
    return _changed(request, kind, pk, mending.cut_sentence, sentence=request.POST.get("sentence", ""))


def _changed(
    request: TenantRequest, kind: str, pk: UUID, change: Callable[..., Any], **asked: str
) -> HttpResponse:
    subject = editable(request, text_for(kind, pk))
    try:
        change(subject, by=request.user, seen=request.POST.get("version", ""), **asked)
        messages.success(request, _("Saved as a new version"))
    except (Refused, Stale, WrongState) as problem:
        messages.error(request, problem.message)
    return HttpResponseRedirect(resolve_url("approvals:review", kind, pk), status=303)
