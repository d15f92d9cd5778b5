"""The way from one host to another: a form per organization that carries a one-time token there."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from posthub.accounts.models import User
from posthub.core.access import person
from posthub.core.collation import alphabetical
from posthub.core.tenancy import url_of
from posthub.organizations.erasure import erased_at
from posthub.organizations.hand_over import hand_over_token
from posthub.organizations.models import Registration
from posthub.organizations.queries import closed_organizations_of, organizations_of, with_domain


def entrance(user: User, organization: Any) -> dict[str, str]:
    """Where to post and what; `organization` comes from `with_domain`."""
    return {
        "url": url_of(organization.domain, "/enter/"),
        "host": organization.domain,
        "token": hand_over_token(user, organization),
    }


def leads_elsewhere(response: HttpResponse) -> HttpResponse:
    """Let the next host see which host a form came from: the house policy would hide it."""
    response["Referrer-Policy"] = "strict-origin"
    return response


@person
@never_cache
@require_safe
def organization_list(request: Any) -> HttpResponse:
    """One's organizations; on an organization's own host, the others.

    `?onward=1`, after signing in: whoever has only one is sent on to it, without scripts by a button.
    """
    organizations = with_domain(organizations_of(request.user)).order_by(alphabetical("name"), "pk")
    if request.tenant is not None:
        organizations = organizations.exclude(pk=request.tenant.organization_id)
    page = Paginator(organizations, 25).get_page(request.GET.get("page"))
    rows = [(organization, entrance(request.user, organization)) for organization in page]
    asked, closed = None, []
    if request.tenant is None:
        asked = Registration.objects.filter(user=request.user).first()
        closed = [
            (organization, erased_at(organization))
            for organization in closed_organizations_of(request.user).order_by("deleted_at")[:25]
        ]
    base = "base_tenant.html" if request.tenant else "base_public.html"
    context: dict[str, Any] = {"rows": rows, "page": page, "asked": asked, "closed": closed, "base": base}
    only = request.tenant is None and len(rows) == 1 and not (asked or closed)
    context["onward"] = only and bool(request.GET.get("onward"))
    return leads_elsewhere(render(request, "organizations/organization_list.html", context))
