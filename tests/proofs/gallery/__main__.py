"""`python -m tests.proofs.gallery`: every screen × role × state × width × theme × language, as a picture and checked.

The demo runs on a database of its own; an organization in which everything failed is added to it. Pictures lie
in test-artefacts/screens. The last line is JSON; the exit code is 1 where anything was found.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.run import ROOT, chromium
from tests.support.ports import free_port

PICTURES = ROOT / "test-artefacts" / "screens"


@contextmanager
def demo() -> Iterator[int]:
    """The running demo, filled; its port. This process can look into its database."""
    with tempfile.TemporaryDirectory(prefix="posthub-screens-") as directory:
        Path(directory).chmod(0o711)
        port = free_port()
        os.environ |= {
            "DATA_DIR": directory,
            "PORT": str(port),
            "BASE_HOST": "posthub.localhost",
            "DEMO": "1",
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "posthub.settings",
        }
        command = [sys.executable, "-m", "posthub.demo", "--tied"]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if "is ready at" in line:
                    break
            else:
                raise SystemExit("the demo did not start")
            yield port
        finally:
            process.terminate()
            process.wait(timeout=60)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.proofs.gallery", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], help="screens whose name has one of these in it")
    parser.add_argument("--states", nargs="+", default=["filled", "first-run", "error"])
    parser.add_argument("--roles", nargs="+", default=[], help="all of them, if none is named")
    parser.add_argument("--languages", nargs="+", default=["en", "cs"])
    windows = [f"{width}-{scheme}" for width in (1280, 360) for scheme in ("light", "dark")]
    parser.add_argument("--windows", nargs="+", default=windows, choices=windows)
    chosen = parser.parse_args(arguments)
    shutil.rmtree(PICTURES, ignore_errors=True)
    with demo() as port:
        import django

        django.setup()
        from tests.proofs.gallery.tour import tour

        return tour(
            port=port,
            pictures=PICTURES,
            browser=chromium(),
            only=chosen.only,
            states=chosen.states,
            roles=chosen.roles,
            languages=chosen.languages,
            windows=chosen.windows,
            say=lambda line: print(line, file=sys.stderr, flush=True),
            show=lambda text: print(text, flush=True),
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
