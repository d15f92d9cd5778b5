"""Which sessions are in use: noted as somebody signs in, and then now and again."""

import threading
import time
from ipaddress import ip_address
from typing import Any

from posthub.accounts import operations


class Lately:
    """Keys that came by within `seconds` in this process; of `most`, the oldest make room."""

    def __init__(self, seconds: float = 600, most: int = 5000) -> None:
        self._seconds, self._most = seconds, most
        self._seen: dict[str, float] = {}
        self._lock = threading.Lock()

    def is_new(self, key: str) -> bool:
        """Whether `key` did not come by lately. It has now."""
        now = time.monotonic()
        with self._lock:
            if self._seen.get(key, 0) > now:
                return False
            self._seen.pop(key, None)
            self._seen[key] = now + self._seconds
            if len(self._seen) > self._most:
                # A dictionary keeps its order, and a key that came again was put at its end.
                del self._seen[next(iter(self._seen))]
            return True


LATELY = Lately()


def note(request: Any, user: Any) -> None:
    """That the request's session is in use. A session asks for a statement once in ten minutes."""
    key = request.session.session_key
    if not (key and user.is_authenticated and LATELY.is_new(key)):
        return
    said = {name: str(request.META.get(name, "")) for name in ("HTTP_HOST", "HTTP_USER_AGENT", "REMOTE_ADDR")}
    operations.note_sign_in(
        user,
        session_key=key,
        host=said["HTTP_HOST"],
        agent=said["HTTP_USER_AGENT"],
        ip=_address(said["REMOTE_ADDR"]),
    )


def _address(text: str) -> str | None:
    """A server that is asked through a socket of the file system has none to tell."""
    try:
        return str(ip_address(text))
    except ValueError:
        return None
