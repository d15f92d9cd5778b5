"""One version for all of our own static files. Read by the settings, so it may import nothing of Django."""

import hashlib
from pathlib import Path


def version_of(root: Path) -> str:
    """Ten digits that any change of any file below `root` changes."""
    digest = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:10]
