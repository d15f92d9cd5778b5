"""The same work with plain Huey and its retries, under the same faults: what a queue alone makes of it."""

import os
from typing import Any

import psycopg
from django.conf import settings
from huey import Huey, PostgresHuey, RedisHuey

from posthub.core.tasks import connection_options
from tests.proofs.chaos.tasks import ask

RETRIES = 5


def plain_huey() -> Huey:
    if settings.REDIS_URL:
        return RedisHuey("control", url=settings.REDIS_URL, results=False)
    options: dict[str, Any] = connection_options(settings.DATABASES["default"])
    return PostgresHuey("control", create_tables=False, results=False, **options)


def task_of(huey: Huey) -> Any:
    @huey.task(name="control.work", retries=RETRIES, retry_delay=1)
    def work(provider: str, key: str) -> None:
        ask(provider, key, 0, who="control")
        options = connection_options(settings.DATABASES["default"])
        with psycopg.connect(**options, autocommit=True) as session:
            session.execute("INSERT INTO public.chaos_effect (kind, key) VALUES ('control', %s)", [key])

    return work


def consume() -> None:
    huey = plain_huey()
    task_of(huey)
    huey.create_consumer(workers=4, worker_type="thread", periodic=False).run()
    os._exit(0)
