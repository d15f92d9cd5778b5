import time

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from posthub.core.tenancy import as_owner, in_schema
from posthub.organizations.models import Organization
from posthub.organizations.provisioning import make_schema
from posthub.organizations.schema_plans import current_plan, tenant_labels


def tables(schema_name: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = %s", [schema_name]
        )
        return {row[0] for row in cursor.fetchall()}


def test_public_and_organizations_share_no_table_name(acme: Organization) -> None:
    assert tables("public") & tables(acme.schema_name) == {"django_migrations"}


def test_a_new_schema_has_every_tenant_table_and_knows_its_migrations(db: None) -> None:
    make_schema("t_fresh")
    assert "content_topic" in tables("t_fresh")
    with as_owner(), in_schema("t_fresh"):
        applied = set(MigrationRecorder(connection).applied_migrations())
    assert {app for app, _name in applied} == set(tenant_labels())


def test_making_a_schema_takes_less_than_a_second_of_cpu(db: None) -> None:
    current_plan()
    before = time.process_time()
    make_schema("t_quick")
    assert time.process_time() - before < 1
