from django.urls import path

from posthub.billing.views import webhook

app_name = "billing"

urlpatterns = [
    path("stripe/webhook/", webhook.stripe_webhook, name="stripe_webhook"),
]
