from django.urls import path

from posthub.demo import views

app_name = "demo"

urlpatterns = [
    path("mailbox/", views.mailbox, name="mailbox"),
    path("payments/", views.payments, name="payments"),
]
