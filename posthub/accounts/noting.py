"""Which sessions are in use: noted as somebody signs in, and then now and again."""

from ipaddress import ip_address
from typing import Any

from posthub.accounts import operations
from posthub.core.remembered import Remembered

# Keys of sessions that came by.
LATELY = Remembered[bool](seconds=600)


def note(request: Any, user: Any) -> None:
    """That the request's session is in use. A session asks for a statement once in ten minutes."""
    key = request.session.session_key
    if not (key and user.is_authenticated and LATELY.add(key, True)):
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
