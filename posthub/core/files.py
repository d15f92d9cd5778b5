"""Files that people gave and PostHub made, each under its organization's folder, wherever the storage keeps them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage

ALL = "org"


def folder_of(schema_name: str) -> str:
    return f"{ALL}/{schema_name}"


def names_under(folder: str) -> Iterator[str]:
    """Every file below `folder`, sorted. A folder that is not there is empty."""
    folders, files = _listed(folder)
    yield from (f"{folder}/{name}" for name in sorted(files))
    for inner in sorted(folders):
        yield from names_under(f"{folder}/{inner}")


def erase(folder: str) -> None:
    """The files, and after them the folders themselves: a file system keeps empty ones."""
    folders, files = _listed(folder)
    for name in files:
        default_storage.delete(f"{folder}/{name}")
    for inner in folders:
        erase(f"{folder}/{inner}")
    default_storage.delete(folder)


def copy_out(folder: str, target: Path) -> None:
    for name in names_under(folder):
        place = target / Path(name).relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        with default_storage.open(name) as source, place.open("wb") as file:
            shutil.copyfileobj(source, file)


def copy_in(source: Path, folder: str) -> None:
    """What has the same name there is written over."""
    for path in sorted(source.rglob("*")):
        if not path.is_file():
            continue
        name = f"{folder}/{path.relative_to(source).as_posix()}"
        default_storage.delete(name)
        with path.open("rb") as file:
            default_storage.save(name, File(file))


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
    # An object store may hold an entry for the folder itself.
    return [name for name in folders if name], [name for name in files if name]
