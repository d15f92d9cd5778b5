from django.urls import path

from posthub.backoffice.views import arrival

app_name = "backoffice"

urlpatterns = [
    path("enter/", arrival.enter, name="enter"),
]
