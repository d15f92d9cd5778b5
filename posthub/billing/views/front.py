"""The front page of the apex host: what PostHub is, with the plans as they are sold."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from posthub.accounts.policies import is_staff_member
from posthub.billing.models import Interval, Plan
from posthub.billing.money import money
from posthub.billing.page import compared
from posthub.core.access import anyone

MOST_CHOSEN = "pro"


@anyone
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """For whoever comes by; people who are signed in go on to their organizations."""
    if request.user.is_authenticated:
        staff = is_staff_member(request.user)
        return redirect("backoffice:portfolio" if staff else "organizations:organization_list")
    context = {"sign_up": resolve_url("organizations:register"), "plans": offers()}
    return render(request, "public/landing.html", context)


def offers() -> list[dict[str, Any]]:
    """The plans for sale, in the money of whoever reads: crowns in Czech, euros in any other language."""
    currency = "czk" if get_language() == "cs" else "eur"
    told = []
    for plan in Plan.objects.filter(for_sale=True).prefetch_related("prices"):
        amounts = [
            price.amount
            for price in plan.prices.all()
            if price.active and price.currency == currency and price.interval == Interval.MONTH
        ]
        if amounts:
            features, _missing = compared(plan, None)
            told.append(
                {
                    "name": plan.title,
                    "price": money(amounts[0], currency),
                    "period": gettext("a month"),
                    "features": features,
                    "chosen": plan.code == MOST_CHOSEN,
                }
            )
    return told
