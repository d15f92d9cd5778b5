"""Everything an organization has, as one ZIP: its tables as JSON, what public knows of it, and its files."""

import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from posthub.audit.models import AuditEntry
from posthub.core import files
from posthub.core.database import connection
from posthub.core.tenancy import in_schema
from posthub.organizations.models import Domain, Membership, Organization

TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = %s AND c.relkind = 'r' AND c.relname <> 'django_migrations' ORDER BY 1
"""

KEPT = timedelta(days=7)  # of what somebody asked for


@dataclass(frozen=True, slots=True)
class Export:
    """A ZIP that can be fetched; `name` is the storage's."""

    name: str
    made_at: datetime
    size: int

    @property
    def until(self) -> datetime:
        return self.made_at + KEPT


def exports_of(schema_name: str) -> str:
    return f"{files.folder_of(schema_name)}/exports"


def last_export(organization: Organization) -> Export | None:
    """The one that can be fetched: there is never more than one, and after a week none."""
    for name in files.names_under(exports_of(organization.schema_name)):
        found = Export(name, default_storage.get_modified_time(name), default_storage.size(name))
        if found.until > timezone.now():
            return found
    return None


def make_export(organization: Organization) -> None:
    """Put all there is where the organization's files lie, in place of the export before."""
    folder = exports_of(organization.schema_name)
    with tempfile.TemporaryDirectory(prefix="posthub-export-") as directory:
        whole = write_export(organization, Path(directory) / "export.zip")
        files.erase(folder)
        with whole.open("rb") as file:
            default_storage.save(f"{folder}/{timezone.localdate():%Y-%m-%d}.zip", File(file))


def purge_exports() -> None:
    """Those that nobody can fetch any more."""
    for organization in Organization.objects.all():
        if last_export(organization) is None:
            files.erase(exports_of(organization.schema_name))


def write_export(organization: Organization, target: Path) -> Path:
    """Write the ZIP to `target`, readable by nobody but us. It appears whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".export-")
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("organization.json", _json(_known_in_public(organization)))
            for table in _tables(organization):
                with archive.open(f"data/{table}.json", "w", force_zip64=True) as member:
                    for part in _rows(organization, table):
                        member.write(part)
            folder = files.folder_of(organization.schema_name)
            for name in files.names_under(folder):
                if name.startswith(f"{exports_of(organization.schema_name)}/"):
                    continue  # itself is no part of it
                with (
                    default_storage.open(name) as source,
                    archive.open(f"media{name.removeprefix(folder)}", "w", force_zip64=True) as member,
                ):
                    shutil.copyfileobj(source, member)
        Path(draft).replace(target)
    finally:
        Path(draft).unlink(missing_ok=True)
    return target


def _known_in_public(organization: Organization) -> dict[str, Any]:
    with in_schema("public"):
        members = Membership.objects.filter(organization=organization).select_related("user")
        entries = AuditEntry.objects.filter(chain=organization.schema_name).order_by("number")
        return {
            "exported_at": timezone.now(),
            "organization": Organization.objects.filter(pk=organization.pk).values().get(),
            "addresses": list(Domain.objects.filter(tenant=organization).values_list("domain", flat=True)),
            "members": [{"name": member.user.name, "email": member.user.email} for member in members],
            "log": list(entries.values()),
        }


def _tables(organization: Organization) -> list[str]:
    with in_schema("public"), connection.cursor() as cursor:
        cursor.execute(TABLES, [organization.schema_name])
        return [row[0] for row in cursor.fetchall()]


def _rows(organization: Organization, table: str) -> Iterator[bytes]:
    """A JSON list, a row at a time, so that no table has to fit into memory."""
    with in_schema("public"), in_schema(organization.schema_name), connection.cursor() as cursor:
        # The name comes from PostgreSQL's own catalogue, of a schema that only our migrations write.
        cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')  # noqa: S608
        first = True
        while some := cursor.fetchmany(500):
            for (row,) in some:
                yield (b"[\n" if first else b",\n") + row.encode()
                first = False
        yield b"[]\n" if first else b"\n]\n"


def _json(content: Any) -> str:
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
