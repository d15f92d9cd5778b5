"""Ten organizations, eight threads, requests and tasks mixed: nobody ever sees another one's row.

Each organization's rows hold its own schema name, the canary. The same run without the way back to the
public schema must leak, or this test would prove nothing.
"""

import random
from collections import Counter
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpResponse
from django.test import Client, override_settings

from posthub.accounts.models import User
from posthub.content.models import MarketingEvent
from posthub.core.tasks import tenant_task
from posthub.core.tenancy import HOSTS, TenantMiddleware, in_schema, look_up_host
from posthub.jobs import runner
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue
from posthub.jobs.runner import RunningJob
from posthub.organizations.models import Organization
from posthub.organizations.operations import accept_hand_over, hand_over_token, register_organization
from tests.core.isolation_urls import READS, read_canaries
from tests.jobs.tasks_for_tests import DAY
from tests.support.threads import all_well, at_once

THREADS, ROUNDS, ORGANIZATIONS = 8, 60, 10


class ForgetfulMiddleware(TenantMiddleware):
    """What PostHub would be without the way back: the connection stays where the last request left it."""

    def __call__(self, request: Any) -> HttpResponse:
        host = request.META["HTTP_HOST"]
        tenant = HOSTS.find(host, look_up_host)
        assert tenant is not None
        request.tenant, request.urlconf = tenant, settings.ROOT_URLCONF
        connection.set_schema(tenant.schema_name)
        return self.get_response(request)


FORGETFUL = [
    f"{__name__}.ForgetfulMiddleware" if name.endswith("TenantMiddleware") else name
    for name in settings.MIDDLEWARE
]


@tenant_task("test.canary", queue="quick")
def read_in_a_task(job: RunningJob) -> None:
    rows = read_canaries()
    with job.effect(result_url=f"{len(rows)} {sorted({name for row in rows for name in row})}"):
        pass


@pytest.fixture
def organizations(own_database: str) -> list[Organization]:
    owner = User.objects.get(email="sofia@example.com")
    made = [
        register_organization(
            name=f"Org {number}", label=f"org-{number}", by=owner, language="en", platforms=[]
        )
        for number in range(ORGANIZATIONS)
    ]
    for organization in made:
        with in_schema(organization.schema_name):
            MarketingEvent.objects.bulk_create(
                MarketingEvent(name=organization.schema_name, date=DAY) for _row in range(3)
            )
    return made


def mix(organizations: list[Organization], thread: int) -> Counter[str]:
    """One thread's share: what was read, and what of it was somebody else's."""
    seen: Counter[str] = Counter()
    chance, client = random.Random(thread), Client()
    public_type = ContentType.objects.get_for_model(MarketingEvent).pk
    for number in range(ROUNDS):
        organization = chance.choice(organizations)
        canary = organization.schema_name
        host = f"org-{organizations.index(organization)}.posthub.localhost"
        if chance.random() < 0.7:
            answer = client.get("/canaries/", headers={"host": host}).json()
            rows = [name for row in answer["rows"] for name in row]
            seen["reads"] += READS
            seen["foreign"] += sum(name != canary for name in rows)
            seen["foreign"] += (answer["cached"] != canary) + (answer["type"] != public_type)
            seen["missing"] += len(rows) != 3 * READS
        else:
            with in_schema(canary):
                job = enqueue("test.canary", key=f"{thread}-{number}", payload={})
            runner.run(str(job.pk))
            seen["reads"] += READS
            seen["foreign"] += Job.objects.get(pk=job.pk).result_url != f"{READS} {[canary]}"
        seen["leaked"] += read_without_an_organization()
    return seen


def read_without_an_organization() -> int:
    """Work that forgot whom it is for: how many rows it gets to see."""
    try:
        return MarketingEvent.objects.count()
    except Error:
        return 0


def run(organizations: list[Organization]) -> Counter[str]:
    totals: Counter[str] = Counter()
    for seen in all_well(at_once(THREADS, lambda thread: mix(organizations, thread))):
        totals.update(seen)
    return totals


@override_settings(ROOT_URLCONF="tests.core.isolation_urls")
def test_over_two_thousand_reads_of_ten_organizations_none_is_another_ones(
    organizations: list[Organization],
) -> None:
    cache.clear()
    totals = run(organizations)
    assert totals["reads"] == THREADS * ROUNDS * READS >= 2000
    assert (totals["foreign"], totals["missing"], totals["leaked"]) == (0, 0, 0)


@override_settings(ROOT_URLCONF="tests.core.isolation_urls", MIDDLEWARE=FORGETFUL)
def test_without_the_way_back_to_public_the_same_run_leaks(organizations: list[Organization]) -> None:
    cache.clear()
    assert run(organizations)["leaked"] > 0


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
