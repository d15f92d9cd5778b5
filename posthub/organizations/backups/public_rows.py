"""An organization's rows in the public schema. They are found by what they say, so that no app is forgotten."""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model

from posthub.core.database import connection
from posthub.organizations.models import Organization, SchemaMigration
from posthub.organizations.schema_plans import tenant_labels

# Table → each row as the JSON that PostgreSQL writes and reads, so that nothing is rounded on the way.
Rows = dict[str, list[str]]
PEOPLE, ADDRESSES = "accounts_user", "account_emailaddress"
# What has happened does not unhappen when an organization goes back to an earlier day.
HISTORY = {"audit_auditentry", "ai_callrecord"}


def rows_of(organization: Organization) -> Rows:
    """In an order in which they can be put back: people, the organization, what points at it."""
    found = {
        table: _read(table, f"t.{column} = %s", value)
        for table, column, value in _own_tables(str(organization.pk), organization.schema_name)
    }
    return {**_people(_named(found, organization)), **found}


def _own_tables(key: str, schema_name: str) -> Iterator[tuple[str, str, str]]:
    """Table, the column by which a row says whose it is, and what it says; the organization itself comes first."""
    for model in sorted(apps.get_models(), key=lambda model: model is not Organization):
        if column := _column(model):
            yield model._meta.db_table, column, key if column.endswith("_id") else schema_name


def _column(model: Any) -> str:
    """By which column a row of public says whose it is; empty where it does not."""
    if model._meta.app_label in tenant_labels():
        return ""
    for field in model._meta.concrete_fields:
        if field.name == "schema_name" or (field.name == "chain" and model._meta.app_label == "audit"):
            return str(field.column)
        if field.related_model is Organization:
            return str(field.column)
    return ""


def _named(found: Rows, organization: Organization) -> set[str]:
    """The people whom the organization's rows point at, in public and in its own schema."""
    people: set[Any] = set()
    for model in apps.get_models():
        table = model._meta.db_table
        for field in model._meta.concrete_fields:
            if field.related_model is not get_user_model():
                continue
            if table in found:
                people |= {json.loads(row)[field.column] for row in found[table]}
            elif model._meta.app_label in tenant_labels():
                with connection.cursor() as cursor:
                    where = f'"{organization.schema_name}"."{table}"'
                    cursor.execute(f"SELECT DISTINCT {field.column}::text FROM {where}")  # noqa: S608
                    people |= {row[0] for row in cursor.fetchall()}
    return people - {None}


def _people(wanted: set[str]) -> Rows:
    """Their accounts, those of whoever manages them before them, and their addresses."""
    users: list[str] = []
    known: set[str] = set()
    while wanted:
        more = _read(PEOPLE, "t.id = ANY(%s::uuid[])", sorted(wanted))
        users = more + users
        known |= wanted
        wanted = {json.loads(row)["manager_id"] for row in more} - known - {None}
    return {PEOPLE: users, ADDRESSES: _read(ADDRESSES, "t.user_id = ANY(%s::uuid[])", sorted(known))}


def _read(table: str, condition: str, value: Any) -> list[str]:
    statement = f"SELECT row_to_json(t)::text FROM public.{table} t WHERE {condition} ORDER BY 1"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [value])
        return [row[0] for row in cursor.fetchall()]


def put_back(rows: Rows) -> None:
    """Add what is missing. What is there stays as it is: people have lived on meanwhile, and so has the audit."""
    with connection.cursor() as cursor:
        for table, objects in rows.items():
            values = f"json_populate_recordset(NULL::public.{table}, %s::json)"
            cursor.execute(
                f"INSERT INTO public.{table} SELECT * FROM {values} ON CONFLICT DO NOTHING",  # noqa: S608
                [f"[{','.join(objects)}]"],
            )


def take_away(key: str, schema_name: str) -> None:
    """What the organization has in public now, but for its history. Foreign keys are looked at in the end."""
    with connection.cursor() as cursor:
        for table, column, value in _own_tables(key, schema_name):
            if table not in HISTORY:
                cursor.execute(f"DELETE FROM public.{table} WHERE {column} = %s", [value])  # noqa: S608


def differing(rows: Rows, organization: Organization) -> list[str]:
    """Tables of which a row that was copied is not there, or is another one by now."""
    now = rows_of(organization)
    own = set(rows) - {PEOPLE, ADDRESSES, SchemaMigration._meta.db_table}
    return sorted(table for table in own if not set(rows[table]) <= set(now.get(table, [])))
