"""Choosing a plan for the first time, and Stripe's own pages for cards and bills."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from posthub.billing.models import Interval, Plan, Price, Subscription
from posthub.billing.money import money
from posthub.billing.operations.checkout import LIVE, currency_of, portal, start_checkout
from posthub.billing.page import compared
from posthub.billing.views.asking import asks_stripe, attempt_in, new_attempt
from posthub.core.access import supervisor
from posthub.core.htmx import go
from posthub.core.tenancy import TenantRequest
from posthub.organizations.models import Organization


@supervisor
@require_http_methods(["GET", "HEAD", "POST"])
@asks_stripe
def choose_plan(request: TenantRequest, code: str) -> HttpResponse:
    """How often one pays, and what comes on top; then Stripe's page. Who has a plan changes it instead."""
    plan = get_object_or_404(Plan.objects.filter(for_sale=True), code=code)
    organization = request.organization
    row = Subscription.objects.filter(organization=organization).select_related("plan").first()
    if row is not None and row.stripe_id and row.status in LIVE:
        return go(request, f"billing:move_{'up' if plan.order > row.plan.order else 'down'}", code)
    if request.method == "POST":
        interval = Interval.YEAR if request.POST.get("interval") == Interval.YEAR else Interval.MONTH
        address = start_checkout(
            organization,
            plan,
            interval=interval,
            add_ons=dict.fromkeys(request.POST.getlist("add_on"), 1),
            attempt=attempt_in(request),
            by=request.user,
        )
        return go(request, address)
    return render(request, "billing/choose.html", _offer(organization, plan))


def _offer(organization: Organization, plan: Plan) -> dict[str, Any]:
    currency = currency_of(organization)
    extras = list(plan.add_ons.filter(for_sale=True))
    rows = Price.objects.filter(Q(plan=plan) | Q(add_on__in=extras), active=True, currency=currency)
    by_thing: dict[Any, list[dict[str, str]]] = {}
    for row in rows.order_by("interval"):
        label, price = row.get_interval_display(), money(row.amount, currency)
        priced = by_thing.setdefault(row.plan_id or row.add_on_id, [])
        priced.append({"interval": row.interval, "label": label, "price": price})
    return {
        "plan": plan,
        "features": compared(plan, None)[0],
        "prices": by_thing.get(plan.pk, []),
        "add_ons": [(extra, by_thing[extra.pk]) for extra in extras if extra.pk in by_thing],
        "attempt": new_attempt(),
    }


@supervisor
@require_POST
@asks_stripe
def open_portal(request: TenantRequest) -> HttpResponse:
    return go(request, portal(request.organization, flow=request.POST.get("flow", ""), by=request.user))
