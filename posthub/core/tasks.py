"""Background work by name. A task is a function that gets its running job; ids come in the job's payload.

The Job row (posthub.jobs) is the truth; the queue below only wakes a worker up, so it may lose messages.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.utils.module_loading import autodiscover_modules
from huey import Huey, PostgresHuey, PriorityRedisExpireHuey
from huey.serializer import SignedSerializer

T = TypeVar("T")
Work = Callable[[Any], None]
Reader = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Task:
    """`every` makes a task of the whole installation, started once a period; others belong to an organization.

    `version` is that of its payload: raise it when the payload's shape changes, and say by `reads_version`
    how to read the one before, which waits in the queue while a release is rolled out.
    """

    name: str
    queue: str
    work: Work
    seconds: int
    every: timedelta | None = None
    version: int = 1


_TASKS: dict[str, Task] = {}
# (task name, version) → the payload of that version as the next one has it.
READERS: dict[tuple[str, int], Reader] = {}


@cache
def read_definitions() -> None:
    """Import each app's tasks.py. They bring the whole pipeline along, which takes a second: servers and workers do
    it when they start, and a command that asks for no work never.
    """
    autodiscover_modules("tasks")


def tasks() -> Mapping[str, Task]:
    """Every task by its name."""
    read_definitions()
    return _TASKS


def tenant_task(name: str, *, queue: str, version: int = 1) -> Callable[[Work], Work]:
    """The only way to define a task. It runs in the schema of the organization that its job names."""
    return _registered(name, queue, None, version)


def reads_version(name: str, version: int) -> Callable[[Reader], Reader]:
    """Register how a payload of an older `version` becomes one of the next."""

    def register(reader: Reader) -> Reader:
        READERS[name, version] = reader
        return reader

    return register


def knows(name: str, version: int) -> bool:
    """Whether this release can do the work; a row of the next release may wait for a worker of that release."""
    task = tasks().get(name)
    if task is None or version > task.version:
        return False
    return all((name, older) in READERS for older in range(version, task.version))


def read_payload(name: str, version: int, payload: dict[str, Any]) -> dict[str, Any]:
    """The payload in the shape of today; as it is where this release does not know the task."""
    read_definitions()
    while (reader := READERS.get((name, version))) is not None:
        payload, version = reader(payload), version + 1
    return payload


def periodic_task(name: str, *, every: timedelta, queue: str = "scheduled") -> Callable[[Work], Work]:
    """A task of the public schema, started at most once in each period `every` of the clock."""
    return _registered(name, queue, every, 1)


def _registered(name: str, queue: str, every: timedelta | None, version: int) -> Callable[[Work], Work]:
    def register(work: Work) -> Work:
        if name in _TASKS and _TASKS[name].work.__module__ != work.__module__:
            raise ValueError(f"two tasks named {name}")
        _TASKS[name] = Task(name, queue, work, settings.QUEUES[queue][1], every, version)
        return work

    return register


class OncePerQueue(Generic[T]):
    """Something made when it is first asked for, and never twice, however many threads ask at once."""

    _lock = threading.RLock()

    def __init__(self, make: Callable[[str], T]) -> None:
        self._make = make
        self._made: dict[str, T] = {}
        self.__doc__ = make.__doc__

    def __call__(self, queue: str) -> T:
        with self._lock:
            if queue not in self._made:
                self._made[queue] = self._make(queue)
            return self._made[queue]

    def cache_clear(self) -> None:
        self._made.clear()


@OncePerQueue
def wake_up_queue(queue: str) -> Huey:
    """The transport of one queue: Redis where configured, else the database itself."""
    options: dict[str, Any] = {
        "results": False,
        "serializer": SignedSerializer(secret=settings.SECRET_KEY, salt="posthub.jobs"),
    }
    if settings.REDIS_URL:
        return PriorityRedisExpireHuey(f"posthub-{queue}", connection_pool=_redis_pool(), **options)
    return PostgresHuey(
        f"posthub-{queue}",
        create_tables=False,
        **connection_options(settings.DATABASES["default"]),
        **options,
    )


def _redis_pool() -> Any:
    import redis

    # A Redis that hangs must not hang whoever asks for work: the row is written, the hint can be given again.
    return redis.ConnectionPool.from_url(settings.REDIS_URL, socket_timeout=5, socket_connect_timeout=2)


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
    # Whatever a role's search path is, the queue's tables are found in public. Hints may be lost, so that
    # none of them waits for the disk.
    ours = "-c search_path=public -c synchronous_commit=off"
    given["options"] = f"{given.get('options', '')} {ours}".strip()
    return {key: value for key, value in given.items() if value}


def make_transport_tables() -> None:
    """The tables of Huey's PostgreSQL storage; nothing to do where Redis carries the hints."""
    if not settings.REDIS_URL:
        wake_up_queue("default").storage.initialize_schema()
