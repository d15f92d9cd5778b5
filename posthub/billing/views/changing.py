"""Up, down, more of one thing, and the end: each shown with what it brings before it is done."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from posthub.billing.forms import SurveyForm
from posthub.billing.models import AddOn, Feature, Plan, Status
from posthub.billing.money import money
from posthub.billing.operations import changes
from posthub.billing.page import compared, day
from posthub.billing.views.asking import asks_stripe, attempt_in, new_attempt
from posthub.core.access import supervisor
from posthub.core.errors import Refused, WrongState
from posthub.core.htmx import go
from posthub.core.tenancy import TenantRequest
from posthub.organizations.models import Organization

MOST_OF_ONE = 20


@supervisor
@require_http_methods(["GET", "HEAD", "POST"])
@asks_stripe
def move_up(request: TenantRequest, code: str) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.filter(for_sale=True), code=code)
    organization = request.organization
    interval = "year" if request.GET.get("interval") == "year" else ""
    if request.method == "POST":
        paid = changes.upgrade(
            organization,
            plan,
            interval=interval,
            at=_second(request.POST.get("at", "")),
            attempt=attempt_in(request),
            by=request.user,
        )
        if paid:
            messages.success(request, _("You are on %(plan)s now.") % {"plan": plan.title})
        else:
            messages.error(
                request, _("The payment did not go through, so nothing has changed yet. Check your card.")
            )
        return go(request, "billing:billing")
    preview = changes.preview_upgrade(organization, plan, interval=interval)
    context = {
        "title": _("Pay yearly") if plan == preview.of else _("Move to %(plan)s") % {"plan": plan.title},
        "features": [] if plan == preview.of else compared(plan, preview.of)[0],
        "due": money(preview.due, preview.currency),
        "lines": [(text, money(amount, preview.currency)) for text, amount in preview.lines],
        "at": preview.at,
        "attempt": new_attempt(),
    }
    return render(request, "billing/up.html", context)


def _second(said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 12):
        raise WrongState(_("Look at the price first."))
    return int(said)


@supervisor
@require_http_methods(["GET", "HEAD", "POST"])
@asks_stripe
def move_down(request: TenantRequest, code: str) -> HttpResponse:
    """What is lost, and what goes out of use where there is more of it than the smaller plan has room for."""
    plan = get_object_or_404(Plan.objects.filter(for_sale=True), code=code)
    organization = request.organization
    row = changes.current(organization)
    interval = "month" if request.GET.get("interval") == "month" else ""
    changes.require_downgrade(row, plan, interval)
    said = {"plan": plan.title, "day": day(row.period_end, organization)}
    stays = plan == row.plan  # then only how often it is paid changes
    choices = {} if stays else _to_give_up(organization, plan)
    chosen = {feature: request.POST.getlist(feature) for feature in choices}
    short = [feature for feature, offer in choices.items() if len(chosen[feature]) < offer["count"]]
    if request.method == "POST" and not short:
        changes.downgrade(
            organization,
            plan,
            interval=interval,
            leaving=chosen,
            attempt=attempt_in(request),
            by=request.user,
        )
        text = _("You pay monthly from %(day)s.") if stays else _("You change to %(plan)s on %(day)s.")
        messages.success(request, text % said)
        return go(request, "billing:billing")
    context = {
        "title": _("Pay monthly") if stays else _("Move to %(plan)s") % said,
        "missing": compared(plan, row.plan)[1],
        "begins": said["day"],
        "owing": row.status == Status.PAST_DUE,
        "choices": choices,
        "short": short if request.method == "POST" else [],
        "attempt": new_attempt(),
    }
    return render(request, "billing/down.html", context, status=422 if request.method == "POST" else 200)


def _to_give_up(organization: Organization, plan: Plan) -> dict[str, dict[str, Any]]:
    """Feature → how many too many there are, and what there is to choose from."""
    offers = {}
    for name, path in settings.PLAN_CHOICES.items():
        there = import_string(path)(organization)
        count = len(there) - plan.limit_of(Feature(name))
        if count > 0:
            offers[name] = {"label": Feature(name).label, "count": count, "things": there}
    return offers


@supervisor
@require_POST
@asks_stripe
def keep_plan(request: TenantRequest) -> HttpResponse:
    changes.keep_plan(request.organization, attempt=attempt_in(request), by=request.user)
    messages.success(request, _("Your plan stays as it is."))
    return go(request, "billing:billing")


def _count(said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) <= 2 and int(said) <= MOST_OF_ONE):
        raise Refused(_("Choose a number from 0 to %(most)s.") % {"most": MOST_OF_ONE})
    return int(said)


@supervisor
@require_POST
@asks_stripe
def set_add_on(request: TenantRequest, code: str) -> HttpResponse:
    add_on = get_object_or_404(AddOn, code=code)
    quantity = _count(request.POST.get("quantity", ""))
    changes.set_add_on(request.organization, add_on, quantity, attempt=attempt_in(request), by=request.user)
    messages.success(request, _("Saved."))
    return go(request, "billing:billing")


@supervisor
@require_http_methods(["GET", "HEAD", "POST"])
@asks_stripe
def cancel_plan(request: TenantRequest) -> HttpResponse:
    """Two presses: this page, and its button. Then the question why, which nobody has to answer."""
    row = changes.current(request.organization)
    if request.method == "POST":
        changes.cancel(request.organization, attempt=attempt_in(request), by=request.user)
        messages.success(request, _("Cancelled. Everything stays until the end of what is paid."))
        return go(request, "billing:exit_survey")
    context = {"row": row, "until": day(row.period_end, request.organization), "attempt": new_attempt()}
    return render(request, "billing/cancel.html", context)


@supervisor
@require_POST
@asks_stripe
def resume_plan(request: TenantRequest) -> HttpResponse:
    changes.resume(request.organization, attempt=attempt_in(request), by=request.user)
    messages.success(request, _("Your plan goes on."))
    return go(request, "billing:billing")


@supervisor
@require_http_methods(["GET", "HEAD", "POST"])
def exit_survey(request: TenantRequest) -> HttpResponse:
    form = SurveyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        changes.say_why(request.organization, **form.cleaned_data)
        messages.success(request, _("Thank you. It helps us to get better."))
        return go(request, "billing:billing")
    return render(request, "billing/survey.html", {"form": form}, status=422 if form.is_bound else 200)
