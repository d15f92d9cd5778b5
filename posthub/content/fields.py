"""A clock time as people say it, without the moment it stands for."""

import datetime
from typing import Any

from django.db import models


class WallTimeField(models.Field):  # type: ignore[type-arg]
    """A naive datetime, kept as PostgreSQL's `timestamp`: no zone is ever added or taken away."""

    def db_type(self, connection: Any) -> str:
        return "timestamp"

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, datetime.datetime) and value.tzinfo is not None:
            raise ValueError("a clock time carries no zone")
        return value

    def to_python(self, value: Any) -> Any:
        return datetime.datetime.fromisoformat(value) if isinstance(value, str) else value
