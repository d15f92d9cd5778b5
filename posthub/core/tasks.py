"""Background work by name. A task is a function that gets its running job; ids come in the job's payload.

The Job row (posthub.jobs) is the truth; the queue below only wakes a worker up, so it may lose messages.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings
from huey import Huey, PostgresHuey, PriorityRedisExpireHuey
from huey.serializer import SignedSerializer

Work = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Task:
    """`every` makes a task of the whole installation, started once a period; others belong to an organization."""

    name: str
    queue: str
    work: Work
    seconds: int
    every: timedelta | None = None


TASKS: dict[str, Task] = {}


def tenant_task(name: str, *, queue: str) -> Callable[[Work], Work]:
    """The only way to define a task. It runs in the schema of the organization that its job names."""
    return _registered(name, queue, None)


def periodic_task(name: str, *, every: timedelta, queue: str = "scheduled") -> Callable[[Work], Work]:
    """A task of the public schema, started at most once in each period `every` of the clock."""
    return _registered(name, queue, every)


def _registered(name: str, queue: str, every: timedelta | None) -> Callable[[Work], Work]:
    def register(work: Work) -> Work:
        if name in TASKS and TASKS[name].work.__module__ != work.__module__:
            raise ValueError(f"two tasks named {name}")
        TASKS[name] = Task(name, queue, work, settings.QUEUES[queue][1], every)
        return work

    return register


@cache
def wake_up_queue(queue: str) -> Huey:
    """The transport of one queue: Redis where configured, else the database itself."""
    options: dict[str, Any] = {
        "results": False,
        "serializer": SignedSerializer(secret=settings.SECRET_KEY, salt="posthub.jobs"),
    }
    if settings.REDIS_URL:
        return PriorityRedisExpireHuey(f"posthub-{queue}", url=settings.REDIS_URL, **options)
    return PostgresHuey(
        f"posthub-{queue}",
        create_tables=False,
        **connection_options(settings.DATABASES["default"]),
        **options,
    )


def connection_options(database: Mapping[str, Any]) -> dict[str, Any]:
    """What libpq is told for one of Django's DATABASES, its own options such as sslmode included."""
    given = {
        "host": database.get("HOST"),
        "port": database.get("PORT"),
        "user": database.get("USER"),
        "password": database.get("PASSWORD"),
        "dbname": database["NAME"],
        **{name: value for name, value in database.get("OPTIONS", {}).items() if name != "pool"},
    }
    # Whatever a role's search path is, the queue's tables are found in public.
    given["options"] = f"{given.get('options', '')} -c search_path=public".strip()
    return {key: value for key, value in given.items() if value}


def make_transport_tables() -> None:
    """The tables of Huey's PostgreSQL storage; nothing to do where Redis carries the hints."""
    if not settings.REDIS_URL:
        wake_up_queue("default").storage.initialize_schema()
