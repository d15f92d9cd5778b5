"""With hashes pip takes only what is locked: where `coverage[toml]` is asked for, a line `coverage` is not enough."""

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from twitter_text.regexp import emoji

from tests.guards.source import ROOT

LOCKS = {name: ROOT / "requirements" / f"{name}.txt" for name in ("base", "s3", "dev")}
LINE = re.compile(r"^([\w.-]+)(?:\[([\w., -]+)\])?==", re.MULTILINE)


def locked(path: Path) -> dict[str, set[str]]:
    """Each distribution of a lock file with its extras."""
    return {canonicalize_name(name): words(extras) for name, extras in LINE.findall(path.read_text())}


def words(extras: str) -> set[str]:
    return {word.strip() for word in extras.split(",") if word.strip()}


def asked_for(name: str, own_extras: set[str]) -> Iterator[Requirement]:
    """What an installed distribution asks for, itself and for those of its extras that are locked."""
    try:
        given = requires(name) or []
    except PackageNotFoundError:  # locked for another platform or another Python
        return
    for requirement in map(Requirement, given):
        environments = [{"extra": extra} for extra in ("", *own_extras)]
        if not requirement.marker or any(map(requirement.marker.evaluate, environments)):
            yield requirement


@pytest.mark.parametrize("path", LOCKS.values(), ids=LOCKS)
def test_every_extra_that_is_asked_for_is_locked(path: Path) -> None:
    lines = locked(path)
    missing = {
        f"{name} asks for {requirement}"
        for name, extras in lines.items()
        for requirement in asked_for(name, extras)
        if requirement.extras - lines.get(canonicalize_name(requirement.name), set())
    }
    assert missing == set()
    assert len(lines) > 20


def test_the_suite_itself_asks_for_an_extra() -> None:
    """So that the guard is known to look at something."""
    assert [set(asked.extras) for asked in asked_for("pytest-cov", set()) if asked.extras] == [{"toml"}]


def test_what_a_virtual_environment_holds_by_itself_is_not_relied_on() -> None:
    """Up to Python 3.11 it comes with setuptools, whose pkg_resources the counter of tweets imports."""
    assert "import pkg_resources" in Path(emoji.__file__).read_text()
    assert all("setuptools" in locked(path) for path in LOCKS.values())


@pytest.mark.parametrize("name", ["base", "dev"])
def test_everything_that_is_asked_for_is_locked(name: str) -> None:
    """A merge of lock files can lose lines without a conflict."""
    lines = (LOCKS[name].with_suffix(".in")).read_text().splitlines()
    wanted = {canonicalize_name(found[0]) for line in lines if (found := re.match(r"\w[\w.-]*", line))}
    assert wanted - set(locked(LOCKS[name])) == set()
