#!/usr/bin/env python3
import contextlib
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from posthub.core import embedded, processes
from posthub.core.postgres_binaries import EmbeddedError

assert processes  # which remembers who started this one: a worker must not outlive them

# Everything else is quick because no database has to be started for it.
NEEDS_DATABASE = {
    *(
        "migrate",
        "migrate_schemas",
        "migrate_tenants",
        "shell",
        "dbshell",
        "runserver",
        "createsuperuser",
        "test",
    ),
    *("provision", "posthub_worker", "posthub_sweeper", "seed_demo"),
    *("posthub_backup", "posthub_restore"),
}


def database_for(arguments: Sequence[str]) -> AbstractContextManager[object]:
    """The embedded server for as long as a command needs it, unless DATABASE_URL names another one."""
    configured = os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE")
    asks_for_help = {"--help", "-h"} & set(arguments)
    if configured or asks_for_help or not NEEDS_DATABASE & set(arguments[1:2]):
        return contextlib.nullcontext()
    data_dir = os.environ.get("DATA_DIR") or Path(__file__).parent / embedded.DEFAULT_DATA_DIR
    return embedded.serving(Path(data_dir))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "posthub.settings")
    from django.core.management import execute_from_command_line

    with database_for(sys.argv):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    try:
        main()
    except EmbeddedError as problem:
        sys.exit(str(problem))
