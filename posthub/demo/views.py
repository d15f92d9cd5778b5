from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from posthub.core.access import anyone
from posthub.demo.mail import opened
from posthub.demo.models import StoredMail


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
    context = {"page": page, "letters": [opened(mail) for mail in page], "wanted": wanted}
    return render(request, "demo/mailbox.html", context)
