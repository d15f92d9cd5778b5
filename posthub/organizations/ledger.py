"""What is known of each schema's migrations: the ledger in public, and Django's own record in the schema."""

import time
from collections.abc import Iterable

from django.utils import timezone

from posthub.core.database import connection
from posthub.core.tenancy import PUBLIC, in_schema
from posthub.organizations.models import Organization, SchemaMigration, SchemaState

Named = tuple[str, str]


def exists() -> bool:
    """Not before the public schema has been migrated for the first time."""
    with in_schema(PUBLIC):
        return SchemaMigration._meta.db_table in connection.introspection.table_names()


def reached(schema_name: str, fingerprint: str) -> bool:
    return SchemaMigration.objects.filter(
        schema_name=schema_name, fingerprint=fingerprint, state=SchemaState.DONE
    ).exists()


def behind(fingerprint: str, *, anew: bool = False) -> list[str]:
    """The schemas that are not known to have reached `fingerprint`, oldest organization first; `anew` trusts no row."""
    organizations = Organization.objects.exclude(schema_name=PUBLIC).order_by("created_at", "schema_name")
    done = SchemaMigration.objects.filter(fingerprint=fingerprint, state=SchemaState.DONE)
    known = set() if anew else set(done.values_list("schema_name", flat=True))
    present = _schemas()
    return [
        name
        for name, deleted_at in organizations.values_list("schema_name", "deleted_at")
        # A deleted organization may have no schema any more; one that lives must have it.
        if name not in known and (deleted_at is None or name in present)
    ]


def _schemas() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace")
        return {row[0] for row in cursor.fetchall()}


def applied(schema_name: str) -> set[Named]:
    # Named in full: where the schema lacks the table, that of public would be found.
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT app, name FROM "{schema_name}".django_migrations')  # noqa: S608 - matched by in_schema
        return set(cursor.fetchall())


def record_applied(named: Iterable[Named]) -> None:
    """Into the current schema's own record, in one statement."""
    rows = [value for app, name in named for value in (app, name)]
    if rows:
        values = ", ".join(["(%s, %s, statement_timestamp())"] * (len(rows) // 2))
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO django_migrations (app, name, applied) VALUES {values}", rows)  # noqa: S608


def write_done(schema_name: str, fingerprint: str, started: float) -> None:
    """`started` is where time.perf_counter() stood."""
    _write(schema_name, fingerprint, SchemaState.DONE, "", started)


def write_failed(schema_name: str, fingerprint: str, error: str, started: float) -> None:
    """From now on its host says that it is in maintenance."""
    _write(schema_name, fingerprint, SchemaState.FAILED, error[:2000], started)


def _write(schema_name: str, fingerprint: str, state: SchemaState, error: str, started: float) -> None:
    row = SchemaMigration(
        schema_name=schema_name,
        fingerprint=fingerprint,
        state=state,
        error=error,
        milliseconds=round((time.perf_counter() - started) * 1000),
        migrated_at=timezone.now(),
    )
    changed = ["fingerprint", "state", "error", "milliseconds", "migrated_at"]
    SchemaMigration.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["schema_name"], update_fields=changed
    )


def forget(schema_name: str) -> None:
    SchemaMigration.objects.filter(schema_name=schema_name).delete()
