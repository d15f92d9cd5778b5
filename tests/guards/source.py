"""PostHub's own source, parsed once."""

import ast
import io
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "posthub"
# House order: an app may use what stands left of it.
APPS = (
    "core ui audit accounts organizations jobs worklist ai billing lifecycle company personas content "
    "approvals delivery notifications backoffice demo"
).split()


@cache
def modules() -> dict[str, ast.Module]:
    """Path below posthub/ → its tree; migrations are left out."""
    return {
        str(path.relative_to(PACKAGE)): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts
    }


def imported(tree: ast.Module) -> Iterator[str]:
    """Every module of ours that is imported anywhere in `tree`: at the top, in functions, for types only."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            if node.module == "posthub" or node.module.startswith("posthub."):
                yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("posthub."))


def code_lines(path: Path) -> int:
    """Lines that hold code: not blank, not comment, not docstring."""
    text = path.read_text(encoding="utf-8")
    silent = {
        tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER,
    }  # fmt: skip
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in silent:
            lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines - docstring_lines(ast.parse(text)))


def docstring_lines(tree: ast.AST) -> set[int]:
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            said = node.body[0]
            lines.update(range(said.lineno, (said.end_lineno or said.lineno) + 1))
    return lines
