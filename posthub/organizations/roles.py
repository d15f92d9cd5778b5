"""A PostgreSQL role for each organization, named as its schema: what it may do there and in public.

The database itself then refuses what a forgotten or wrong schema would otherwise show. In public, rows that
name an organization are narrowed by row level security to those of the role's own; who owns the tables is
not affected.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from posthub.core.postgres.base import GROUP, DatabaseWrapper
from posthub.core.tenancy import SCHEMA_NAME, as_owner, in_schema

ALL = "true"
OWN_SCHEMA = 'schema_name = CURRENT_USER::text COLLATE "default"'
OWN_CHAIN = 'chain = CURRENT_USER::text COLLATE "default"'
OWN_ORGANIZATION = (
    "organization_id = (SELECT id FROM public.organizations_organization"
    ' WHERE schema_name = CURRENT_USER::text COLLATE "default")'
)
# table of public → (what may be done, rows it may be done to, rows that may be read where those are more).
# People, their sessions and their ways to sign in belong to no organization. What is missing here is refused.
GRANTS: dict[str, tuple[str, str, str]] = {
    "accounts_consent": ("SELECT, INSERT", ALL, ALL),
    "accounts_signin": ("SELECT, INSERT, UPDATE, DELETE", ALL, ALL),
    "accounts_user": ("SELECT, INSERT, UPDATE", ALL, ALL),
    "accounts_user_groups": ("SELECT", ALL, ALL),
    "accounts_user_user_permissions": ("SELECT", ALL, ALL),
    "account_emailaddress": ("SELECT, INSERT, UPDATE, DELETE", ALL, ALL),
    "account_emailconfirmation": ("SELECT, INSERT, UPDATE, DELETE", ALL, ALL),
    "auth_group": ("SELECT", ALL, ALL),
    "auth_group_permissions": ("SELECT", ALL, ALL),
    "auth_permission": ("SELECT", ALL, ALL),
    "django_content_type": ("SELECT", ALL, ALL),
    "django_session": ("SELECT, INSERT, UPDATE, DELETE", ALL, ALL),
    "mfa_authenticator": ("SELECT, INSERT, UPDATE, DELETE", ALL, ALL),
    "billing_plan": ("SELECT", ALL, ALL),
    "billing_addon": ("SELECT", ALL, ALL),
    "billing_addon_plans": ("SELECT", ALL, ALL),
    "billing_price": ("SELECT", ALL, ALL),
    "demo_storedmail": ("SELECT, INSERT", ALL, ALL),
    "organizations_domain": ("SELECT", ALL, ALL),
    # Whoever belongs to several organizations is shown the others' names.
    "organizations_organization": ("SELECT, UPDATE", OWN_SCHEMA, ALL),
    "organizations_membership": ("SELECT, INSERT, UPDATE, DELETE", OWN_ORGANIZATION, ALL),
    "organizations_assignment": ("SELECT, INSERT, UPDATE, DELETE", OWN_ORGANIZATION, ALL),
    "organizations_registration": ("SELECT", ALL, ALL),
    "organizations_invitation": ("SELECT, INSERT, UPDATE, DELETE", OWN_ORGANIZATION, OWN_ORGANIZATION),
    "organizations_handover": ("SELECT, INSERT", OWN_ORGANIZATION, OWN_ORGANIZATION),
    "jobs_job": ("SELECT, INSERT, UPDATE", OWN_SCHEMA, OWN_SCHEMA),
    "worklist_workitem": ("SELECT, INSERT, UPDATE, DELETE", OWN_ORGANIZATION, OWN_ORGANIZATION),
    "ai_callrecord": ("SELECT, INSERT, UPDATE", OWN_SCHEMA, OWN_SCHEMA),
    "ai_provideraccount": (
        "SELECT, INSERT, UPDATE, DELETE",
        OWN_ORGANIZATION,
        f"organization_id IS NULL OR {OWN_ORGANIZATION}",
    ),
    # How many ask at the same time decides what everybody's fair share is; nothing else stands there.
    "ai_callwindow": ("SELECT, INSERT, UPDATE, DELETE", f"schema_name = '' OR {OWN_SCHEMA}", ALL),
    "ai_budget": ("SELECT, INSERT, UPDATE", OWN_ORGANIZATION, OWN_ORGANIZATION),
    "ai_spendinglimit": ("SELECT", OWN_ORGANIZATION, OWN_ORGANIZATION),
    # Of the providers themselves, whoever asks them: what they cost, allow and answer.
    "ai_breaker": ("SELECT, INSERT, UPDATE, DELETE", ALL, ALL),
    "ai_modellimit": ("SELECT", ALL, ALL),
    "ai_modelprice": ("SELECT", ALL, ALL),
    "ai_promptoverride": ("SELECT", ALL, ALL),
    "ai_route": ("SELECT", ALL, ALL),
    "audit_auditentry": ("SELECT, INSERT", OWN_CHAIN, OWN_CHAIN),
    "billing_subscription": ("SELECT, INSERT, UPDATE", OWN_ORGANIZATION, OWN_ORGANIZATION),
    "billing_usagemeter": ("SELECT, INSERT, UPDATE", OWN_ORGANIZATION, OWN_ORGANIZATION),
    "billing_subscribedaddon": ("SELECT, INSERT, UPDATE", OWN_ORGANIZATION, OWN_ORGANIZATION),
    "billing_billingdetails": ("SELECT, INSERT, UPDATE", OWN_ORGANIZATION, OWN_ORGANIZATION),
    "billing_invoice": ("SELECT", OWN_ORGANIZATION, OWN_ORGANIZATION),
    "billing_notice": ("SELECT, INSERT", OWN_ORGANIZATION, OWN_ORGANIZATION),
    "billing_exitsurvey": ("SELECT, INSERT", OWN_ORGANIZATION, OWN_ORGANIZATION),
}
COULD_MAKE_ROLES = "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = session_user"
WITHOUT_ROLE = f"""
SELECT o.schema_name FROM organizations_organization o JOIN pg_namespace n ON n.nspname = o.schema_name
  LEFT JOIN pg_roles r ON r.rolname = o.schema_name
 WHERE r.oid IS NULL OR NOT has_schema_privilege(r.oid, n.oid, 'USAGE')
    OR NOT pg_has_role(r.oid, to_regrole('{GROUP}'), 'MEMBER') ORDER BY 1
