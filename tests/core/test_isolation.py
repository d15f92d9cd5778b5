"""Ten organizations, eight threads, requests and tasks mixed: nobody ever sees another one's row.

The short version of `make isolation`. The same run without the way back to the public schema must leak, or
this test would prove nothing.
"""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from posthub.accounts.models import User
from posthub.core.tenancy import in_schema
from posthub.organizations.hand_over import accept_hand_over, hand_over_token
from posthub.organizations.models import Organization
from tests.proofs.isolation import canaries
from tests.support.threads import all_well, at_once

READS = 5


@pytest.fixture
def organizations(own_database: str) -> list[Organization]:
    return canaries.make_organizations(10, User.objects.get(email="sofia@example.com"))


def test_over_two_thousand_reads_of_ten_organizations_none_is_another_ones(
    organizations: list[Organization],
) -> None:
    with canaries.guarded():
        totals = canaries.run(organizations, rounds=50, reads=READS)
    assert totals["refused"] == 0
    assert totals["reads"] == canaries.THREADS * 50 * READS >= 2000
    assert (totals["foreign"], totals["missing"], totals["leaked"]) == (0, 0, 0)


def test_without_the_way_back_to_public_the_same_run_leaks(organizations: list[Organization]) -> None:
    with canaries.unguarded():
        assert canaries.run(organizations, rounds=20, reads=READS)["leaked"] > 0


def test_a_cache_entry_of_one_organization_does_not_exist_for_another(
    acme: Organization, beta: Organization
) -> None:
    cache.clear()
    with in_schema(acme.schema_name):
        cache.set("dashboard", "acme's")
    with in_schema(beta.schema_name):
        assert cache.get("dashboard") is None
    assert cache.get("dashboard") is None
    with in_schema(acme.schema_name):
        assert cache.get("dashboard") == "acme's"


def test_a_hand_over_token_opens_one_organization_once(
    acme: Organization, beta: Organization, cast: Any
) -> None:
    token = hand_over_token(cast.sofia, acme)
    assert accept_hand_over(token, organization_id=beta.pk) is None
    assert accept_hand_over(token, organization_id=acme.pk) == cast.sofia
    assert accept_hand_over(token, organization_id=acme.pk) is None
    assert accept_hand_over(token[:-1] + "x", organization_id=acme.pk) is None


def test_a_token_for_an_organization_that_is_not_ones_own_opens_nothing(
    acme: Organization, cast: Any
) -> None:
    assert accept_hand_over(hand_over_token(cast.oscar, acme), organization_id=acme.pk) is None


def test_of_ten_uses_of_one_token_at_once_one_signs_in(own_database: str) -> None:
    acme, sofia = Organization.objects.get(name="Acme"), User.objects.get(email="sofia@example.com")
    token = hand_over_token(sofia, acme)
    results = all_well(at_once(10, lambda _number: accept_hand_over(token, organization_id=acme.pk)))
    assert sum(result is not None for result in results) == 1


@pytest.mark.parametrize(
    "table", ["django_content_type", "auth_permission", "django_session", "accounts_user"]
)
def test_people_sessions_and_content_types_stand_in_public_only(db: None, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_schema FROM information_schema.tables WHERE table_name = %s", [table])
        assert [row[0] for row in cursor.fetchall()] == ["public"]


def test_cookies_stay_on_the_host_that_set_them(db: None) -> None:
    answer = Client(HTTP_HOST="acme.posthub.localhost").get("/accounts/login/")
    assert {name: cookie["domain"] for name, cookie in answer.cookies.items()} == {"csrftoken": ""}
