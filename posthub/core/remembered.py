"""What a process keeps in mind for a while, of a bounded number of things."""

import threading
import time
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """Key → value, for `seconds`. It holds `most` keys: what was put in longest ago makes room."""

    def __init__(self, seconds: float, most: int = 5000) -> None:
        self._seconds, self._most = seconds, most
        self._known: dict[str, tuple[float, Value]] = {}
        self._lock = threading.Lock()

    def get(self, key: str) -> Value | None:
        known = self._known.get(key)
        return known[1] if known and known[0] > time.monotonic() else None

    def put(self, key: str, value: Value) -> None:
        with self._lock:
            self._put(key, value)

    def add(self, key: str, value: Value) -> bool:
        """Whether `key` was not known. It is now."""
        with self._lock:
            if self.get(key) is not None:
                return False
            self._put(key, value)
            return True

    def drop(self, key: str) -> None:
        with self._lock:
            self._known.pop(key, None)

    def forget(self) -> None:
        with self._lock:
            self._known.clear()

    def __len__(self) -> int:
        return len(self._known)

    def _put(self, key: str, value: Value) -> None:
        # A dictionary keeps its order, and a key put in again goes to its end.
        self._known.pop(key, None)
        self._known[key] = (time.monotonic() + self._seconds, value)
        if len(self._known) > self._most:
            del self._known[next(iter(self._known))]