"""  # noqa: S608 (a constant)


def wanted() -> bool:
    """Whether organizations get roles here: not where the database's user may make none."""
    if settings.ORGANIZATION_ROLES == "off":
        return False
    with in_schema("public"), connection.cursor() as cursor:
        cursor.execute(COULD_MAKE_ROLES)
        return bool(cursor.fetchone()[0])


def grant_public() -> None:
    """What organizations may do in public, as GRANTS says; nothing to do where that stands already."""
    if not wanted():
        return
    mark = "grants " + hashlib.sha256(repr(GRANTS).encode()).hexdigest()[:16]
    with in_schema("public"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT to_regrole(%s), obj_description('public.jobs_job'::regclass)", [GROUP])
        role, found = cursor.fetchone()
        if role is not None and found == mark:
            return
        cursor.execute("SET LOCAL lock_timeout = '5s'")
        if role is None:
            make_role(cursor, GROUP)
        cursor.execute(f'GRANT USAGE ON SCHEMA public TO "{GROUP}"')
        cursor.execute(f'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "{GROUP}"')
        cursor.execute(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{GROUP}"')
        cursor.execute(";\n".join(sql for table in GRANTS for sql in _grant_table(table)))
        cursor.execute(f"COMMENT ON TABLE jobs_job IS '{mark}'")
    DatabaseWrapper.roles_found.clear()


def make_role(cursor: Any, name: str) -> None:
    """Roles are the whole server's: from another database of it somebody may be making the same one this moment."""
    cursor.execute(
        f'DO $$ BEGIN CREATE ROLE "{name}" NOLOGIN; '
        "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
    )


def _grant_table(table: str) -> list[str]:
    rights, own, readable = GRANTS[table]
    statements = [
        f'GRANT {rights} ON public.{table} TO "{GROUP}"',
        f"DROP POLICY IF EXISTS own_rows ON public.{table}",
        f"DROP POLICY IF EXISTS readable_rows ON public.{table}",
    ]
    if own == ALL:
        return [*statements, f"ALTER TABLE public.{table} DISABLE ROW LEVEL SECURITY"]
    statements.append(f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY")
    statements.append(
        f'CREATE POLICY own_rows ON public.{table} TO "{GROUP}" USING ({own}) WITH CHECK ({own})'
    )
    if readable != own:
        statements.append(
            f'CREATE POLICY readable_rows ON public.{table} FOR SELECT TO "{GROUP}" USING ({readable})'
        )
    return statements


def grant_role(schema_name: str) -> None:
    """Make the organization's role and give it its schema; harmless where it has it."""
    if not SCHEMA_NAME.fullmatch(schema_name):
        raise ValueError(f"not a schema name of ours: {schema_name!r}")
    if not wanted():
        return
    # The name was matched above, so that it can stand in the statements as it is.
    name, rows = f'"{schema_name}"', "SELECT, INSERT, UPDATE, DELETE"
    with in_schema("public"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT to_regrole(%s), current_setting('server_version_num')::int", [schema_name])
        role, version = cursor.fetchone()
        made = [] if role is not None else [f'CREATE ROLE {name} NOLOGIN IN ROLE "{GROUP}"']
        # Whoever makes a role may give it to themselves, but has it not: to put it on and no more.
        put_on = " WITH INHERIT FALSE, SET TRUE" if version >= 160000 else ""
        statements = [
            *made,
            f'GRANT "{GROUP}" TO {name}',
            f"GRANT {name} TO SESSION_USER{put_on}",
            f"GRANT USAGE ON SCHEMA {name} TO {name}",
            f"GRANT {rows} ON ALL TABLES IN SCHEMA {name} TO {name}",
            f"REVOKE ALL ON {name}.django_migrations FROM {name}",
            f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {name} TO {name}",
            # Tables that later releases bring are given to it as they are made.
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA {name} GRANT {rows} ON TABLES TO {name}",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA {name} GRANT USAGE ON SEQUENCES TO {name}",
        ]
        cursor.execute(";\n".join(statements))


def drop_role(schema_name: str) -> None:
    """The role goes after its schema. One that another database of the server still knows stays, without rights."""
    if not SCHEMA_NAME.fullmatch(schema_name):
        raise ValueError(f"not a schema name of ours: {schema_name!r}")
    with in_schema("public"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT to_regrole(%s)", [schema_name])
        if cursor.fetchone()[0] is None:
            return
        cursor.execute(
            "SELECT count(*) FROM pg_shdepend WHERE refobjid = to_regrole(%s)"
            " AND dbid NOT IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [schema_name],
        )
        if cursor.fetchone()[0] == 0:
            cursor.execute(f'DROP ROLE "{schema_name}"')


def without_role() -> list[str]:
    """Schemas of organizations that have no role, or one without its rights."""
    with in_schema("public"), connection.cursor() as cursor:
        cursor.execute("SELECT to_regrole(%s)", [GROUP])
        if cursor.fetchone()[0] is None:
            cursor.execute("SELECT schema_name FROM organizations_organization ORDER BY 1")
        else:
            cursor.execute(WITHOUT_ROLE)
        return [row[0] for row in cursor.fetchall()]


def grant_missing() -> list[str]:
    """Bring an older installation up to date: the grants in public, and a role for each organization without one."""
    if not wanted():
        return []
    with as_owner():
        grant_public()
        missing = without_role()
        for schema_name in missing:
            grant_role(schema_name)
    return missing


def problem() -> str:
    """Why organizations are not each confined to a role of their own, "" where they are."""
    if settings.ORGANIZATION_ROLES == "off":
        return "ORGANIZATION_ROLES is off: PostgreSQL does not keep organizations apart by itself."
    if not wanted():
        return (
            "The database's user may not make roles (CREATEROLE): PostgreSQL does not keep organizations apart "
            "by itself."
        )
    without = without_role()
    if without:
        return f"{len(without)} organizations have no role yet, {without[0]} first: run manage.py migrate_tenants."
    return ""
