"""Making a copy and bringing it back. A copy is a directory: manifest.json, the dump, the files."""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from posthub.core import files
from posthub.core.database import connection
from posthub.core.tenancy import HOSTS, PUBLIC, SCHEMA_NAME, in_schema
from posthub.organizations import ledger
from posthub.organizations.backups import public_rows
from posthub.organizations.backups.programs import BackupError, run, snapshot, sums
from posthub.organizations.models import Organization, SchemaMigration
from posthub.organizations.provisioning import drop_schema

LEDGER, ORGANIZATION = SchemaMigration._meta.db_table, Organization._meta.db_table
JOBS = "2"
RESTORING = "being restored from a copy"


def back_up(organization: Organization, directory: Path) -> Path:
    """One organization: its schema, its rows in public, its files. Returns the new directory."""
    name = organization.schema_name
    with _new_directory(directory, name) as made, _one_moment() as moment:
        _write(
            made.draft, {"schema": name, "public": public_rows.rows_of(organization), "sums": sums([name])}
        )
        run(
            "pg_dump",
            "--format=custom",
            f"--schema={name}",
            f"--snapshot={moment}",
            f"--file={made.draft / 'dump'}",
        )
        files.copy_out(files.folder_of(name), made.draft / "files")
    return made.place


def back_up_everything(directory: Path) -> Path:
    with _new_directory(directory, "everything") as made, _one_moment() as moment:
        _write(made.draft, {"schema": None, "sums": sums(_all_schemas())})
        run(
            "pg_dump",
            "--format=directory",
            f"--jobs={JOBS}",
            f"--snapshot={moment}",
            f"--file={made.draft / 'dump'}",
        )
        files.copy_out(files.ALL, made.draft / "files" / files.ALL)
    return made.place


def restore(copy: Path, *, replace: bool = False) -> str:
    """Bring a copy back and compare every table; returns what it was of. Raises BackupError."""
    manifest = json.loads((copy / "manifest.json").read_text())
    if manifest["schema"] is None:
        _restore_everything(copy, manifest)
        return "everything"
    _restore_one(copy, manifest, replace=replace)
    return str(manifest["schema"])


def _restore_one(copy: Path, manifest: dict[str, Any], *, replace: bool) -> None:
    """Its host is in maintenance until all of it is there; after a failure it stays so, and one begins again."""
    name, rows = manifest["schema"], manifest["public"]
    if not SCHEMA_NAME.fullmatch(name):
        raise BackupError(f"not a schema of ours: {name!r}")
    if name in _all_schemas():
        if not replace:
            raise BackupError(f"{name} exists. What it holds now would be lost: say --replace to want that.")
        drop_schema(name)
    with transaction.atomic(), in_schema(PUBLIC):
        if replace:
            public_rows.take_away(json.loads(rows[ORGANIZATION][0])["id"], name)
        ledger.write_failed(name, "", RESTORING, time.perf_counter())
        public_rows.put_back(rows)
    HOSTS.forget()
    run("pg_restore", "--single-transaction", "--no-owner", "--dbname", _database(), str(copy / "dump"))
    _compare(manifest["sums"], sums([name]))
    organization = Organization.objects.get(schema_name=name)
    if different := public_rows.differing(rows, organization):
        raise BackupError(f"rows in public differ from the copy: {', '.join(different)}")
    files.copy_in(copy / "files", files.folder_of(name))
    with transaction.atomic():
        ledger.forget(name)
        public_rows.put_back({LEDGER: rows[LEDGER]})


def _restore_everything(copy: Path, manifest: dict[str, Any]) -> None:
    if connection.introspection.table_names():
        raise BackupError("This database is not empty. Make a new one and name it in DATABASE_URL.")
    options = ["--no-owner", "--no-comments", "--exit-on-error", f"--jobs={JOBS}", "--dbname", _database()]
    run("pg_restore", *options, str(copy / "dump"))
    _compare(manifest["sums"], sums(_all_schemas()))
    files.copy_in(copy / "files" / files.ALL, files.ALL)


def _compare(then: dict[str, str], now: dict[str, str]) -> None:
    different = [table for table in {*then, *now} if then.get(table) != now.get(table)]
    if different:
        raise BackupError(
            f"{len(different)} tables differ from the copy: {', '.join(sorted(different)[:10])}"
        )


@dataclass(frozen=True)
class Making:
    """The copy is written to `draft`, which takes the name `place` when it is whole."""

    place: Path
    draft: Path


@contextmanager
def _new_directory(parent: Path, name: str) -> Iterator[Making]:
    """Its owner's alone."""
    place = parent / f"{name}-{timezone.now():%Y%m%dT%H%M%S%f}"
    making = Making(place, place.with_suffix(".part"))
    making.draft.mkdir(mode=0o700, parents=True)
    try:
        yield making
        making.draft.rename(place)
    finally:
        shutil.rmtree(making.draft, ignore_errors=True)


@contextmanager
def _one_moment() -> Iterator[str]:
    """Everything that is read, here and by pg_dump, is as of one moment."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield snapshot()


def _write(made: Path, manifest: dict[str, Any]) -> None:
    (made / "manifest.json").write_text(json.dumps(manifest))


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _all_schemas() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema$)' ORDER BY 1"
        )
        return [row[0] for row in cursor.fetchall()]
