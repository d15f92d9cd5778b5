"""What PostgreSQL itself refuses an organization's role, were all of our own care forgotten."""

import threading
import uuid
from typing import Any

import pytest
from django.core.checks import ERROR, WARNING
from django.db import Error, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext, override_settings

from posthub.accounts.models import User
from posthub.audit import operations as audit
from posthub.content.models import MarketingEvent
from posthub.core import checks
from posthub.core.tenancy import as_owner, in_schema
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue
from posthub.organizations import roles
from posthub.organizations.models import Invitation, Membership, Organization
from posthub.organizations.provisioning import drop_schema, make_schema
from posthub.worklist.models import WaitsOn
from posthub.worklist.operations import keep
from tests.organizations.test_provisioning import tables
from tests.support.databases import until_somebody_waits
from tests.support.threads import all_well, at_once


def ask(sql: str) -> list[tuple[Any, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall()) if cursor.description else []


def test_an_organization_works_under_its_own_role_and_public_under_none(acme: Organization) -> None:
    owner = ask("SELECT current_user")
    with in_schema(acme.schema_name):
        assert ask("SELECT current_user") == [(acme.schema_name,)]
        with in_schema("public"):
            assert ask("SELECT current_user") == owner
        with as_owner():
            assert ask("SELECT current_user") == owner
        assert ask("SELECT current_user") == [(acme.schema_name,)]
    assert ask("SELECT current_user") == owner


def test_the_role_survives_a_rollback_and_a_savepoint(acme: Organization, beta: Organization) -> None:
    with in_schema(acme.schema_name):
        with pytest.raises(ProgrammingError):
            ask("SELECT 1 FROM nothing_here")
        assert ask("SELECT current_user") == [(acme.schema_name,)]
        with pytest.raises(ProgrammingError), transaction.atomic():
            ask("SELECT * FROM nothing_here")
        assert ask("SHOW search_path") == [(f"{acme.schema_name}, public",)]
    with in_schema(beta.schema_name):
        assert ask("SELECT current_user") == [(beta.schema_name,)]


def test_a_wrong_schema_is_an_error_and_no_row(acme: Organization, beta: Organization) -> None:
    with in_schema(beta.schema_name):
        MarketingEvent.objects.create(name="beta's", date="2026-12-01")
    with in_schema(acme.schema_name):
        with pytest.raises(ProgrammingError, match="permission denied for schema"):
            ask(f'SELECT name FROM "{beta.schema_name}".content_marketingevent')
        with transaction.atomic():
            # A path that somebody set past us, or that a proxy mixed up.
            with connection.cursor() as cursor:
                cursor.execute(f'SET LOCAL search_path = "{beta.schema_name}", public')
            with pytest.raises(ProgrammingError, match="does not exist"):
                ask("SELECT name FROM content_marketingevent")


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE mine (id int)",
        "DROP TABLE content_topic",
        "TRUNCATE content_topic",
        "ALTER TABLE content_topic ADD COLUMN x int",
        "CREATE TABLE public.mine (id int)",
        "SELECT * FROM organizations_schemaplan",
        "SELECT * FROM public.django_migrations",
        "DELETE FROM accounts_user",
        "DELETE FROM jobs_job",
        "DELETE FROM audit_auditentry",
        "UPDATE audit_auditentry SET detail = '{}'",
        "UPDATE ai_modelprice SET use = 'x'",
        "UPDATE billing_plan SET posts_a_month = 999",
        "INSERT INTO organizations_domain (domain, is_primary) VALUES ('x.posthub.localhost', true)",
        "SET SESSION AUTHORIZATION postgres",
    ],
)
def test_an_organization_may_not(acme: Organization, sql: str) -> None:
    with in_schema(acme.schema_name), pytest.raises(Error):
        ask(sql)


def test_of_public_an_organization_sees_and_changes_its_own_rows_only(
    acme: Organization, beta: Organization, cast: Any
) -> None:
    for organization in (acme, beta):
        with in_schema(organization.schema_name):
            enqueue("company.read_document", key="1", payload={})
            audit.record("x", subject="x", actor_id=cast.sofia.pk, chain=organization.schema_name)
            keep(
                organization.pk, kind="topic", object_id=uuid.uuid4(), title="T", state="S",
                waits_on=WaitsOn.CLIENT, since=organization.created_at,
            )  # fmt: skip
    Invitation.objects.create(organization=beta, email="x@example.com", sent_at=beta.created_at)
    own = {"jobs_job": "schema_name", "audit_auditentry": "chain", "ai_callrecord": "schema_name"}
    by_id = ("worklist_workitem", "organizations_invitation", "billing_usagemeter", "organizations_handover")
    with in_schema(acme.schema_name):
        for table, column in own.items():
            assert ask(f"SELECT 1 FROM {table} WHERE {column} <> '{acme.schema_name}'") == []
        for table in by_id:
            assert ask(f"SELECT 1 FROM {table} WHERE organization_id <> '{acme.pk}'") == []
        assert Job.objects.count() == 1
        assert Organization.objects.filter(pk=beta.pk).update(name="Taken over") == 0
        assert Membership.objects.filter(organization=beta).delete()[0] == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Membership.objects.create(user=cast.sofia, organization=beta)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            audit.record("forged", subject="x", actor_id=None, chain=beta.schema_name)
    assert Job.objects.count() == 2


