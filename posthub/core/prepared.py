"""Queries that many pages ask: their SQL is made once, and filled with values each time.

To put a query together costs Django a few milliseconds, often more than PostgreSQL takes to answer it.
"""

import datetime
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet

from posthub.core.database import connection

Build = Callable[..., QuerySet[Any, Any]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value goes among the parameters."""

    name: str


class Prepared:
    """`build` makes the query, of `values` or `values_list`, from the named values; the shape of the query must not
    depend on them. It is called once, with values that occur nowhere else, by which their places are found.
    """

    def __init__(self, build: Build) -> None:
        self._build = build
        self._made: tuple[str, list[Any], Any, Any] | None = None

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        if self._made is None:
            self._made = self._make(values)
        sql, places, compiler, converters = self._made
        with connection.cursor() as cursor:
            cursor.execute(
                sql, [values[place.name] if isinstance(place, Place) else place for place in places]
            )
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return [tuple(row) for row in compiler.apply_converters(rows, converters)] if converters else rows

    def _make(self, values: dict[str, Any]) -> tuple[str, list[Any], Any, Any]:
        marks = {name: mark_like(value) for name, value in values.items()}
        compiler: Any = self._build(**marks).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        names = {mark: name for name, mark in marks.items()}
        places = [
            Place(names[one]) if isinstance(one, UUID | datetime.date | str) and one in names else one
            for one in parameters
        ]
        missing = set(marks) - {place.name for place in places if isinstance(place, Place)}
        if missing:
            raise ValueError(f"these are no parameters of the query: {', '.join(sorted(missing))}")
        return sql, places, compiler, compiler.get_converters([column[0] for column in compiler.select])


def mark_like(value: Any) -> Any:
    """A value of the same type that no query has by itself."""
    if isinstance(value, UUID):
        return uuid4()
    microsecond = secrets.randbelow(1_000_000)
    if isinstance(value, datetime.datetime):
        return datetime.datetime(1583, 4, 7, 3, 21, 17, microsecond, tzinfo=value.tzinfo)
    if isinstance(value, datetime.date):
        return datetime.date(1583, 1, 1) + datetime.timedelta(days=microsecond % 9973)
    if isinstance(value, str):
        return secrets.token_hex(16)
    raise TypeError(f"no mark for {value!r}")
