from django.conf import settings
from django.test import override_settings

from posthub.core import checks


def codes(found: list[object]) -> list[str]:
    return [problem.id for problem in found]  # type: ignore[attr-defined]


def test_these_settings_pass() -> None:
    for check in (
        checks.caches_carry_the_organization,
        checks.sessions_are_host_only,
        checks.no_app_in_both_schemas,
    ):
        assert check(None) == []


@override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}})
def test_a_cache_that_organizations_would_share_is_refused() -> None:
    assert codes(list(checks.caches_carry_the_organization(None))) == ["posthub.E001"]


@override_settings(SESSION_COOKIE_DOMAIN=".posthub.localhost")
def test_a_cookie_for_all_hosts_is_refused() -> None:
    assert codes(list(checks.sessions_are_host_only(None))) == ["posthub.E002"]


@override_settings(TENANT_APPS=[*settings.TENANT_APPS, "posthub.jobs"])
def test_an_app_in_both_schemas_is_refused() -> None:
    assert codes(list(checks.no_app_in_both_schemas(None))) == ["posthub.E003"]
