"""An organization's host with one page for its own people and one nobody thought about."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from posthub.core.access import supervisor
from posthub.urls.tenant import urlpatterns as ours


@supervisor
def own(request: HttpRequest) -> HttpResponse:
    return HttpResponse("own")


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("forgotten")


urlpatterns = [*ours, path("own/", own), path("forgotten/", forgotten)]