def test_every_table_of_public_is_granted_or_kept_back_on_purpose(db: None) -> None:
    kept_back = {
        "django_migrations", "django_admin_log", "organizations_retiredaddress", "organizations_schemaplan", "ai_trial",
        "organizations_schemamigration", "billing_stripeevent", "billing_reading",
    }  # fmt: skip
    left = tables("public") - set(roles.GRANTS)
    assert {name for name in left if not name.startswith(("huey", "djstripe_"))} <= kept_back
    assert set(roles.GRANTS) <= tables("public")


def test_what_names_an_organization_is_narrowed_to_its_rows(db: None) -> None:
    """A new table of public with such a column has to say which rows an organization may have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND column_name IN ('schema_name', 'organization_id', 'chain')"
        )
        naming = {row[0] for row in cursor.fetchall()} & set(roles.GRANTS)
    assert {table for table in naming if roles.GRANTS[table][1] == roles.ALL} == set()


def test_entering_an_organization_takes_one_statement(acme: Organization) -> None:
    with in_schema(acme.schema_name), CaptureQueriesContext(connection) as seen:
        assert not User.objects.filter(name="nobody").exists()
        assert not User.objects.filter(name="nobody").exists()
    assert [query["sql"].split()[0] for query in seen] == ["SET", "SELECT", "SELECT"]


def test_an_organization_without_its_role_is_closed_and_not_open(
    acme: Organization, beta: Organization
) -> None:
    with in_schema(beta.schema_name):
        assert MarketingEvent.objects.count() >= 0
    with override_settings(ORGANIZATION_ROLES="off"):
        make_schema("t_roleless")
    with in_schema("t_roleless"), pytest.raises(Error, match="t_roleless"):
        MarketingEvent.objects.count()


def test_existing_organizations_get_their_role_with_the_release(acme: Organization) -> None:
    assert roles.without_role() == []
    with connection.cursor() as cursor:
        cursor.execute(f'REVOKE USAGE ON SCHEMA "{acme.schema_name}" FROM "{acme.schema_name}"')
    assert roles.without_role() == [acme.schema_name]
    assert roles.grant_missing() == [acme.schema_name]
    assert roles.grant_missing() == []
    with in_schema(acme.schema_name):
        MarketingEvent.objects.count()


def test_a_table_that_a_release_brings_is_the_organizations(acme: Organization) -> None:
    with as_owner(), in_schema(acme.schema_name), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE brought (id serial PRIMARY KEY)")
    with in_schema(acme.schema_name):
        assert ask("INSERT INTO brought DEFAULT VALUES RETURNING id") == [(1,)]


def test_the_role_goes_with_the_schema(db: None) -> None:
    make_schema("t_gone")
    assert ask("SELECT to_regrole('t_gone') IS NOT NULL") == [(True,)]
    drop_schema("t_gone")
    assert ask("SELECT to_regrole('t_gone') IS NULL") == [(True,)]


def test_a_role_that_another_database_is_making_is_waited_for_and_taken(own_database: str) -> None:
    name = f"group_{own_database}"[:60]
    made = threading.Event()

    def make(number: int) -> None:
        if number:
            made.wait(20)
        with transaction.atomic(), connection.cursor() as cursor:
            roles.make_role(cursor, name)
            if not number:
                made.set()
                until_somebody_waits()

    try:
        all_well(at_once(2, make))
        assert ask(f"SELECT to_regrole('{name}') IS NOT NULL") == [(True,)]
    finally:
        ask(f'DROP ROLE IF EXISTS "{name}"')


def test_where_roles_cannot_be_made_the_check_says_so_and_on_refuses(
    own_database: str, settings: Any
) -> None:
    """The same installation, entered by a user of the database who may make no roles."""
    plain = f"plain_{own_database}"[:60]
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE ROLE "{plain}" LOGIN')
    user = connection.settings_dict["USER"]
    try:
        connection.close()
        connection.settings_dict["USER"] = plain
        assert not roles.wanted()
        assert "CREATEROLE" in roles.problem()
        for mode, level in (("auto", WARNING), ("on", ERROR), ("off", WARNING)):
            settings.ORGANIZATION_ROLES = mode
            assert [found.level for found in checks.organizations_have_roles(None, ["default"])] == [level]
    finally:
        connection.close()
        connection.settings_dict["USER"] = user
        with connection.cursor() as cursor:
            cursor.execute(f'DROP ROLE "{plain}"')
    settings.ORGANIZATION_ROLES = "auto"
    assert checks.organizations_have_roles(None, ["default"]) == []
    assert checks.organizations_have_roles(None, None) == []


def test_without_roles_an_organization_works_as_the_owner(acme: Organization, settings: Any) -> None:
    owner = ask("SELECT current_user")
    settings.ORGANIZATION_ROLES = "off"
    with in_schema(acme.schema_name):
        assert ask("SELECT current_user") == owner
        assert MarketingEvent.objects.count() == 0
