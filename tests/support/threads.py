"""Running the same thing from several threads at once, each with its own connection."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def at_once(count: int, work: Callable[[int], T], *, seconds: float = 240) -> list[T | Exception]:
    """What `work(0)` … `work(count - 1)` gave or raised, all begun at the same moment."""
    gate = threading.Barrier(count)

    def one(number: int) -> T | Exception:
        try:
            gate.wait(seconds)
            return work(number)
        except Exception as problem:  # noqa: BLE001 - what a thread raises is the result that is looked at
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count), timeout=seconds))


def all_well(results: list[T | Exception]) -> list[T]:
    """The results; raises the first thing that was raised."""
    for result in results:
        if isinstance(result, Exception):
            raise result
    return [result for result in results if not isinstance(result, Exception)]
