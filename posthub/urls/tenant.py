"""An organization's host."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("jobs/", include("posthub.jobs.urls")),
    path("", include("posthub.company.urls")),
    path("", include("posthub.personas.urls")),
]
