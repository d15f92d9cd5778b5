import ast
import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.guards.source import modules

ROOT = Path(__file__).resolve().parents[2] / "templates"
NAMES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.suffix in {".html", ".txt"})


@pytest.mark.parametrize("name", NAMES)
def test_every_template_compiles(name: str) -> None:
    assert get_template(name).template.name == name


def test_what_a_view_shows_is_a_whole_page() -> None:
    """A part that other pages include stands under a name of its own."""
    shown = {
        name
        for module, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for name in re.findall(r"^[a-z_]+/[a-z_/]+\.html$", node.value)
        if not module.startswith("ui/") and not name.startswith("ui/")
    }
    bare = [name for name in sorted(shown) if "{% extends" not in (ROOT / name).read_text()]
    assert bare == []
    assert len(shown) > 50
