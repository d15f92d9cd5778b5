"""Making an organization's schema in a fraction of a second: its DDL is planned once and replayed."""

import hashlib
import json

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations import RunPython
from django.db.migrations.recorder import MigrationRecorder

from posthub.core.tenancy import SCHEMA_NAME, as_owner, in_schema
from posthub.organizations.models import SchemaPlan
from posthub.organizations.roles import drop_role, grant_missing, grant_role


def tenant_labels() -> set[str]:
    return {apps.get_app_config(name.rsplit(".", 1)[-1]).label for name in settings.TENANT_APPS}


def make_schema(schema_name: str) -> None:
    """Create the schema with all its tables, in one transaction."""
    if not SCHEMA_NAME.fullmatch(schema_name):
        raise ValueError(f"not a schema name of ours: {schema_name!r}")
    plan = current_plan()
    # The name was matched above, so that it can stand in the statement as it is.
    with transaction.atomic(), as_owner(), connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA "{schema_name}"')
        with in_schema(schema_name):
            with connection.cursor() as inside:
                inside.execute(";\n".join(plan.statements))
            recorder = MigrationRecorder(connection)
            recorder.ensure_schema()
            recorder.migration_qs.bulk_create(
                recorder.Migration(app=app, name=name) for app, name in plan.migrations
            )
        grant_role(schema_name)


def drop_schema(schema_name: str) -> None:
    if not SCHEMA_NAME.fullmatch(schema_name):
        raise ValueError(f"not a schema name of ours: {schema_name!r}")
    with transaction.atomic(), as_owner(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        cursor.execute(f'DROP SCHEMA IF EXISTS "{schema_name}" CASCADE')
        drop_role(schema_name)


def current_plan() -> SchemaPlan:
    """The stored plan of today's migrations, made where a release has brought new ones."""
    executor = MigrationExecutor(connection)
    labels = tenant_labels()
    targets = [key for key in executor.loader.graph.leaf_nodes() if key[0] in labels]
    steps = [migration for migration, _backwards in executor.migration_plan(targets, clean_start=True)]
    wanted = [migration for migration in steps if migration.app_label in labels]
    named = [[migration.app_label, migration.name] for migration in wanted]
    fingerprint = hashlib.sha256(json.dumps(named).encode()).hexdigest()
    plan = SchemaPlan.objects.filter(pk=fingerprint).first()
    if plan is None:
        plan, _made = SchemaPlan.objects.get_or_create(
            pk=fingerprint, defaults={"statements": _statements(executor, steps, wanted), "migrations": named}
        )
    return plan


def _statements(executor: MigrationExecutor, steps: list[Migration], wanted: list[Migration]) -> list[str]:
    """The SQL of all migrations in `wanted`, collected without touching the database."""
    state = executor._create_project_state(with_applied_migrations=False)  # type: ignore[attr-defined]
    statements: list[str] = []
    # The router lets tenant tables be made only outside public; no schema of this name needs to exist.
    with as_owner(), in_schema("plan_only"):
        for migration in steps:
            if migration not in wanted:
                state = migration.mutate_state(state, preserve=False)
                continue
            if any(isinstance(operation, RunPython) for operation in migration.operations):
                raise ValueError(f"{migration} runs Python: it cannot be replayed as SQL")
            with connection.schema_editor(collect_sql=True, atomic=False) as editor:
                state = migration.apply(state, editor, collect_sql=True)
            statements += [
                line.rstrip(";") for line in editor.collected_sql if line and not line.startswith("--")
            ]
    return statements


def migrate_everything() -> None:
    """Public first, then the plan for new schemas, then each organization."""
    with as_owner():
        call_command("migrate_schemas", schema_name="public", verbosity=0, interactive=False)
        current_plan()
        call_command("migrate_schemas", tenant=True, verbosity=0, interactive=False)
    grant_missing()
