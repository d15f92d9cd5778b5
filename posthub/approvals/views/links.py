"""The links that were mailed, and the people outside who get them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posthub.approvals import linking
from posthub.approvals.forms import ReviewerForm
from posthub.approvals.models import Reviewer, ReviewLink
from posthub.core.access import member
from posthub.core.collation import alphabetical
from posthub.core.htmx import ask_first, form_on, go
from posthub.core.tenancy import TenantRequest
from posthub.organizations.views.settings import require_settings_right, settings_page

PLACE = "approvals:review_links"


@require_safe
@member
def review_links(request: TenantRequest) -> HttpResponse:
    return _page(request, ReviewerForm())


def _page(request: TenantRequest, form: ReviewerForm, status: int = 200) -> HttpResponse:
    page = Paginator(ReviewLink.objects.select_related("round"), 25).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "rows": [(link, _state(link, request.organization.link_epoch)) for link in page],
        "reviewers": Reviewer.objects.filter(active=True).order_by(alphabetical("name"))[:100],
        "form": form,
    }
    return settings_page(request, "approvals/review_links.html", context, place=PLACE, status=status)


def _state(link: ReviewLink, epoch: int) -> str:
    if link.revoked_at or link.epoch != epoch:
        return "revoked"
    if link.expires_at <= timezone.now():
        return "expired"
    return "open"


@require_POST
@member
def revoke(request: TenantRequest, pk: UUID) -> HttpResponse:
    require_settings_right(request)
    linking.revoke(get_object_or_404(ReviewLink, pk=pk), by=request.user)
    messages.success(request, _("The link opens nothing any more."))
    return go(request, PLACE)


@require_http_methods(["GET", "HEAD", "POST"])
@member
def revoke_all(request: TenantRequest) -> HttpResponse:
    require_settings_right(request)
    if request.method != "POST":
        return ask_first(
            request,
            title=_("Revoke all links?"),
            text=_(
                "Every link that was mailed stops working at once, for everybody. The next mails bring new ones."
            ),
            label=_("Revoke all links"),
            back=resolve_url(PLACE),
        )
    linking.revoke_all(request.organization, by=request.user)
    messages.success(request, _("All links that were mailed open nothing any more."))
    return go(request, PLACE)


@form_on("approvals:review_links")
@member
def add_reviewer(request: TenantRequest) -> HttpResponse:
    require_settings_right(request)
    form = ReviewerForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    linking.add_reviewer(**form.cleaned_data, by=request.user)
    messages.success(request, _("%(email)s gets the next mail.") % {"email": form.cleaned_data["email"]})
    return go(request, PLACE)


@require_POST
@member
def remove_reviewer(request: TenantRequest, pk: UUID) -> HttpResponse:
    require_settings_right(request)
    linking.remove_reviewer(get_object_or_404(Reviewer, pk=pk), by=request.user)
    messages.success(request, _("Removed. Their links open nothing any more."))
    return go(request, PLACE)
