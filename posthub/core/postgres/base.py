"""Django's connection to PostgreSQL, in an organization's schema under the organization's own role.

With the search path comes `SET ROLE`, in the same statement: in a wrong schema there is then nothing to be
had but an error. A role is named as its schema. See docs/decisions/025-role-per-organization.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django_tenants.postgresql_backend import base
from django_tenants.utils import get_limit_set_calls
from psycopg.pq import TransactionStatus

from posthub.core.postgres.moments import with_quick_moments

PUBLIC = "public"
# What all organizations' roles may do in public is granted to this one, of which they are members.
GROUP = "posthub_organization"
ROLES_ARE_MADE = f"""
SELECT COALESCE(has_table_privilege(to_regrole('{GROUP}'), to_regclass('public.organizations_organization'),
                                    'SELECT'), false)
"""


class DatabaseWrapper(base.DatabaseWrapper):  # type: ignore[misc]
    # Database name → whether organizations have roles there. What this process found out once it keeps.
    roles_found: dict[str, bool] = {}
    _setting_search_path: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._as_owner = 0
        super().__init__(*args, **kwargs)

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        return params | {"context": with_quick_moments(params["context"], self.timezone)}

    @contextmanager
    def as_owner(self) -> Iterator[None]:
        """Work in organizations' schemas as the owner of the tables: to make, change and drop them."""
        self._as_owner += 1
        self.search_path_set_schemas = None
        try:
            yield
        finally:
            self._as_owner -= 1
            self.search_path_set_schemas = None

    def _handle_search_path(self, cursor: Any = None) -> None:
        if self._setting_search_path or (get_limit_set_calls() and self.search_path_set_schemas):
            return
        if not self.schema_name:
            raise ImproperlyConfigured("No schema was chosen.")
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            # Nothing but a rollback will be let through now, and after it the path is set anew.
            self.search_path_set_schemas = None
            return
        self._setting_search_path = True
        own = self.connection.cursor() if cursor is None else None
        try:
            self._enter(own or cursor)
        finally:
            self._setting_search_path = False
            if own is not None:
                own.close()

    def _enter(self, cursor: Any) -> None:
        """Path and role at once, both or neither. What fails here must be seen: the old path would stay."""
        self.search_path_set_schemas = None
        paths = self._get_cursor_search_paths()
        with_role = self.schema_name != PUBLIC and not self._as_owner and self.has_roles(cursor)
        role = f'SET ROLE "{self.schema_name}"' if with_role else "RESET ROLE"
        path = ", ".join(f'"{name}"' for name in paths)
        cursor.execute(f"SET search_path = {path}; {role}")
        self.search_path_set_schemas = paths

    def has_roles(self, cursor: Any) -> bool:
        if settings.ORGANIZATION_ROLES != "auto":
            return bool(settings.ORGANIZATION_ROLES == "on")
        name = self.settings_dict["NAME"]
        if name not in self.roles_found:
            cursor.execute(ROLES_ARE_MADE)
            self.roles_found[name] = bool(cursor.fetchone()[0])
        return self.roles_found[name]
