from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, RequestFactory, override_settings

from posthub.core.connections import renew_if_worn
from posthub.core.tenancy import HostMap, Tenant, host_of, in_schema, url_of
from posthub.organizations.models import Organization
from posthub.organizations.queries import tenant_of_host


@pytest.mark.parametrize(
    ("header", "host"),
    [
        ("acme.posthub.localhost", "acme.posthub.localhost"),
        ("ACME.PostHub.localhost:8000", "acme.posthub.localhost"),
        ("acme.posthub.localhost.", "acme.posthub.localhost"),
        ("acme.posthub.localhost.:8000", "acme.posthub.localhost"),
        (" acme.posthub.localhost ", "acme.posthub.localhost"),
        ("[::1]:8000", "[::1]:8000"),
        ("a:b:80", "a:b:80"),
        ("", ""),
    ],
)
def test_a_host_is_read_without_port_case_and_trailing_dot(header: str, host: str) -> None:
    assert host_of(RequestFactory().get("/", headers={"host": header})) == host


@pytest.mark.parametrize(
    "host",
    [
        "nobody.posthub.localhost",
        "posthub.localhost.evil.example",
        "evil.example",
        "xposthub.localhost",
        "acme.acme.posthub.localhost",
        "www.posthub.localhost",
        "public.posthub.localhost",
        "127.0.0.1",
    ],
)
def test_a_host_that_nobody_owns_is_unknown(db: None, host: str) -> None:
    answer = Client(HTTP_HOST=host).get("/")
    assert answer.status_code == 404
    assert connection.schema_name == "public"


def test_upper_case_and_a_trailing_dot_reach_the_organization(db: None) -> None:
    for host in ("ACME.posthub.localhost", "acme.posthub.localhost.:8000"):
        assert Client(HTTP_HOST=host).get("/accounts/login/").status_code == 200


def test_a_deleted_organization_has_no_host(acme: Organization) -> None:
    assert tenant_of_host("acme.posthub.localhost") is not None
    Organization.objects.filter(pk=acme.pk).update(deleted_at="2026-11-01T00:00Z")
    assert tenant_of_host("acme.posthub.localhost") is None


def test_work_in_a_schema_ends_where_it_began(acme: Organization, beta: Organization) -> None:
    with in_schema(acme.schema_name):
        with pytest.raises(LookupError), in_schema("public"), in_schema(beta.schema_name):
            raise LookupError
        assert connection.schema_name == acme.schema_name
    assert connection.schema_name == "public"


def test_from_one_organization_there_is_no_way_straight_into_another(
    acme: Organization, beta: Organization
) -> None:
    with in_schema(acme.schema_name):
        with pytest.raises(ValueError, match="may not enter"), in_schema(beta.schema_name):
            pass
        assert connection.schema_name == acme.schema_name


@pytest.mark.parametrize(
    "name", ["", "Public", "t-1", "a", "o_acme; DROP SCHEMA public", "pg_catalog.x", "o" * 60]
)
def test_a_name_that_is_not_ours_is_no_schema(name: str) -> None:
    with pytest.raises(ValueError, match="not a schema of ours"), in_schema(name):
        pass


def test_the_map_of_hosts_asks_once_and_remembers_only_what_exists() -> None:
    asked: list[str] = []

    def look_up(host: str) -> Any:
        asked.append(host)
        return None if host == "nobody" else Tenant(None, "o_acme", host)  # type: ignore[arg-type]

    hosts = HostMap()
    for host in ("acme", "acme", "nobody", "nobody"):
        hosts.find(host, look_up)
    assert asked == ["acme", "nobody", "nobody"]
    hosts.forget()
    hosts.find("acme", look_up)
    assert asked[-1] == "acme"


def test_addresses_are_built_from_the_domain() -> None:
    assert url_of("acme.posthub.localhost", "/x/") == "http://acme.posthub.localhost:8000/x/"


def test_the_map_of_hosts_is_bounded_and_keeps_nobody_in_maintenance() -> None:
    asked: list[str] = []

    def look_up(host: str) -> Any:
        asked.append(host)
        return Tenant(None, "o_acme", host, in_maintenance=host == "broken")  # type: ignore[arg-type]

    hosts = HostMap(most=3)
    for host in ("a", "b", "c", "broken", "d", "b", "c", "d"):
        hosts.find(host, look_up)
    assert (len(hosts), asked) == (3, ["a", "b", "c", "broken", "d"])
    for host in ("broken", "a"):
        hosts.find(host, look_up)
    assert asked[5:] == ["broken", "a"]


@override_settings(SCHEMAS_PER_CONNECTION=2)
def test_a_connection_that_worked_in_many_organizations_is_replaced(own_database: str) -> None:
    def session() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return int(cursor.fetchone()[0])

    acme, beta = Organization.objects.order_by("name").values_list("schema_name", flat=True)
    first = session()
    for schema_name in (acme, beta, acme):
        with in_schema(schema_name):
            session()
    assert not renew_if_worn()
    with in_schema("public"), transaction.atomic():
        assert not renew_if_worn()
    assert session() == first
    assert renew_if_worn()
    assert session() != first
