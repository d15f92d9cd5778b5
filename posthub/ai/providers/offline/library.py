"""The house's own sentences: loaded from `patterns/*.toml`, filled in only where the grammar allows it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PATTERNS = Path(__file__).parent / "patterns"
_EITHER = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Module:
    """A part of an article that is true of any company: how to compare, what to ask.

    `blocks` stand by themselves; `suits` is "goods", "service" or "both". Where `fields` are named it is
    for those trades only; `never` names the trades it would be odd for.
    """

    key: str
    suits: str
    families: frozenset[str]
    kinds: tuple[str, ...]
    headings: tuple[str, ...]
    blocks: tuple[str, ...]
    fields: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    def __str__(self) -> str:
        """What it is ordered by: a set's own text would differ from process to process."""
        return self.key


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of an article that tells what the company says: its headings, and how each kind of voice opens it."""

    theme: str
    named: tuple[str, ...]
    plain: tuple[str, ...]
    openings: tuple[str, ...]
    brisk: tuple[str, ...]
    asking: tuple[str, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        return self.named + self.plain


@dataclass(frozen=True, slots=True)
class Voice:
    """A way of speaking. `trade` names which of a trade's voice names it takes, if any."""

    key: str
    trade: str
    names: tuple[str, ...]
    role_title: str
    one_line: str
    tone: tuple[str, ...]
    sentence_length: str
    structures: tuple[str, ...]
    do: tuple[str, ...]
    dont: tuple[str, ...]
    signature: tuple[str, ...]
    topics: tuple[str, ...]
    expertise: tuple[str, ...]
    kinds: tuple[str, ...]
    families: tuple[str, ...]
    openings: tuple[str, ...]
    leads: tuple[str, ...]
    closings: tuple[str, ...]
    hooks: tuple[str, ...]
    posts: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A title's shape; `needs` is the slot it is built on.

    Where `fields`, `months` or `events` are named, it is for those trades, times of year and occasions only;
    `never` names the trades it would be odd for.
    """

    text: str
    family: str
    stage: str
    needs: str
    kinds: tuple[str, ...]
    suits: str = "both"
    fields: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    events: tuple[str, ...] = ()


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((PATTERNS / name).read_text(encoding="utf-8"))


def _frozen(value: Any) -> Any:
    return tuple(_frozen(entry) for entry in value) if isinstance(value, list) else value


@cache
def modules(language: str) -> tuple[Module, ...]:
    found = []
    for path in sorted(PATTERNS.glob(f"{language}-modules*.toml")):
        for entry in _read(path.name)["module"]:
            parts = {name: _frozen(value) for name, value in entry.items()}
            found.append(Module(**{"suits": "both", **parts, "families": frozenset(parts["families"])}))
    return tuple(found)


@cache
def chapters(language: str) -> Mapping[str, Chapter]:
    """By what they tell."""
    read = _read(f"{language}-chapters.toml")["chapter"]
    found = [Chapter(**{name: _frozen(value) for name, value in entry.items()}) for entry in read]
    return {chapter.theme: chapter for chapter in found}


@cache
def voices(language: str) -> tuple[Voice, ...]:
    found = []
    for path in sorted(PATTERNS.glob(f"{language}-voices*.toml")):
        found += [Voice(**{k: _frozen(v) for k, v in entry.items()}) for entry in _read(path.name)["voice"]]
    return tuple(found)


@cache
def frames(language: str) -> tuple[Frame, ...]:
    found: list[Frame] = []
    for group in _read(f"{language}-titles.toml")["frames"]:
        shared = {name: _frozen(value) for name, value in group.items() if name != "texts"}
        found += [Frame(**{"kinds": (), **shared, "text": text}) for text in group["texts"]]
    return tuple(found)


@cache
def occasions_of(language: str, event: str) -> frozenset[str]:
    """Which occasions of the titles an event is, by the words of its name."""
    said = set(re.findall(r"[\w’']+", event.casefold()))
    return frozenset(
        name for name, marks in _read(f"{language}-titles.toml")["occasions"].items() if said & set(marks)
    )


def pool(language: str, *path: str) -> tuple[str, ...]:
    """A list of sentences by its name in `<language>.toml`; empty where there is none."""
    node: Any = _read(f"{language}.toml")
    for step in path:
        node = node.get(step, {})
    return tuple(node) if isinstance(node, list) else ()


def table(language: str, name: str) -> Mapping[str, Any]:
    found = _read(f"{language}.toml")[name]
    assert isinstance(found, dict)
    return found


def trades(language: str) -> tuple[Mapping[str, Any], ...]:
    return tuple(_read(f"{language}-trades.toml")["trade"])


def fill(pattern: str, slots: Mapping[str, str], formality: str) -> str:
    """The sentence, or "" where it needs something that is not known. `[Přijďte|Přijď]` is formal
    or familiar.
    """
    if any(not slots.get(name) for name in _SLOT.findall(pattern)):
        return ""
    spoken = _EITHER.sub(lambda either: either[2 if formality == "tykani" else 1], pattern)
    return _SLOT.sub(lambda slot: slots[slot[1]], spoken)


def filled(pattern: str, slots: Mapping[str, str], formality: str) -> str:
    """As `fill`, with the capital letter a heading or sentence begins with."""
    text = fill(pattern, slots, formality)
    return text[:1].upper() + text[1:]
