"""The value of a DNA point as people read it and as it may be repeated: lines of text."""

import re
from typing import Any

from posthub.company.points import BY_KEY, Point

# The field of an object that says what it is about; the others only add to it.
SPOKEN = ("name", "claim", "quote", "label", "street", "note", "title", "url")
SHORTEST_REFUSAL = 3


def known(value: Any) -> bool:
    """Whether there is anything at all: an empty text, list or object says nothing."""
    if isinstance(value, dict):
        return any(known(part) for part in value.values())
    if isinstance(value, list):
        return any(known(part) for part in value)
    return value is not None and str(value).strip() != ""


def entries(value: Any) -> list[Any]:
    """The entries of a list that say something; a single value is a list of one."""
    return [entry for entry in (value if isinstance(value, list) else [value]) if known(entry)]


def part_text(part: Any) -> str:
    """One part of an entry, as people read and type it; several codes or places stand in a row."""
    return ", ".join(part_text(one) for one in part) if isinstance(part, list) else str(part).strip()


def line(point: Point, entry: Any) -> str:
    """One entry as one line: "Rye bread: baked on stone", "Main Street 1, Brno"."""
    if not isinstance(entry, dict):
        return str(entry).strip()
    parts = {name: part_text(entry[name]) for name in point.fields or entry if known(entry.get(name))}
    if point.key == "identity.hq_address":
        return ", ".join(parts.values())
    if point.kind == "map":
        return ", ".join(f"{name}: {text}" for name, text in parts.items())
    parts = {name: text for name, text in parts.items() if name not in {"url", "source_url", "nace"}} or parts
    first = spoken(entry)
    rest = [text for text in parts.values() if text != first]
    if not rest:
        return first
    return f"{first}: {', '.join(rest)}" if "desc" in parts else f"{first} ({', '.join(rest)})"


def lines(key: str, value: Any) -> list[str]:
    return [line(BY_KEY[key], entry) for entry in entries(value)]


def spoken(entry: Any) -> str:
    """What an entry says by itself: the text, or the leading field of an object."""
    if not isinstance(entry, dict):
        return str(entry).strip()
    return next((part_text(entry[name]) for name in SPOKEN if known(entry.get(name))), "")


def refusals(key: str, value: Any) -> list[str]:
    """The phrases that may not be repeated once this value was refused.

    A choice out of a fixed list ("mid", "warm") is a setting and no phrase, so it blocks nothing.
    """
    point = BY_KEY.get(key)
    if point is None or point.kind in {"choice", "choices", "map"}:
        return []
    said = (spoken(entry) for entry in entries(value))
    return [phrase for phrase in said if len(phrase) >= SHORTEST_REFUSAL]


class Refusals:
    """Phrases that the client refused; asks whether a text holds one, as whole words, in any case."""

    def __init__(self, phrases: list[str]) -> None:
        patterns = [r"\s+".join(map(re.escape, plain(phrase).split())) for phrase in phrases]
        self._found = re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)") if patterns else None

    def hit(self, text: str) -> bool:
        return self._found is not None and self._found.search(plain(text)) is not None

    def without(self, key: str, value: Any) -> Any:
        """The value less its refused entries; None where nothing is left."""
        point = BY_KEY[key]
        if isinstance(value, list):
            left = [entry for entry in value if not self.hit(line(point, entry))]
            return left or None
        return None if known(value) and self.hit(line(point, value)) else value


def plain(text: str) -> str:
    return text.casefold().strip().rstrip(".!?")
