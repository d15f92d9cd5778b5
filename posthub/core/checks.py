"""What must be true before PostHub serves anybody."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.utils.module_loading import import_string

from posthub.core import pooling


@register()
def caches_carry_the_organization(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    return [
        Error(
            f"Cache {alias!r} would be shared between organizations: set its KEY_FUNCTION.", id="posthub.E001"
        )
        for alias, cache in settings.CACHES.items()
        if cache.get("KEY_FUNCTION") != "django_tenants.cache.make_key"
    ]


@register()
def sessions_are_host_only(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if settings.SESSION_COOKIE_DOMAIN or settings.CSRF_COOKIE_DOMAIN:
        return [
            Error("Cookies must stay on the host that set them: unset the cookie domains.", id="posthub.E002")
        ]
    return []


@register()
def no_app_in_both_schemas(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    both = set(settings.SHARED_APPS) & set(settings.TENANT_APPS)
    return [Error(f"{name} stands in both schemas.", id="posthub.E003") for name in sorted(both)]


@register(Tags.database)
def sessions_are_not_mixed(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    return [
        Error(pooling.EXPLANATION, id="posthub.E004")
        for alias in databases or []
        if pooling.mixes_sessions(settings.DATABASES[alias])
    ]


@register(Tags.database)
def organizations_have_roles(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Named in the settings, because organizations build on this module and not the other way round."""
    if not databases:
        return []
    problem = import_string(settings.ROLE_PROBLEM)()
    if not problem:
        return []
    kind = Error if settings.ORGANIZATION_ROLES == "on" else Caution
    return [kind(problem, id="posthub.W005")]
