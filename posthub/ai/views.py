"""An organization's own keys for AI providers. A key goes in and is never shown again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from posthub.ai import operations
from posthub.ai.forms import OwnKeyForm
from posthub.ai.queries import asked_for, month_here, own_accounts
from posthub.core.access import member
from posthub.core.htmx import go
from posthub.core.tenancy import TenantRequest
from posthub.organizations.views.settings import require_settings_right, settings_page


@member
@require_http_methods(["GET", "HEAD", "POST"])
def own_keys(request: TenantRequest) -> HttpResponse:
    form = OwnKeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require_settings_right(request)
        if form.is_valid():
            operations.bring_key(request.organization, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. From now on the provider is asked with your key."))
            return go(request, "ai:own_keys")
    return settings_page(
        request,
        "ai/own_keys.html",
        {"form": form, **_context(request)},
        place="ai:own_keys",
        status=422 if form.is_bound else 200,
    )


@member
@require_POST
def take_key_back(request: TenantRequest, provider: str) -> HttpResponse:
    require_settings_right(request)
    if not operations.take_key_back(request.organization, provider, by=request.user):
        raise Http404
    messages.success(request, _("The key is gone. The provider is asked with PostHub's key again."))
    return go(request, "ai:own_keys")


def _context(request: TenantRequest) -> dict[str, Any]:
    return {
        "accounts": own_accounts(request.organization),
        "asked_for": asked_for(),
        "month": month_here(request.organization),
    }
