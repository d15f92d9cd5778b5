"""Databases of their own, with committed rows, for tests that need several connections or processes.

They are copies of the test database as it was made: public, the cast, acme and beta. What is written there
stays there, and the copy is dropped at the end.
"""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from posthub.core.postgres.base import GROUP
from posthub.core.tasks import wake_up_queue
from posthub.core.tenancy import HOSTS
from posthub.jobs.worker import run_job_task


@contextmanager
def maintenance() -> Iterator[psycopg.Connection]:
    """A session in the server's own database, from which others are made and dropped."""
    given = connection.settings_dict
    places = {
        "host": given["HOST"],
        "port": given["PORT"],
        "user": given["USER"],
        "password": given["PASSWORD"],
    }
    session = psycopg.connect(
        dbname="postgres", autocommit=True, **{key: value for key, value in places.items() if value}
    )
    with session:
        yield session


def end_sessions(name: str) -> None:
    """PostgreSQL copies and drops only a database that nobody is connected to."""
    with maintenance() as session:
        session.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
            [name],
        )


def make_copy(source: str, name: str) -> None:
    end_sessions(source)
    with maintenance() as session:
        session.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


def drop(name: str) -> None:
    """WITH (FORCE) would refuse while autovacuum, which is nobody's session, is in there; without it, it is told to go.

    A worker or a server that is just ending may connect once more between the two statements.
    """
    for last in (False, False, False, True):
        end_sessions(name)
        try:
            with maintenance() as session:
                session.execute(f'DROP DATABASE IF EXISTS "{name}"')
            return
        except psycopg.errors.ObjectInUse:
            if last:
                raise


def drop_orphaned_roles() -> None:
    """Roles belong to the server: those of organizations that no database knows any more go."""
    with maintenance() as session:
        orphans = session.execute(
            "SELECT r.rolname FROM pg_roles r JOIN pg_auth_members m ON m.member = r.oid"
            " WHERE m.roleid = to_regrole(%s) AND NOT EXISTS (SELECT FROM pg_shdepend d"
            " WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid)",
            [GROUP],
        ).fetchall()
        for (name,) in orphans:
            session.execute(f'DROP ROLE IF EXISTS "{name}"')


def database_url(name: str) -> str:
    given = connection.settings_dict
    user = quote(given["USER"]) + (f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else "")
    place = f"host={quote(given['HOST'])}" + (f"&port={given['PORT']}" if given["PORT"] else "")
    return f"postgres://{user}@/{name}?{place}"


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """All connections of this process that open from now on go to the database `name`."""
    before = connection.settings_dict["NAME"]
    _go_to(name)
    try:
        yield
    finally:
        _go_to(before)


def _go_to(name: str) -> None:
    connection.close()
    connection.set_schema_to_public()
    # One dictionary stands behind the connections of all threads.
    connection.settings_dict["NAME"] = name
    wake_up_queue.cache_clear()
    run_job_task.cache_clear()
    HOSTS.forget()


@contextmanager
def copied(template: str) -> Iterator[str]:
    name = f"{template}_{secrets.token_hex(4)}"
    make_copy(template, name)
    try:
        yield name
    finally:
        drop(name)


@pytest.fixture(scope="session")
def database_template(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock():
        name = f"{connection.settings_dict['NAME']}_template"
        connection.close()
        wake_up_queue.cache_clear()
        drop(name)
        make_copy(connection.settings_dict["NAME"], name)
    yield name
    with django_db_blocker.unblock():
        drop(name)


@pytest.fixture
def own_database(database_template: str, django_db_blocker: Any) -> Iterator[str]:
    """This test's own database. Not to be used together with `db`, which is a transaction in the shared one."""
    with django_db_blocker.unblock(), copied(database_template) as name, pointed_at(name):
        yield name


def until_somebody_waits() -> None:
    """For a lock of the server; for four seconds at most."""
    for _try in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
