"""A later release: today's migrations of one app and new ones beside them, in a package made for the occasion."""

import os
import secrets
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.test import override_settings

ROOT = Path(__file__).resolve().parents[2]
MIGRATION = """from django.db import migrations, models
{before}

class Migration(migrations.Migration):
    dependencies = [("{app}", "{after}")]
    operations = [{operations}]
"""


def write_release(directory: Path, app: str, new: Mapping[str, str], before: str = "") -> str:
    """Write the package and return its name. `new` is the name of a migration → the source of its operations."""
    package = f"later_{app}_{secrets.token_hex(4)}"
    made = directory / package
    shutil.copytree(ROOT / "posthub" / app / "migrations", made, ignore=shutil.ignore_patterns("__pycache__"))
    after = max(path.stem for path in made.glob("[0-9]*.py"))
    for name, operations in new.items():
        source = MIGRATION.format(before=before, app=app, after=after, operations=operations)
        (made / f"{name}.py").write_text(source)
        after = name
    return package


@contextmanager
def later_release(directory: Path, app: str, new: Mapping[str, str], before: str = "") -> Iterator[None]:
    """Within the block this process, and what it starts with the proofs' settings, is of the later release."""
    package = write_release(directory, app, new, before)
    modules = {**settings.MIGRATION_MODULES, app: package}
    kept = {name: os.environ.get(name) for name in ("PYTHONPATH", "LATER_RELEASE")}
    sys.path.insert(0, str(directory))
    os.environ |= {"PYTHONPATH": str(directory), "LATER_RELEASE": f"{app}={package}"}
    try:
        with override_settings(MIGRATION_MODULES=modules):
            yield
    finally:
        sys.path.remove(str(directory))
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
