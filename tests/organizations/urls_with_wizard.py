"""An organization's host with an onboarding wizard that is only a name."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from posthub.core.access import anyone
from posthub.urls.tenant import urlpatterns as ours


@anyone
def welcome(request: HttpRequest) -> HttpResponse:
    return HttpResponse("welcome")


urlpatterns = [
    *ours,
    path("", include(([path("welcome/", welcome, name="welcome")], "company"))),
]
