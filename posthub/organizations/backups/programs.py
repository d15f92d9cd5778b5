"""pg_dump and pg_restore, run against the database that Django is connected to."""

import os
import subprocess
from collections.abc import Iterable, Sequence

from posthub.core.database import connection
from posthub.core.postgres_binaries import Installation, installations

DETAIL = 800


class BackupError(Exception):
    """The copy was not made, or could not be brought back; the message says why."""


def run(program: str, *arguments: str) -> None:
    given = connection.settings_dict
    places = {
        "PGHOST": given["HOST"],
        "PGPORT": given["PORT"],
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
        "PGDATABASE": given["NAME"],
        "PGSSLMODE": given.get("OPTIONS", {}).get("sslmode"),
    }
    environment = os.environ | {name: str(value) for name, value in places.items() if value}
    done = subprocess.run([_program(program), *arguments], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise BackupError(f"{program} failed:\n{done.stderr.strip()[-DETAIL:]}")


def _program(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        server = int(cursor.fetchone()[0]) // 10000
    having = [installation for installation in installations() if (installation.bin / name).exists()]
    if chosen := closest(having, server):
        return str(chosen.bin / name)
    raise BackupError(f"{name} of PostgreSQL {server} or newer is not installed.")


def closest(having: Iterable[Installation], server: int) -> Installation | None:
    """The one whose major version is the server's, or the next newer one.

    Older programs refuse a newer server; much newer ones write settings into a copy that an older server does
    not know (17's `transaction_timeout`).
    """
    able = [installation for installation in having if installation.version >= server]
    return min(able, key=lambda installation: installation.version, default=None)


def snapshot() -> str:
    """The name under which pg_dump sees the same moment as this transaction, which has to be REPEATABLE READ."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])


def sums(schemas: Sequence[str]) -> dict[str, str]:
    """Table in full → md5 over all its rows, whatever order they lie in."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables WHERE schemaname = ANY(%s) ORDER BY 1",
            [list(schemas)],
        )
        for (table,) in cursor.fetchall():
            # Names come quoted from the database's own catalogue.
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM {table} t"  # noqa: S608
            )
            found[table] = str(cursor.fetchone()[0])
    return found
