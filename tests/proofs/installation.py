"""A whole installation for a proof: an embedded PostgreSQL in a fresh directory, migrated, with one owner."""

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from posthub.core import embedded


@contextmanager
def installed(*, pool: int = 0) -> Iterator[None]:
    """Django is set up inside; its modules may be imported only there. `pool` is the size of a connection pool."""
    with tempfile.TemporaryDirectory(prefix="posthub-proof-") as directory:
        # PostgreSQL may have to run as somebody else, who must be able to come in.
        Path(directory).chmod(0o711)
        with embedded.serving(Path(directory), durable=False) as url:
            os.environ |= {
                "DATABASE_URL": url,
                "DATA_DIR": directory,
                "DATABASE_POOL": str(pool),
                "TESTING": "1",
                "LOG_LEVEL": "ERROR",
                "DJANGO_SETTINGS_MODULE": "posthub.settings",
            }
            import django

            django.setup()
            logging.getLogger("django").setLevel(logging.ERROR)
            from django.db import connection

            from posthub.core.tasks import make_transport_tables
            from posthub.organizations.migrating import migrate_everything

            migrate_everything()
            make_transport_tables()
            try:
                yield
            finally:
                connection.close()
                if pool:
                    connection.close_pool()
