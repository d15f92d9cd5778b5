"""Signing up, and registering a further organization; both on the apex host."""

from typing import Any

from allauth.account.views import SignupView
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from posthub.accounts.operations import accept_documents
from posthub.core.access import anyone, person
from posthub.core.errors import Refused
from posthub.core.htmx import go
from posthub.core.tenancy import TenantRequest
from posthub.organizations import operations, policies
from posthub.organizations.forms import AddressFields, RegisterForm
from posthub.organizations.models import Registration


class RegisterView(SignupView):  # type: ignore[misc]
    """Allauth's sign-up, which answers alike whether or not the address is known, with our organization in it."""

    template_name = "organizations/register.html"

    def get_form_class(self) -> type[RegisterForm]:
        return RegisterForm

    @transaction.atomic
    def form_valid(self, form: RegisterForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if self.user is not None:
            accept_documents(self.user)
            wanted = {name: form.cleaned_data[name] for name in ("name", "label", "language")}
            operations.note_registration(self.user, **wanted)
        return response

    def form_invalid(self, form: RegisterForm) -> HttpResponse:
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=422)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        typed = context["form"].data
        return {**context, **address_context(typed.get("label", ""), typed.get("name", ""))}


register = anyone(RegisterView.as_view())


@anyone
@require_safe
def check_address(request: HttpRequest) -> HttpResponse:
    """Whether an address can be had, and which like it can; asked while somebody types."""
    label, name = request.GET.get("label", ""), request.GET.get("name", "")
    context = {"form": AddressFields(initial={"label": label}), **address_context(label, name)}
    return render(request, "organizations/register.html#address", context)


def address_context(label: str, name: str) -> dict[str, Any]:
    """What the address field shows: its problem, or that it is free, and three that can be had."""
    context: dict[str, Any] = {
        "base_host": settings.BASE_HOST,
        "address_end": f".{settings.BASE_HOST}",
        "trial_days": operations.TRIAL_DAYS,
    }
    label = label.strip().lower()
    problem = operations.label_problem(label) if label else ""
    if problem or (name and not label):
        context["suggestions"] = operations.free_labels(label or name)
    return {**context, "problem": problem, "free": label if label and not problem else ""}


@person
@require_http_methods(["GET", "HEAD", "POST"])
def new_organization(request: TenantRequest) -> HttpResponse:
    """One more organization for somebody who is signed in, or the first one where its address had gone."""
    if not policies.may_register_another(request.user):
        raise Refused(_("You have as many organizations as one person may register. Write to us for more."))
    asked = Registration.objects.filter(user=request.user).first()
    initial = {"name": asked.name, "label": asked.label, "language": asked.language} if asked else None
    form = AddressFields(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            organization = operations.register_organization(by=request.user, **form.cleaned_data)
        except Refused as problem:
            form.add_error("label", problem.message)
        else:
            operations.forget_registration(request.user)
            messages.success(
                request, _("%(name)s is ready. Go on to it below.") % {"name": organization.name}
            )
            return go(request, "organizations:organization_list")
    context = {"form": form, **address_context(form.data.get("label", ""), form.data.get("name", ""))}
    return render(
        request, "organizations/new_organization.html", context, status=422 if form.is_bound else 200
    )
