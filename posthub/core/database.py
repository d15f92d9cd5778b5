"""The database connection with what django-tenants adds to it, typed."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, cast

from django.db import connection as untyped

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    class SchemaConnection(BaseDatabaseWrapper):
        """`schema_name` is the schema this connection works in."""

        schema_name: str

        def set_schema(self, schema_name: str) -> None: ...

        def set_schema_to_public(self) -> None: ...

        def as_owner(self) -> AbstractContextManager[None]: ...


connection = cast("SchemaConnection", untyped)
