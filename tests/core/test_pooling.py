"""A proxy that pools by transaction gives one organization another one's path. PostHub does not start behind it."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from posthub.core import checks, postgres_binaries
from posthub.core.pooling import MixedSessions, mixes_sessions, require_own_sessions

BOUNCER = """
[databases]
{name} = host={host} port={port} dbname={name}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
pool_mode = {mode}
"""


MODES = [("none", False), *([("transaction", True), ("session", False)] if shutil.which("pgbouncer") else [])]


@contextmanager
def before_the_database(directory: Path, mode: str) -> Iterator[dict[str, Any]]:
    if mode == "none":
        yield connection.settings_dict
        return
    with bouncer(directory, mode) as place:
        yield place


@contextmanager
def bouncer(directory: Path, mode: str) -> Iterator[dict[str, Any]]:
    """A PgBouncer on loopback before the test database; its place as one of Django's DATABASES."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        listen = probe.getsockname()[1]
    given = connection.settings_dict
    file = directory / "pgbouncer.ini"
    user = f" user={given['USER']}"
    text = BOUNCER.format(
        name=given["NAME"], host=given["HOST"], port=given["PORT"] or 5432, listen=listen, mode=mode
    )
    file.write_text(text.replace(f"dbname={given['NAME']}", f"dbname={given['NAME']}{user}"))
    command = postgres_binaries.privileges().wrap([shutil.which("pgbouncer") or "", str(file)])
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    place = {"HOST": "127.0.0.1", "PORT": str(listen), "USER": given["USER"], "NAME": given["NAME"]}
    try:
        _wait_for(listen)
        yield place
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


@pytest.mark.parametrize(("mode", "refused"), MODES)
def test_behind_a_proxy_that_pools_by_transaction_nothing_starts(
    db: None, tmp_path: Path, mode: str, refused: bool
) -> None:
    with before_the_database(tmp_path, mode) as place, override_settings(DATABASES={"default": place}):
        found = [problem.id for problem in checks.sessions_are_not_mixed(None, ["default"])]
        assert found == (["posthub.E004"] if refused else [])
        for command in ("posthub_worker", "posthub_sweeper") if refused else ():
            with pytest.raises(MixedSessions, match="pool by session"):
                call_command(command)


def test_a_database_that_is_away_is_waited_for_and_not_refused(db: None) -> None:
    away = {**connection.settings_dict, "HOST": "127.0.0.1", "PORT": "1"}
    require_own_sessions(away)
    with pytest.raises(psycopg.OperationalError):
        mixes_sessions(away)
