"""Prompts as named, versioned files, and the data blocks that keep foreign text from being obeyed.

A prompt is `app/name.language`; what many of them say stands once, in prompt_parts/, and is named by `{{> part }}`.
"""

import re
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent.parent
PARTS = Path(__file__).resolve().parent / "prompt_parts"
LANGUAGES = ("cs", "en")
LONGEST = 60_000
_FRONT = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n", re.DOTALL)
_PART = re.compile(r"\{\{> *([a-z_]+) *\}\}")
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
    """The prompt `app/name.language` (or a path) with its variables; `body` is an overriding text as a whole."""
    front, words = front_and_body(source, body if body is not None else source_of(source))
    head: dict[str, Any] = tomllib.loads(front)
    words = _PART.sub(lambda named: _part(named[1], str(head["name"])), words)
    known = set(head["variables"])
    if known != set(variables):
        raise PromptError(f"{source}: wants {sorted(known)}, was given {sorted(variables)}.")
    stray = set(_SLOT.findall(words)) - known
    if stray:
        raise PromptError(f"{source}: unknown variables {sorted(stray)}.")
    text = _SLOT.sub(lambda slot: str(variables[slot[1]]), words)
    return Prompt(str(head["name"]), int(head["version"]), text.strip() + "\n")


def in_language(name: str, language: str) -> str:
    """The prompt `app/name` for content of that language: in Czech for Czech, in English for every other one."""
    return f"{name}.{language if language in LANGUAGES else 'en'}"


def language_of(name: str) -> str:
    return name.rpartition(".")[2]


def _part(part: str, name: str) -> str:
    path = PARTS / f"{part}.{language_of(name)}.md"
    if not path.is_file():
        raise PromptError(f"{name}: there is no part {part}.")
    return path.read_text(encoding="utf-8").strip()


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
    if not re.fullmatch(r"[a-z_]+/[a-z_]+\.[a-z]{2}", source) or not path.is_file():
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
