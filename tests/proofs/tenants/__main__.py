"""`python -m tests.proofs.tenants [N]`: on an embedded PostgreSQL of its own, or the empty database of DATABASE_URL."""

import json
import logging
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.proofs.tenants import clocks
from tests.run import database


def main(arguments: list[str]) -> int:
    n = int(arguments[0]) if arguments else 1000
    started = time.perf_counter()
    with database() as url, tempfile.TemporaryDirectory(prefix="posthub-tenants-") as directory:
        Path(directory).chmod(0o711)
        os.environ |= {
            "DATABASE_URL": url,
            "DATA_DIR": directory,
            "DJANGO_SETTINGS_MODULE": clocks.SETTINGS,
            "TESTING": "1",
            "LOG_LEVEL": "ERROR",
        }
        Path(directory, "static").mkdir()
        import django

        django.setup()
        # Maintenance is meant here, and needs no line of its own.
        logging.getLogger("django.request").setLevel(logging.CRITICAL)
        from tests.proofs.tenants.proof import prove

        figures = prove(n, 3, clocks.as_a_program, rounds=max(50, n), kill=n >= 100)
    cpu = sum(os.times()[:4])
    figures |= {"wall_s": round(time.perf_counter() - started), "cpu_s": round(cpu)}
    print(json.dumps(figures), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
