from django.apps import apps
from django.contrib import admin

from posthub.billing.models import Plan, Subscription

# What Stripe says is looked up at Stripe; dj-stripe's pages could also change and delete it here.
for mirrored in apps.get_app_config("djstripe").get_models():
    if admin.site.is_registered(mirrored):
        admin.site.unregister(mirrored)


@admin.register(Plan)
class PlanAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "posts_a_month", "active_personas", "platforms", "images", "video"]


@admin.register(Subscription)
class SubscriptionAdmin(admin.ModelAdmin):
    list_display = ["organization", "plan", "updated_at"]
    list_select_related = ["organization", "plan"]
    autocomplete_fields = ["organization"]
