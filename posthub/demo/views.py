from datetime import UTC, datetime
from typing import Any

import httpx
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from posthub.core.access import anyone
from posthub.core.htmx import go
from posthub.demo.mail import opened
from posthub.demo.models import StoredMail
from posthub.demo.payments import ORDERS, order, report, stands_in


@anyone
@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Every mail of the demo, newest first; outside the demo there is no such page."""
    if not settings.DEMO:
        raise Http404
    mails = StoredMail.objects.all()
    if wanted := request.GET.get("to", "").strip():
        mails = mails.filter(recipients__icontains=wanted)
    page = Paginator(mails, 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "letters": [opened(mail) for mail in page],
        "wanted": wanted,
        "payments": stands_in(),
    }
    return render(request, "demo/mailbox.html", context)


@anyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def payments(request: HttpRequest) -> HttpResponse:
    """The stand-in for Stripe: its clock, and what goes wrong next; outside the demo there is no such page."""
    if not stands_in():
        raise Http404
    if request.method == "POST":
        return _ordered(request, request.POST.get("order", ""))
    said: dict[str, Any] = {}
    try:
        said = report()
    except httpx.HTTPError:
        messages.error(request, _("The stand-in does not answer. It starts again by itself in a moment."))
    clock = datetime.fromtimestamp(said["now"], UTC) if said else None
    return render(request, "demo/payments.html", {"said": said, "clock": clock})


def _ordered(request: HttpRequest, name: str) -> HttpResponse:
    if name not in ORDERS:
        raise Http404
    try:
        order(name)
    except httpx.HTTPError:
        messages.error(request, _("The stand-in does not answer. It starts again by itself in a moment."))
    else:
        messages.success(request, _("Done."))
    return go(request, "demo:payments")
