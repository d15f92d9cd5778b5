"""Everything an organization has, as one ZIP: its tables as JSON, what public knows of it, and its files."""

import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
