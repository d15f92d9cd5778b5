"""`python -m tests.proofs.screens [N]`: on an embedded PostgreSQL of its own, or the database of DATABASE_URL.

The last line is JSON: {"screens": {name: {"sql", "cpu_ms", "html_bytes", "gzip_bytes"}}, "decision": …, "bulk": …}.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

from tests.run import database


def main(arguments: list[str]) -> int:
    n = int(arguments[0]) if arguments else 500
    with database() as url, tempfile.TemporaryDirectory(prefix="posthub-screens-") as directory:
        Path(directory).chmod(0o711)
        os.environ |= {
            "DATABASE_URL": url,
            "DATA_DIR": directory,
            "DJANGO_SETTINGS_MODULE": "posthub.settings",
            "TESTING": "1",
            "LOG_LEVEL": "ERROR",
        }
        Path(directory, "static").mkdir()
        import django

        django.setup()
        from tests.proofs.screens.bench import bench, too_much

        figures = bench(n)
        over = too_much(figures["screens"])
    print(*over, sep="\n", file=sys.stderr)
    print(json.dumps(figures), flush=True)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
