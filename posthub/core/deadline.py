"""How long the work at hand may still take. Whatever waits for the outside world asks this first.

A thread cannot be interrupted while it waits, so each wait gets a limit of its own that ends in time.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ends: ContextVar[float | None] = ContextVar("deadline", default=None)
LEAST_SECONDS = 0.05


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """The work of this block is to be over in `seconds`; an outer, earlier end stays in force."""
    end = time.monotonic() + seconds
    outer = _ends.get()
    token = _ends.set(end if outer is None else min(end, outer))
    try:
        yield
    finally:
        _ends.reset(token)


def seconds_left(most: float) -> float:
    """How long one wait may take: `most`, or what is left where that is less; never nothing."""
    end = _ends.get()
    return most if end is None else max(LEAST_SECONDS, min(most, end - time.monotonic()))
