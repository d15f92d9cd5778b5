"""Plans, prices and trials, and what Stripe said. Who would be affected is shown before a plan is changed."""

import copy
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from posthub.billing.catalogue import sync_plans
from posthub.billing.effects import effects_of
from posthub.billing.models import AddOn, ExitSurvey, Invoice, OnTrial, Plan, Price, StripeEvent, Subscription
from posthub.billing.operations import extend_trial
from posthub.billing.operations.plans import set_amount
from posthub.billing.queries import sells
from posthub.core.admin import ReadOnlyAdmin
from posthub.core.errors import PostHubError

# What Stripe says is looked up at Stripe; dj-stripe's pages could also change and delete it here.
for mirrored in apps.get_app_config("djstripe").get_models():
    if admin.site.is_registered(mirrored):
        admin.site.unregister(mirrored)


@admin.register(Plan)
class PlanAdmin(admin.ModelAdmin):
    list_display = [
        "name",
        "code",
        "posts_a_month",
        "active_personas",
        "platforms",
        "images",
        "video",
        "for_sale",
    ]
    actions = ["sync"]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """A change that somebody would feel is shown first; saved when it comes again with "seen"."""
        if request.method == "POST" and object_id and "_seen" not in request.POST:
            plan = self.get_object(request, object_id)
            if plan is not None and self.has_change_permission(request, plan):
                form = self.get_form(request, plan, change=True)(request.POST, instance=copy.copy(plan))
                effects = effects_of(plan, form.save(commit=False)) if form.is_valid() else None
                if effects is not None and effects.changes and effects.count:
                    return self._preview(request, plan, effects)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _preview(self, request: HttpRequest, plan: Plan, effects: Any) -> HttpResponse:
        given = [(name, value) for name, values in request.POST.lists() for value in values]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Whom this affects"),
            "plan": plan,
            "effects": effects,
            "given": [pair for pair in given if pair[0] != "csrfmiddlewaretoken"],
            "opts": self.model._meta,
        }
        return TemplateResponse(request, "admin/billing/plan_preview.html", context)

    @admin.action(description=gettext_lazy("Bring Stripe's products and prices up to date"))
    def sync(self, request: HttpRequest, queryset: QuerySet[Plan]) -> None:
        if not sells():
            messages.error(request, _("Payments are not set up here."))
            return
        try:
            done = sync_plans().done
        except PostHubError as problem:
            messages.error(request, problem.message)
        else:
            messages.success(request, ", ".join(done) or _("Nothing had to be changed."))


@admin.register(AddOn)
class AddOnAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "feature", "units", "for_sale"]
    filter_horizontal = ["plans"]


@admin.register(Price)
class PriceAdmin(admin.ModelAdmin):
    list_display = ["lookup_key", "amount", "active", "stripe_id"]
    list_filter = ["active", "currency", "interval"]
    list_select_related = ["plan", "add_on"]

    def save_model(self, request: HttpRequest, obj: Price, form: Any, change: bool) -> None:
        if not change or set(form.changed_data) != {"amount"}:
            super().save_model(request, obj, form, change)
            return
        set_amount(Price.objects.get(pk=obj.pk), obj.amount)
        messages.info(request, _("Stripe learns of it when its prices are brought up to date."))


@admin.register(Subscription)
class SubscriptionAdmin(admin.ModelAdmin):
    """Given by staff; what was bought is changed at Stripe."""

    fields = ["organization", "plan"]
    list_display = ["organization", "plan", "status", "interval", "amount", "period_end", "stripe_id"]
    list_filter = ["status", "plan"]
    list_select_related = ["organization", "plan"]
    autocomplete_fields = ["organization"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj is not None and obj.stripe_id)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj is not None and obj.stripe_id)


@admin.register(OnTrial)
class OnTrialAdmin(ReadOnlyAdmin):
    """Who has bought nothing yet."""

    list_display = ["name", "trial_ends", "created_at"]
    search_fields = ["name"]
    actions = ["by_a_week", "by_two_weeks"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[OnTrial]:
        alive = super().get_queryset(request).filter(deleted_at__isnull=True, subscription=None)
        return alive.exclude(schema_name="public").order_by("trial_ends")

    @admin.action(description=gettext_lazy("Extend the trial by 7 days"))
    def by_a_week(self, request: HttpRequest, queryset: QuerySet[OnTrial]) -> None:
        self._extend(request, queryset, 7)

    @admin.action(description=gettext_lazy("Extend the trial by 14 days"))
    def by_two_weeks(self, request: HttpRequest, queryset: QuerySet[OnTrial]) -> None:
        self._extend(request, queryset, 14)

    def _extend(self, request: HttpRequest, queryset: QuerySet[OnTrial], days: int) -> None:
        for organization in queryset:
            try:
                extend_trial(organization, days=days, by=request.user)
            except PostHubError as problem:
                messages.error(request, f"{organization.name}: {problem.message}")
            else:
                messages.success(request, f"{organization.name}: {organization.trial_ends:%Y-%m-%d}")


@admin.register(Invoice)
class InvoiceAdmin(ReadOnlyAdmin):
    list_display = ["number", "organization", "status", "total", "currency", "issued_at", "attempts"]
    list_filter = ["status"]
    list_select_related = ["organization"]


@admin.register(StripeEvent)
class StripeEventAdmin(ReadOnlyAdmin):
    list_display = ["id", "kind", "about", "received_at", "taken_at", "outcome"]
    list_filter = ["kind"]
    search_fields = ["id", "about"]


@admin.register(ExitSurvey)
class ExitSurveyAdmin(ReadOnlyAdmin):
    list_display = ["organization", "reason", "comment", "created_at"]
    list_filter = ["reason"]
    list_select_related = ["organization"]
