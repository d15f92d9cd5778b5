"""The page about plan and payments, the way back from Stripe, and whom invoices are for."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from posthub.billing.forms import DetailsForm
from posthub.billing.models import BillingDetails, Subscription
from posthub.billing.operations.checkout import LIVE
from posthub.billing.operations.details import change_details
from posthub.billing.page import page_of
from posthub.billing.queries import sells
from posthub.billing.views.asking import asks_stripe, new_attempt
from posthub.core.access import member, supervisor
from posthub.core.htmx import go, show
from posthub.core.tenancy import TenantRequest

QUICK, QUICK_MS = 40, 2000  # so often, at this pace; people come back from Stripe and wait for its message
SLOW, SLOW_MS = 140, 10_000
PATIENCE = 15  # looks, before the page says that a mail will come


@member
@require_safe
def billing(request: TenantRequest) -> HttpResponse:
    """All of it; a look asked for by HTMX brings the page only where it says something else by now."""
    page = page_of(request.organization)
    looks = _looks(request)
    context: dict[str, Any] = {
        "page": page,
        "changed": request.GET.get("mark", page.mark) != page.mark,
        "looks": looks + 1,
        "pause": 0 if not sells() or looks >= SLOW else QUICK_MS if looks < QUICK else SLOW_MS,
        "attempt": new_attempt(),
    }
    return show(request, "billing/billing.html", context, fragment="look")


def _looks(request: TenantRequest) -> int:
    said = request.GET.get("looks", "0")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0


@member
@require_safe
def returned(request: TenantRequest) -> HttpResponse:
    """Somebody comes back from paying. The address proves nothing: Stripe's own message does."""
    row = Subscription.objects.filter(organization=request.organization).first()
    looks = _looks(request)
    arrived = row is not None and bool(row.stripe_id) and row.status in LIVE
    if arrived:
        messages.success(request, _("Thank you. Your plan is running."))
        return go(request, "billing:billing")
    context = {"looks": looks + 1, "pause": QUICK_MS if looks < SLOW else 0, "patient": looks < PATIENCE}
    return show(request, "billing/returned.html", context, fragment="waiting")


@supervisor
@require_http_methods(["GET", "HEAD", "POST"])
@asks_stripe
def billing_details(request: TenantRequest) -> HttpResponse:
    organization = request.organization
    details = BillingDetails.objects.filter(organization=organization).first()
    blank = BillingDetails(
        organization=organization,
        country=organization.country,
        email=organization.email or request.user.email,
    )
    form = DetailsForm(request.POST or None, instance=details or blank)
    if request.method == "POST" and form.is_valid():
        change_details(organization, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return go(request, "billing:billing")
    return render(request, "billing/details.html", {"form": form}, status=422 if form.is_bound else 200)
