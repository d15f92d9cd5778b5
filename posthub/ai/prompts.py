"""Prompts as named, versioned files, and the data blocks that keep foreign text from being obeyed."""

import re
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent.parent
LONGEST = 60_000
_FRONT = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n", re.DOTALL)
_SLOT = re.compile(r"\{\{ *(\w+) *\}\}")
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    r"\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


class PromptError(Exception):
    """A prompt that is missing, or that lacks or does not know a variable."""


@dataclass(frozen=True, slots=True)
class Prompt:
    name: str
    version: int
    text: str


def render(source: str | Path, /, *, body: str | None = None, **variables: object) -> Prompt:
    """The prompt `app/name` (or a path) with its variables; `body` is an overriding text with the same front matter."""
    raw = body if body is not None else source_of(source)
    front, words = front_and_body(source, raw)
    head: dict[str, Any] = tomllib.loads(front)
    known = set(head["variables"])
    if known != set(variables):
        raise PromptError(f"{source}: wants {sorted(known)}, was given {sorted(variables)}.")
    stray = set(_SLOT.findall(raw)) - known
    if stray:
        raise PromptError(f"{source}: unknown variables {sorted(stray)}.")
    text = _SLOT.sub(lambda slot: str(variables[slot[1]]), words)
    return Prompt(str(head["name"]), int(head["version"]), text.strip() + "\n")


def source_of(source: str | Path) -> str:
    return _path(source).read_text(encoding="utf-8")


def front_and_body(source: str | Path, raw: str) -> tuple[str, str]:
    front = _FRONT.match(raw)
    if not front:
        raise PromptError(f"{source}: no front matter.")
    return front[1], raw[front.end() :]


def _path(source: str | Path) -> Path:
    if isinstance(source, Path):
        return source
    app, _, name = source.partition("/")
    path = HOME / app / "prompts" / f"{name}.md"
    if not re.fullmatch(r"[a-z_]+/[a-z_]+", source) or not path.is_file():
        raise PromptError(f"There is no prompt {source}.")
    return path


def data_block(kind: str, text: str, url: str = "", *, token: str = "") -> str:
    """Foreign text between delimiters that nobody could foresee, without anything invisible in it."""
    mark = token or secrets.token_hex(6)
    bare = _INVISIBLE.sub("", text)[:LONGEST]
    bare = bare.replace(mark, "").replace("<<", "‹‹").replace(">>", "››")
    address = re.sub(r"[\s<>]", "", _INVISIBLE.sub("", url))[:500]
    label = re.sub(r"[^\w-]", "", kind)
    where = f" url={address}" if address else ""
    return f"<<DATA {mark} kind={label}{where}>>\n{bare}\n<<END {mark}>>"
