"""Which organization a request or a task works for, and the way back to nobody's."""

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import set_urlconf
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string
from django_htmx.middleware import HtmxDetails

from posthub.core import connections
from posthub.core import logging as context
from posthub.core.database import connection
from posthub.core.postgres.base import PUBLIC as PUBLIC
from posthub.core.remembered import Remembered

if TYPE_CHECKING:
    from posthub.accounts.models import User
    from posthub.organizations.models import Organization

MAINTENANCE_SECONDS = 60
SCHEMA_NAME = re.compile(r"[a-z][a-z0-9_]{2,40}")


@dataclass(frozen=True, slots=True)
class Tenant:
    """What a host name stands for; `domain_url` is what django-tenants expects a tenant to have.

    In maintenance its schema is not at this release, so that none of its pages may be shown. `language` is what its
    screens speak to people who chose none.
    """

    organization_id: UUID
    schema_name: str
    domain_url: str = ""
    in_maintenance: bool = False
    language: str = ""


class TenantRequest(HttpRequest):
    """A request on an organization's host; `organization` and the next two are set once access was granted.

    `decides` is whether the person's yes counts on their side: a member may be there to read and comment.

    `waiting` is how many things wait for this person, where the view has counted them for its own page.
    """

    tenant: Tenant
    organization: "Organization"
    supervises: bool
    decides: bool
    user: "User"
    htmx: HtmxDetails
    waiting: int


@contextmanager
def in_schema(schema_name: str) -> Iterator[None]:
    """Work in one schema; afterwards the connection is back in the schema it came from.

    From one organization there is no way straight into another one: whoever means it goes by way of public.
    """
    if not (schema_name == PUBLIC or SCHEMA_NAME.fullmatch(schema_name)):
        raise ValueError(f"not a schema of ours: {schema_name!r}")
    before = connection.schema_name
    if PUBLIC not in {before, schema_name} and before != schema_name:
        raise ValueError(f"work of {before} may not enter {schema_name}")
    connection.set_schema(schema_name)
    connections.note(schema_name)
    try:
        yield
    finally:
        connection.set_schema(before)


@contextmanager
def as_owner() -> Iterator[None]:
    """Schemas entered in here are entered as the tables' owner, who may change them: for provisioning only."""
    with connection.as_owner():
        yield


class HostMap(Remembered["Tenant"]):
    """Host name → tenant, kept in this process for a while. Only hosts that exist, and can be served, are kept."""

    def __init__(self, seconds: float = 30, most: int = 5000) -> None:
        super().__init__(seconds, most)

    def find(self, host: str, look_up: Callable[[str], Tenant | None]) -> Tenant | None:
        if known := self.get(host):
            return known
        tenant = look_up(host)
        if tenant is None or tenant.in_maintenance:
            self.drop(host)
        else:
            self.put(host, tenant)
        return tenant


HOSTS = HostMap()


def host_of(request: HttpRequest) -> str:
    """The host without port, case and trailing dot; "" where the header is no host name at all."""
    raw = str(request.META.get("HTTP_HOST", "")).strip().lower()
    host = raw.rsplit(":", 1)[0] if re.fullmatch(r"[^:]+:\d{1,5}", raw) else raw
    return host.removesuffix(".")


def look_up_host(host: str) -> Tenant | None:
    # Named in the settings, because organizations build on this module and not the other way round.
    tenant: Tenant | None = import_string(settings.TENANT_OF_HOST)(host)
    return tenant


class TenantMiddleware:
    """Chooses schema and URLs by host; a host nobody owns is 404. Whatever happens, ends in public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        connection.set_schema_to_public()
        context.request_id.set(secrets.token_hex(6))
        context.origin.set({"ip": str(request.META.get("REMOTE_ADDR", ""))})
        try:
            host = host_of(request)
            if host == settings.BASE_HOST:
                request.tenant = None
                request.urlconf = settings.PUBLIC_SCHEMA_URLCONF
                set_urlconf(request.urlconf)
                return self.get_response(request)
            tenant = HOSTS.find(host, look_up_host) if host.endswith("." + settings.BASE_HOST) else None
            if tenant is None:
                return unknown_host(request)
            if tenant.in_maintenance and not request.path.startswith(settings.STATIC_URL):
                return in_maintenance(request)
            request.tenant = tenant
            request.urlconf = settings.ROOT_URLCONF
            connection.set_schema(tenant.schema_name)
            connections.note(tenant.schema_name)
            context.organization.set(tenant.schema_name)
            return self.get_response(request)
        finally:
            connection.set_schema_to_public()
            connections.renew_if_worn()
            context.organization.set("")
            context.request_id.set("")
            context.origin.set({})
            set_urlconf(None)


def unknown_host(request: HttpRequest) -> HttpResponse:
    """A plain 404: nothing is said about which organizations exist."""
    return _in_readers_language(request, "errors/404.html", {"base_url": base_url()}, status=404)


def in_maintenance(request: HttpRequest) -> HttpResponse:
    """A page that polls by HTMX is loaded anew, so that this one is seen."""
    response = _in_readers_language(request, "errors/503.html", {}, status=503)
    response["Retry-After"] = str(MAINTENANCE_SECONDS)
    response["Cache-Control"] = "no-store"
    if "HX-Request" in request.headers:
        response["HX-Refresh"] = "true"
    return response


def _in_readers_language(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int
) -> HttpResponse:
    """Of a page that is shown before the middleware has chosen a language."""
    with translation.override(translation.get_language_from_request(request)):
        response = render(request, template, context, status=status)
        response["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def base_url() -> str:
    port = f":{settings.BASE_PORT}" if settings.BASE_PORT else ""
    return f"{settings.BASE_SCHEME}://{settings.BASE_HOST}{port}"


def url_of(domain: str, path: str = "/") -> str:
    """An address on an organization's own host, built from its domain and never from a request."""
    port = f":{settings.BASE_PORT}" if settings.BASE_PORT else ""
    return f"{settings.BASE_SCHEME}://{domain}{port}{path}"
