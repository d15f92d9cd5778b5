"""Where Stripe tells what happened. Answered as soon as it is kept; what follows from it is the queue's."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from posthub.billing.webhooks import MOST_BYTES, read_message, store
from posthub.core.access import anyone
from posthub.core.errors import Refused


@anyone
@never_cache
@csrf_exempt  # Stripe's signature stands in for the cookie
@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(status=413)
    try:
        event = read_message(request.body, request.headers.get("Stripe-Signature", ""))
    except Refused:
        return HttpResponse(status=400)
    store(event)
    return HttpResponse(status=200)
