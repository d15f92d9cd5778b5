"""Whom to ask, at what price, with which words. Trials run in the background; nothing here waits for an AI."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from posthub.ai import operations, overrides
from posthub.ai.forms import NAMES, AccountForm, PromptForm
from posthub.ai.models import (
    Breaker,
    Budget,
    CallRecord,
    ModelLimit,
    ModelPrice,
    PromptOverride,
    ProviderAccount,
    Route,
    SpendingLimit,
    Trial,
)
from posthub.core import access
from posthub.core.admin import ReadOnlyAdmin


def _see(trial: Trial) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:ai_trial_change", args=[trial.pk]))


@admin.register(ProviderAccount)
class ProviderAccountAdmin(admin.ModelAdmin):
    form = AccountForm
    fields = ["provider", "organization", "base_url", "key", "answers", "enabled"]
    list_display = ["provider", "organization", "base_url", "has_key", "enabled"]
    list_select_related = ["organization"]
    autocomplete_fields = ["organization"]

    @admin.display(boolean=True, description=gettext_lazy("has a key"))
    def has_key(self, account: ProviderAccount) -> bool:
        return bool(account.sealed_key)


@admin.register(Route)
class RouteAdmin(admin.ModelAdmin):
    list_display = ["use", "position", "provider", "model", "enabled"]
    list_display_links = ["use", "position"]
    list_filter = ["use", "provider"]
    change_form_template = "admin/ai/change_form.html"

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["more_button"] = _("Save and test")
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Route) -> HttpResponse:
        return self._answer(request, obj) or super().response_change(request, obj)

    def response_add(
        self, request: HttpRequest, obj: Route, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._answer(request, obj) or super().response_add(request, obj, post_url_continue)

    def _answer(self, request: HttpRequest, route: Route) -> HttpResponse | None:
        return _see(operations.try_route(route, by=request.user)) if "_more" in request.POST else None


@admin.register(PromptOverride)
class PromptOverrideAdmin(admin.ModelAdmin):
    """A version once published is never changed: saving publishes the next one, and going back does too."""

    form = PromptForm
    list_display = ["name", "version", "note", "published_by", "created_at"]
    list_filter = ["name"]
    list_select_related = ["published_by"]
    change_form_template = "admin/ai/change_form.html"
    shown = ["name", "version", "note", "published_by", "created_at", "against_file", "against_last", "body"]

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.shown if obj else ["name", "note", "body"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.shown if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """What stands already is shown and has nothing to fill in."""
        return super().get_form(request, obj, change, **({**kwargs, "form": ModelForm} if obj else kwargs))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """`?name=content/social.cs` starts from the text that counts now."""
        name = request.GET.get("name", "")
        return {"name": name, "body": overrides.current_body(name)} if name in NAMES else {}

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        publishing = context.get("original") is None
        context["more_button"] = _("Dry run") if publishing else _("Roll back to this version")
        if publishing:
            context["prompts"] = NAMES
        context |= {
            "show_save_and_continue": False,
            "show_save_and_add_another": False,
            "show_save": publishing,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    @access.admin
    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if request.method == "POST" and "_more" in request.POST:
            form = self.get_form(request)(request.POST)
            if form.is_valid():
                said = form.cleaned_data
                body = said["body"] or overrides.file_body(said["name"])
                return _see(operations.try_prompt(said["name"], body=body, by=request.user))
        return super().add_view(request, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: PromptOverride, form: ModelForm, change: bool) -> None:
        if not change:
            said = form.cleaned_data
            made = overrides.publish(said["name"], body=said["body"], note=said["note"], by=request.user)
            obj.pk, obj.version = made.pk, made.version
            obj._state.adding = False

    def response_change(self, request: HttpRequest, obj: PromptOverride) -> HttpResponse:
        if "_more" in request.POST:
            made = overrides.roll_back(obj, by=request.user)
            messages.success(request, _("Version %(version)s counts now.") % {"version": made.version})
            return HttpResponseRedirect(reverse("admin:ai_promptoverride_change", args=[made.pk]))
        return super().response_change(request, obj)

    @admin.display(description=gettext_lazy("against the file"))
    def against_file(self, override: PromptOverride) -> SafeString:
        return _shown(overrides.difference(overrides.file_body(override.name), override.body))

    @admin.display(description=gettext_lazy("against the version before"))
    def against_last(self, override: PromptOverride) -> SafeString:
        before = PromptOverride.objects.filter(name=override.name, version__lt=override.version).first()
        last = before.body if before and before.body else overrides.file_body(override.name)
        return _shown(overrides.difference(last, override.body))


def _shown(text: str) -> SafeString:
    return format_html("<pre>{}</pre>", text or _("No difference."))


@admin.register(Trial)
class TrialAdmin(ReadOnlyAdmin):
    list_display = ["use", "outcome", "provider", "model", "prompt_name", "cost", "created_at"]
    list_filter = ["use", "outcome"]
    readonly_fields = ["difference"]

    @admin.display(description=gettext_lazy("against what counts now"))
    def difference(self, trial: Trial) -> SafeString | str:
        if not trial.body:
            return ""
        return _shown(overrides.difference(overrides.current_body(trial.prompt_name), trial.body))


@admin.register(ModelPrice)
class ModelPriceAdmin(admin.ModelAdmin):
    list_display = [
        "provider",
        "model",
        "valid_from",
        "input_per_million",
        "output_per_million",
        "checked_on",
    ]
    list_filter = ["provider"]


@admin.register(ModelLimit)
class ModelLimitAdmin(admin.ModelAdmin):
    list_display = ["provider", "model", "calls_a_minute", "output_tokens", "checked_on"]


@admin.register(SpendingLimit)
class SpendingLimitAdmin(admin.ModelAdmin):
    list_display = ["organization", "usd_a_month"]
    list_select_related = ["organization"]
    autocomplete_fields = ["organization"]


@admin.register(Budget)
class BudgetAdmin(ReadOnlyAdmin):
    list_display = ["organization", "period", "limit", "used", "reserved"]
    list_select_related = ["organization"]
    list_filter = ["period"]


@admin.register(Breaker)
class BreakerAdmin(ReadOnlyAdmin):
    list_display = ["account", "failures", "open_until", "last_cause"]


@admin.register(CallRecord)
class CallRecordAdmin(ReadOnlyAdmin):
    list_display = [
        "use",
        "provider",
        "model",
        "schema_name",
        "outcome",
        "cost",
        "milliseconds",
        "created_at",
    ]
    list_filter = ["provider", "outcome", "use"]
    search_fields = ["schema_name", "use"]
    ordering = ["-created_at"]
