"""The migrations of organizations' apps as SQL: planned once for each set of them, replayed in every schema."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState

from posthub.core.database import connection
from posthub.core.tenancy import PUBLIC, as_owner, in_schema
from posthub.organizations.models import SchemaPlan

# Changes with what a plan's rows hold, so that no plan of an older form is read.
FORM = "statements of each migration"


@dataclass(frozen=True)
class Release:
    """The migrations this code comes with, each after those it depends on.

    `own` are those of organizations' apps, `needed` those and what they depend on: to tell Django of more models costs
    seconds. `everything` is the fingerprint of them all, which public has to reach.
    """

    loader: MigrationLoader
    ordered: tuple[Migration, ...]
    needed: tuple[Migration, ...]
    own: tuple[Migration, ...]
    fingerprint: str
    everything: str


def tenant_labels() -> set[str]:
    return {apps.get_app_config(name.rsplit(".", 1)[-1]).label for name in settings.TENANT_APPS}


def release() -> Release:
    """Read from the files once a process."""
    return _release(tuple(sorted(settings.MIGRATION_MODULES.items())))


@cache
def _release(_modules: tuple[tuple[str, str], ...]) -> Release:
    loader = MigrationLoader(None)
    labels = tenant_labels()
    ordered = _in_order(loader, loader.graph.leaf_nodes())
    own = tuple(migration for migration in ordered if migration.app_label in labels)
    needed = _in_order(loader, [node for node in loader.graph.leaf_nodes() if node[0] in labels])
    return Release(loader, ordered, needed, own, _fingerprint(own), _fingerprint(ordered))


def _in_order(loader: MigrationLoader, targets: Iterable[tuple[str, str]]) -> tuple[Migration, ...]:
    """The targets and what they depend on."""
    ordered: dict[Migration, None] = {}
    for target in targets:
        for key in loader.graph.forwards_plan(target):
            ordered.setdefault(loader.graph.nodes[key])
    return tuple(ordered)


def _fingerprint(migrations: tuple[Migration, ...]) -> str:
    named = [FORM, *(f"{migration.app_label}.{migration.name}" for migration in migrations)]
    return hashlib.sha256(json.dumps(named).encode()).hexdigest()


def current_plan() -> SchemaPlan:
    """The stored plan of today's migrations, made where a release has brought new ones."""
    now = release()
    plan = SchemaPlan.objects.filter(pk=now.fingerprint).first()
    if plan is None:
        made = {"statements": recorded(now), "migrations": [[m.app_label, m.name] for m in now.own]}
        plan, _made = SchemaPlan.objects.get_or_create(pk=now.fingerprint, defaults=made)
    return plan


class RecordingEditor(DatabaseSchemaEditor):
    """Runs the statements and keeps them as they were run, values filled in."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.recorded: list[str] = []

    def execute(self, sql: Any, params: Any = ()) -> None:
        text = str(sql) if params is None else connection.ops.compose_sql(str(sql), params)  # type: ignore[attr-defined]
        self.recorded.append(text.rstrip().rstrip(";"))
        super().execute(text, None)


def recorded(now: Release) -> list[list[str]]:
    """The statements of each migration, taken down while they run in a schema that is rolled back.

    They have to run, because some of them depend on what the database calls a constraint.
    """
    statements: list[list[str]] = []
    scratch = f"plan_{secrets.token_hex(6)}"
    state = ProjectState(real_apps=now.loader.unmigrated_apps)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {settings.MIGRATION_LOCK_TIMEOUT_MS}")
            cursor.execute(f'CREATE SCHEMA "{scratch}"')
        with as_owner(), in_schema(PUBLIC), in_schema(scratch):
            for migration in now.needed:
                if migration not in now.own:
                    state = migration.mutate_state(state, preserve=False)
                    continue
                if not migration.atomic:
                    raise ValueError(f"{migration} is not atomic: it cannot be replayed in a transaction")
                with RecordingEditor(connection) as editor:
                    state = migration.apply(state, editor)
                statements.append(editor.recorded)
        _refuse_rows(scratch)
        transaction.set_rollback(True)
    return statements


def _refuse_rows(schema_name: str) -> None:
    """What Python in a migration writes into an empty schema would be missing where the SQL is replayed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema_name])
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{schema_name}"."{table}")')  # noqa: S608
            if cursor.fetchone() == (True,):
                raise ValueError(f"a migration fills {table}: rows to begin with are made by an operation")


def runs_python(migration: Migration) -> bool:
    """Whether more than its statements belong to it, so that it has to run by itself in each schema."""
    return any(_is_python(operation) for operation in migration.operations)


def _is_python(operation: Any) -> bool:
    inside = getattr(operation, "database_operations", [])
    return not operation.reduces_to_sql or any(_is_python(part) for part in inside)
