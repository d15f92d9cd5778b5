"""Run the whole suite from nothing: `python tests/run.py [pytest's own arguments]`.

It finds a Chromium (or installs one), keeps an embedded PostgreSQL in a fresh directory for as long as the
tests take, unless DATABASE_URL names a server, and leaves pytest's summary as the last line.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from posthub.core import embedded  # noqa: E402

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# One process a core, each with a database of its own, each taking whole files: see tests/conftest.py.
EVERYTHING = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder", "--durations=40")
# The report is read again by tests/support/branches.py: the bound holds for branches alone, too.
REPORT = ROOT / "test-artefacts" / "coverage.json"
COVERAGE = ("--cov", "--cov-report=term:skip-covered", f"--cov-report=json:{REPORT}", "--cov-fail-under=90")


def chromium() -> str | None:
    """The browser's path; whatever is missing is installed if that is possible here."""
    if named := os.environ.get("POSTHUB_CHROMIUM"):
        return named
    return _installed() or _from_playwright() or _from_the_system()


def _installed() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _from_playwright() -> str | None:
    done = _try([sys.executable, "-m", "playwright", "install", "chromium"])
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    found = sorted(cache.glob("chromium-*/chrome-linux*/chrome")) if done else []
    # A browser without its system libraries is there, but does not start.
    return str(found[-1]) if found and _try([str(found[-1]), "--version"]) else None


def _from_the_system() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    if _try(["apt-get", "update", "-q"]) and _try(["apt-get", "install", "-qy", "chromium"]):
        return _installed()
    return None


def _try(command: list[str]) -> bool:
    print("Trying:", " ".join(command), file=sys.stderr, flush=True)
    try:
        return subprocess.run(command, stdout=sys.stderr, timeout=400).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


@contextlib.contextmanager
def database() -> Iterator[str]:
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="posthub-test-") as directory:
        # PostgreSQL may have to run as somebody else, who must be able to come in.
        Path(directory).chmod(0o711)
        with embedded.serving(Path(directory), durable=False) as url:
            yield url


def main(arguments: list[str]) -> int:
    browser = chromium()
    environment = dict(os.environ)
    # Following every line costs a fifth of the time, so it is done where the bound on coverage is kept.
    followed = COVERAGE if environment.get("CI") or environment.get("COVERAGE") else ()
    command = [sys.executable, "-m", "pytest", *(arguments or (*EVERYTHING, *followed))]
    if browser:
        environment["POSTHUB_CHROMIUM"] = browser
    elif os.environ.get("CI"):
        print(
            "No Chromium found, and none could be installed: the browser tests cannot run.", file=sys.stderr
        )
        return 1
    else:
        print("NO CHROMIUM: the tests that drive a browser are left out of this run.", file=sys.stderr)
        command += ["-m", "not browser"]
    with database() as url:
        environment["DATABASE_URL"] = url
        return subprocess.run(command, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
