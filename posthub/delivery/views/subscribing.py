"""The calendar in people's own calendar programs: a secret address, made and revoked by its person."""

from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from posthub.core.access import anyone, member
from posthub.core.htmx import go
from posthub.core.tenancy import TenantRequest, url_of
from posthub.delivery import operations
from posthub.delivery.feed import calendar_of
from posthub.delivery.models import CalendarLink
from posthub.delivery.queries.links import person_of_link


@require_safe
@member
def subscription(request: TenantRequest) -> HttpResponse:
    return _page(request)


def _page(request: TenantRequest, **made: Any) -> HttpResponse:
    link = CalendarLink.objects.filter(user_id=request.user.pk, revoked_at=None).first()
    response = render(request, "delivery/subscription.html", {"link": link, **made})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@member
def make_link(request: TenantRequest) -> HttpResponse:
    """The answer to the POST is the only page that ever shows the address."""
    token = operations.make_calendar_link(by=request.user)
    path = resolve_url("delivery:feed", token=token)
    return _page(request, address=url_of(request.tenant.domain_url, path))


@require_POST
@member
def revoke_link(request: TenantRequest) -> HttpResponse:
    operations.revoke_calendar_link(by=request.user)
    messages.success(request, _("The address opens nothing any more."))
    return go(request, "delivery:subscription")


@require_safe
@anyone
def feed(request: TenantRequest, token: str) -> HttpResponse:
    """Wrong, revoked, of another host, of somebody who left: all the same, not found."""
    found = person_of_link(token)
    if found is None:
        raise Http404
    link, person, organization = found
    with translation.override(person.language or organization.language):
        body = calendar_of(organization, request.tenant.domain_url)
    operations.note_read(link, at=timezone.now())
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    response: HttpResponse = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response = get_conditional_response(request, etag=etag, response=response) or response
    response["Cache-Control"] = "private, max-age=900"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
