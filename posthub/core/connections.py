"""How long a connection is used. PostgreSQL keeps in a connection's memory what it learnt about the tables of
every schema that was worked in, and gives it back only when the connection ends.
"""

import threading
from typing import Any

from django.conf import settings

from posthub.core.database import connection


class Served(threading.local):
    """The schemas this thread's connection has worked in; `session` tells one connection from the next."""

    def __init__(self) -> None:
        self.session: Any = None
        self.schemas: set[str] = set()


SERVED = Served()


def note(schema_name: str) -> None:
    """The connection works, or is about to work, in this schema."""
    if SERVED.session is not connection.connection:
        SERVED.session, SERVED.schemas = connection.connection, set()
    SERVED.schemas.add(schema_name)


def renew_if_worn() -> bool:
    """Close a connection that has worked in too many schemas, once nothing is open on it; the next is fresh."""
    if len(SERVED.schemas) <= settings.SCHEMAS_PER_CONNECTION or connection.in_atomic_block:
        return False
    SERVED.session, SERVED.schemas = None, set()
    connection.close()
    return True
