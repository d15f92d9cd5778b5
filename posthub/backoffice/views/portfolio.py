"""The clients somebody looks after, the most urgent first."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from posthub.backoffice import queries
from posthub.backoffice.queries import Client
from posthub.core.access import staff
from posthub.core.tenancy import TenantRequest
from posthub.organizations.views.entrances import entrance, leads_elsewhere

VIEWS: dict[str, Callable[[Client], bool]] = {
    "me": lambda client: client.ball == "you",
    "client": lambda client: client.ball == "others",
    "risk": lambda client: client.endangered,
    "": lambda client: True,
}


def saved_views(clients: list[Client], shown: str) -> list[dict[str, Any]]:
    labels = {"me": _("Needs me"), "client": _("Waits on client"), "risk": _("At risk"), "": _("All")}
    return [
        {
            "label": labels[name],
            "url": f"?show={name}",
            "count": sum(map(test, clients)),
            "current": name == shown,
            "quiet": name != "me",
        }
        for name, test in VIEWS.items()
    ]


@staff
@never_cache
@require_safe
def portfolio(request: TenantRequest) -> HttpResponse:
    clients = queries.portfolio(request.user)
    shown, wanted = request.GET.get("show", ""), request.GET.get("q", "").strip()
    shown = shown if shown in VIEWS else ""
    found = [client for client in clients if VIEWS[shown](client)]
    if wanted:
        found = [client for client in found if wanted.casefold() in client.organization.name.casefold()]
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    rows = [(client, entrance(request.user, client.organization)) for client in page]
    context: dict[str, Any] = {
        "rows": rows,
        "page": page,
        "wanted": wanted,
        "views": saved_views(clients, shown),
        "mine_count": sum(map(VIEWS["me"], clients)),
        "all_count": len(clients),
        "late_count": sum(client.late for client in clients),
        "risk_count": sum(map(VIEWS["risk"], clients)),
    }
    return leads_elsewhere(render(request, "backoffice/portfolio.html", context))
