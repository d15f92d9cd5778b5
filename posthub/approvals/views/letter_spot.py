"""A remark on a spot of a picture, from a review by mail. It goes along when changes are asked for."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posthub.approvals import operations
from posthub.approvals.queries import letter as queries
from posthub.approvals.views.letter import LetterRequest, with_link
from posthub.approvals.views.spots import picture_pointed_at, spot_of
from posthub.core.access import anyone
from posthub.core.errors import Refused


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
@with_link
def letter_spot(request: LetterRequest, token: str) -> HttpResponse:
    """GET shows the picture of `?item=` to point into; POST keeps the remark until its writer decides."""
    place = request.POST.get("item") or request.GET.get("item", "")
    item = next((one for one in queries.items_of(request.link) if str(one.place) == place), None)
    picture = picture_pointed_at(request, item.subject, token) if item and item.mine else {}
    if item is None or not picture:
        raise Http404
    if request.method != "POST":
        return _page(request, token, item, picture)
    text = request.POST.get("text", "")
    try:
        operations.comment(item.subject, by=request.person, text=text, spot=spot_of(request), pending=True)
    except Refused as problem:
        return _page(request, token, item, picture, error=problem.message, text=text)
    messages.success(request, _("Comment saved"))
    return HttpResponseRedirect(f"{resolve_url('approvals:letter', token)}{item.url}", status=303)


def _page(
    request: LetterRequest, token: str, item: Any, picture: dict[str, Any], **more: Any
) -> HttpResponse:
    context = {"token": token, "item": item, "picture": picture, "organization": request.sender, **more}
    status = 422 if "error" in more else 200
    return render(request, "approvals/letter_spot.html", context, status=status)
