from django.urls import path

from posthub.billing import views

app_name = "billing"

urlpatterns = [
    path("settings/networks/", views.networks, name="networks"),
]
