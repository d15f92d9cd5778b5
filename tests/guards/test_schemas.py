import re
from io import StringIO

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from posthub.organizations.models import Organization
from tests.guards.source import PACKAGE

AUTOMATIC = re.compile(r"_auto_\d|_and_more|^\d{4}_(alter|add|remove|rename|delete)_.*_.*_|^\d{4}_initial$")


def test_models_and_migrations_agree(db: None) -> None:
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said, verbosity=1)
    assert "No changes detected" in said.getvalue()


def test_migrations_are_named_by_what_they_are_for() -> None:
    files = [path for path in PACKAGE.glob("*/migrations/*.py") if path.stem != "__init__"]
    assert [str(path) for path in files if AUTOMATIC.search(path.stem)] == []
    assert [path for path in files if not re.fullmatch(r"\d{4}_[a-z0-9_]+", path.stem)] == []


def tables(schema_name: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = %s", [schema_name]
        )
        return {row[0] for row in cursor.fetchall()}


def test_no_table_stands_in_both_kinds_of_schema(acme: Organization) -> None:
    assert tables("public") & tables(acme.schema_name) == {"django_migrations"}


def pointing(*, from_organizations: bool) -> list[str]:
    """Foreign keys from one kind of schema into the other."""
    tenant = {name.rsplit(".", 1)[-1] for name in settings.TENANT_APPS}
    return [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if (model._meta.app_label in tenant) is from_organizations
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model
        and (field.related_model._meta.app_label in tenant) is not from_organizations
    ]


def test_no_public_row_points_into_an_organizations_schema() -> None:
    assert pointing(from_organizations=False) == []


def test_no_row_of_an_organization_points_into_public() -> None:
    """So that a schema can be copied, moved and placed on another server by itself."""
    assert pointing(from_organizations=True) == []
