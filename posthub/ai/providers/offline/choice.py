"""Choosing the same way every time: order by a stable hash, never by chance."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")
_WRITTEN = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str)


def number(*parts: object) -> int:
    """The same large number for the same parts, on every machine and in every run."""
    written = _WRITTEN.encode(parts)
    return int.from_bytes(hashlib.blake2b(written.encode(), digest_size=8).digest(), "big")


def shuffled(items: Iterable[T], *parts: object) -> list[T]:
    """The items in an order that depends on the parts alone."""
    marked = [(number(*parts, place, str(item)), place, item) for place, item in enumerate(items)]
    return [item for _, _, item in sorted(marked, key=lambda entry: entry[:2])]


def pick(items: Sequence[T], *parts: object) -> T:
    return items[number(*parts) % len(items)]
