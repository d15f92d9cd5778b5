"""What is left of an organization, and whether another one's rows are what they were."""

from pathlib import Path

from django.conf import settings
from django.db import connection

from posthub.core.tenancy import as_owner, in_schema
from posthub.organizations.models import Organization

# The audit chain is kept as the law of the product; an address stays in quarantine.
KEPT = {"audit_auditentry", "organizations_retiredaddress"}


def _tables(schema_name: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema_name])
        return [row[0] for row in cursor.fetchall()]


def remains(organization: Organization) -> list[str]:
    """Tables of public that still name it, its schema, its role, its files."""
    found = []
    with in_schema("public"), connection.cursor() as cursor:
        for table in _tables("public"):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s OR t::text LIKE %s',
                [f"%{organization.schema_name}%", f"%{organization.pk}%"],
            )
            if table not in KEPT and cursor.fetchone()[0]:
                found.append(table)
        # A role that another database of the server knows as well, such as a copy of this one, stays.
        cursor.execute(
            "SELECT to_regnamespace(%s) IS NOT NULL, to_regrole(%s) IS NOT NULL AND NOT EXISTS"
            " (SELECT FROM pg_shdepend d JOIN pg_database b ON b.oid = d.dbid"
            " WHERE d.refobjid = to_regrole(%s) AND b.datname <> current_database())",
            [organization.schema_name] * 3,
        )
        schema, role = cursor.fetchone()
    files = Path(settings.MEDIA_ROOT) / "org" / organization.schema_name
    signs = {"schema": schema, "role": role, "files": files.exists()}
    return found + [name for name, there in signs.items() if there]


def checksum(organization: Organization) -> str:
    """One hash over all rows of the organization's own tables."""
    with as_owner(), in_schema("public"), in_schema(organization.schema_name), connection.cursor() as cursor:
        hashes = []
        for table in _tables(organization.schema_name):
            cursor.execute(f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM \"{table}\" t")
            hashes.append(f"{table} {cursor.fetchone()[0]}")
    return "\n".join(hashes)
