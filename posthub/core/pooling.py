"""Whether something between us and PostgreSQL mixes sessions up, as a proxy that pools by transaction does.

A session's search path and role say whose rows it reads. Behind such a proxy the next transaction runs in
whatever session is free: with the path of another organization, and without any error.
"""

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

import psycopg

ROUNDS = 200


def mixes_sessions(database: Mapping[str, Any], *, rounds: int = ROUNDS) -> bool:
    """Two sessions each set a value of their own and read it back in another transaction, `rounds` times."""
    given = {
        "host": database.get("HOST"),
        "port": database.get("PORT"),
        "user": database.get("USER"),
        "password": database.get("PASSWORD"),
        "dbname": database["NAME"],
        **{name: value for name, value in database.get("OPTIONS", {}).items() if name != "pool"},
    }
    place = {name: value for name, value in given.items() if value}
    with ExitStack() as stack:
        sessions = [
            stack.enter_context(psycopg.connect(autocommit=True, prepare_threshold=None, **place))
            for _session in range(2)
        ]
        return any(_mixed(sessions, number) for number in range(rounds))


def _mixed(sessions: list[psycopg.Connection], number: int) -> bool:
    for name, session in enumerate(sessions):
        # A name of ours, which no proxy knows and restores; with SET, as the search path is.
        session.execute(f"SET posthub.session = 'session {name} round {number}'")
    found = [
        session.execute("SELECT current_setting('posthub.session', true)").fetchone() for session in sessions
    ]
    return found != [(f"session {name} round {number}",) for name in range(len(sessions))]


class MixedSessions(RuntimeError):
    """What is between us and PostgreSQL must not be served behind."""


def require_own_sessions(database: Mapping[str, Any]) -> None:
    """Refuse to start behind a proxy that pools by transaction; a database that is away is no reason."""
    try:
        mixed = mixes_sessions(database)
    except psycopg.OperationalError:
        return
    if mixed:
        raise MixedSessions(EXPLANATION)


EXPLANATION = (
    "Between PostHub and PostgreSQL something pools connections by transaction: one organization would read "
    "another one's rows. Connect directly, or set the proxy to pool by session."
)
