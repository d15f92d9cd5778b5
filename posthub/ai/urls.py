from django.urls import path

from posthub.ai import views

app_name = "ai"

urlpatterns = [
    path("settings/ai/", views.own_keys, name="own_keys"),
    path("settings/ai/<slug:provider>/take-back/", views.take_key_back, name="take_key_back"),
]
