from django.contrib import admin

from posthub.billing.models import Plan, Subscription


@admin.register(Plan)
class PlanAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "posts_a_month", "active_personas", "platforms", "images", "video"]


@admin.register(Subscription)
class SubscriptionAdmin(admin.ModelAdmin):
    list_display = ["organization", "plan", "updated_at"]
    list_select_related = ["organization", "plan"]
    autocomplete_fields = ["organization"]
