"""An organization's host with one page, which reads its canaries through the whole stack of middleware."""

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from posthub.content.models import MarketingEvent
from posthub.core.access import anyone
from posthub.urls import tenant


def read_canaries(reads: int) -> list[list[str]]:
    return [list(MarketingEvent.objects.values_list("name", flat=True)) for _read in range(reads)]


@anyone
def canaries(request: HttpRequest, reads: int) -> HttpResponse:
    rows = read_canaries(reads)
    cached = cache.get_or_set("canary", rows[0][0])
    return JsonResponse(
        {"rows": rows, "cached": cached, "type": ContentType.objects.get_for_model(MarketingEvent).pk}
    )


urlpatterns = [path("canaries/<int:reads>/", canaries), *tenant.urlpatterns]
