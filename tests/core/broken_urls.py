"""An apex host whose only page breaks, beside the addresses that an error page names."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from posthub.core.access import anyone
from posthub.urls.public import handler500, urlpatterns

__all__ = ["handler500"]


@anyone
def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the reason stays in the log")


urlpatterns = [path("breaks/", breaks), *urlpatterns]
