"""What was loaded in one organization is not saved, deleted, related or read again in another.

Each row of an organization's tables remembers the schema it came from, each query the one it was written in.
Django asks its database router before it reads or writes, and hands it both: there they are compared.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models

from posthub.core.database import connection
from posthub.core.postgres.base import PUBLIC

M = TypeVar("M", bound=models.Model)


class WrongOrganization(RuntimeError):
    """An object or a query of one organization was used while working for another: a fault of ours."""


@cache
def belongs_to_an_organization(model: type[models.Model]) -> bool:
    return any(model.__module__.startswith(f"{app}.") for app in settings.TENANT_APPS)


def origin(instance: models.Model) -> str | None:
    """The schema a row was read from or written to; None for one that is new, or everybody's."""
    found: str | None = getattr(instance._state, "schema", None)
    return found if belongs_to_an_organization(type(instance)) else None


def stamp(instance: models.Model) -> None:
    instance._state.schema = connection.schema_name  # type: ignore[attr-defined]


def require_here(schema_name: str | None, subject: object) -> None:
    """Raise unless `schema_name` is where this connection works. What was made in public belongs to nobody yet."""
    if schema_name not in {None, PUBLIC, connection.schema_name}:
        raise WrongOrganization(f"{subject} of {schema_name} is used in {connection.schema_name}")


class BelongingRouter:
    """There is one database; this router never chooses, it only refuses."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> None:
        if belongs_to_an_organization(model):
            require_here(hints.get("schema"), f"a query for {model.__name__}")
            instance = hints.get("instance")
            if isinstance(instance, models.Model):
                require_here(origin(instance), type(instance).__name__)

    db_for_write = db_for_read

    def allow_relation(self, one: models.Model, other: models.Model, **hints: Any) -> bool | None:
        """False, which Django makes an error of, where one of the two comes from another organization."""
        foreign = {origin(one), origin(other)} - {None, PUBLIC, connection.schema_name}
        return False if foreign else None


class BelongingQuerySet(models.QuerySet[M]):
    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        rows = list(objs)
        for row in rows:
            require_here(origin(row), type(row).__name__)
            stamp(row)
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> int:
        rows = list(objs)
        for row in rows:
            require_here(origin(row), type(row).__name__)
        return super().bulk_update(rows, *args, **kwargs)


class BelongingManager(models.Manager[M]):
    def get_queryset(self) -> models.QuerySet[M]:
        # A dictionary of its own: a related manager's is shared by all its queries.
        hints = {**self._hints, "schema": connection.schema_name}  # type: ignore[attr-defined]
        return BelongingQuerySet(self.model, using=self._db, hints=hints)


class Belonging(models.Model):
    """Base of all rows. Rows of public are stamped as well, and never refused."""

    objects = BelongingManager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any, **later: Any) -> Self:
        loaded = super().from_db(db, field_names, values, **later)
        stamp(loaded)
        return loaded

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        require_here(origin(self), type(self).__name__)
        super().save_base(*args, **kwargs)
        stamp(self)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        require_here(origin(self), type(self).__name__)
        return super().delete(*args, **kwargs)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        require_here(origin(self), type(self).__name__)
        super().refresh_from_db(*args, **kwargs)
