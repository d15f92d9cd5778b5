"""What the plan allows, and the networks chosen within it."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posthub.billing.forms import NetworksForm
from posthub.billing.models import Feature
from posthub.billing.queries import allowance, period_of, plan_of
from posthub.core.access import member
from posthub.core.htmx import go
from posthub.core.tenancy import TenantRequest
from posthub.organizations.operations import change_settings
from posthub.organizations.views.settings import require_settings_right, settings_page


@member
@require_http_methods(["GET", "HEAD", "POST"])
def networks(request: TenantRequest) -> HttpResponse:
    organization = request.organization
    plan = plan_of(organization)
    form = NetworksForm(
        request.POST if request.method == "POST" else None,
        limit=plan.platforms,
        initial={"platforms": organization.platforms},
    )
    if request.method == "POST":
        require_settings_right(request)
        if form.is_valid():
            change_settings(organization, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return go(request, "billing:networks")
    context = {
        "form": form,
        "plan": plan,
        "posts": allowance(organization, Feature.POSTS, period=period_of(organization)),
    }
    return settings_page(
        request,
        "organizations/networks.html",
        context,
        place="billing:networks",
        status=422 if form.is_bound else 200,
    )
