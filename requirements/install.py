"""Make .venv and install one locked set into it: `python3 requirements/install.py base|dev`.

Needs nothing but the standard library. What is installed already is known by the lock file's checksum.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"


def install(name: str) -> None:
    with (ROOT / ".venv.lock").open("w") as handle:
        # Two copies may be started from one directory at the same moment.
        fcntl.flock(handle, fcntl.LOCK_EX)
        lock = ROOT / "requirements" / f"{name}.txt"
        stamp = VENV / f"installed-{name}-{hashlib.sha256(lock.read_bytes()).hexdigest()[:16]}"
        if stamp.exists() and _runs("-c", ""):
            return
        if not _runs("-m", "pip", "--version"):
            _create()
        print(f"Installing requirements/{name}.txt into .venv", file=sys.stderr, flush=True)
        pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", str(lock)], check=True)
        stamp.touch()


def _runs(*arguments: str) -> bool:
    python = VENV / "bin" / "python"
    return python.exists() and subprocess.run([python, *arguments], capture_output=True).returncode == 0


def _create() -> None:
    print("Creating .venv", file=sys.stderr, flush=True)
    if VENV.exists():
        shutil.rmtree(VENV)
    if subprocess.run([sys.executable, "-m", "venv", VENV]).returncode == 0:
        return
    # Debian keeps ensurepip in a package of its own.
    if os.geteuid() == 0 and shutil.which("apt-get"):
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        subprocess.run(["apt-get", "update", "-q"], check=True, stdout=sys.stderr)
        subprocess.run(["apt-get", "install", "-qy", package], check=True, stdout=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
        return
    sys.exit("python3 -m venv does not work here; install it (on Debian: apt-get install python3-venv).")


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what runs before anything is checked
        sys.exit(f"PostHub needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    try:
        install(sys.argv[1])
    except subprocess.CalledProcessError as problem:
        sys.exit(f"Setting up .venv failed: {problem}")
