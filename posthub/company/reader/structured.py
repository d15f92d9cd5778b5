"""What a page says in machine form: JSON-LD (repaired where it is broken) and microdata."""

import html
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from posthub.company.reader.hidden import without_comments

Thing = dict[str, Any]
MOST = 300
MOST_SCRIPTS = 40
LONGEST = 500_000  # characters of one script
LONGEST_DAMAGED = 60_000  # characters that are mended; more is no slip of the pen
DAMAGED_AT_MOST = 3  # scripts of one page that are tried to be mended


def json_ld(tree: LexborHTMLParser) -> tuple[list[Thing], int]:
    """(all objects with a type, nested ones included; how many scripts could not be read)."""
    found: list[Thing] = []
    damaged = 0
    mended = 0
    for script in tree.css('script[type*="ld+json" i]')[:MOST_SCRIPTS]:
        text = script.text() or ""
        if not text.strip() or len(found) >= MOST:
            continue
        values = _sound(text)
        if not values and mended < DAMAGED_AT_MOST and len(text) <= LONGEST_DAMAGED:
            mended += 1
            values = tolerant(text)
        damaged += not values
        for value in values:
            found += islice(_things(value), MOST)
    return found[:MOST], damaged


def _sound(text: str) -> list[Any]:
    """The values of a script that is well-formed as it stands."""
    return _values(text.strip().rstrip(";")) if len(text) <= LONGEST else []


def tolerant(text: str) -> list[Any]:
    """The JSON values of a script, mending what people break: comments, commas, line ends, missing brackets."""
    text = (
        re.sub(r"^\s*(<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(-->|//\s*\]\]>|\]\]>)\s*$", "", text.strip())
        .strip()
        .rstrip(";")
    )
    mended = _mended(text)
    for candidate in (text, mended, html.unescape(mended), _closed(mended)):
        if values := _values(candidate):
            return values
    return []


BETWEEN = re.compile(r"[ \t\r\n,;]*")


def _values(text: str) -> list[Any]:
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    at = 0
    while at < len(text) and len(values) < MOST:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return []
        values.append(value)
        gap = BETWEEN.match(text, at)
        at = gap.end() if gap else at
    return values


def _mended(text: str) -> str:
    text = without_comments(text)
    text = re.sub(r"(?m)(^|[\s,{\[])//[^\n\"]{0,300}$", r"\1", text)
    text = text.replace("“", '"').replace("”", '"') if '"' not in text else text
    text = re.sub(r"([{,]\s*)'([^'\"\n]*)'(\s*:)", r'\1"\2"\3', text)
    text = re.sub(r"(:\s*)'([^'\"\n]*)'(\s*[,}\]])", r'\1"\2"\3', text)
    text = re.sub(r"([{,]\s*)([A-Za-z_@][\w@]*)(\s*:\s*[\"{\[\d])", r'\1"\2"\3', text)
    text = re.sub(r"(\"|\d|\]|\}|true|false|null)(\s+)(\"[\w@:-]+\"\s*:)", r"\1,\2\3", text)
    return re.sub(r",(\s*[}\]])", r"\1", text)


def _closed(text: str) -> str:
    """A cut-off document closed after its last whole member."""
    stack: list[str] = []
    in_string = escaped = False
    last = 0
    kept: list[str] = []
    for index, char in enumerate(text):
        if in_string:
            in_string = escaped or char != '"'
            escaped = char == "\\" and not escaped
            continue
        if char == '"':
            in_string = True
        elif char in "{[":
            stack.append("}" if char == "{" else "]")
        elif char in "}]" and stack:
            stack.pop()
        elif char == ",":
            last, kept = index, list(stack)
    if not stack and not in_string:
        return text
    if (
        not in_string
        and re.search(r"[\"\d}\]el]\s*$", text)
        and _values(whole := text + "".join(reversed(stack)))
    ):
        return whole
    return text[:last] + "".join(reversed(kept))


def _things(value: Any, depth: int = 0) -> Iterator[Thing]:
    if depth > 12:
        return
    if isinstance(value, list):
        for entry in value[:MOST]:
            yield from _things(entry, depth + 1)
    elif isinstance(value, dict):
        if value.get("@type"):
            yield value | {"depth": depth}
        for entry in value.values():
            if isinstance(entry, dict | list):
                yield from _things(entry, depth + 1)


def microdata(tree: LexborHTMLParser) -> list[Thing]:
    """Top-level items of schema.org microdata in the shape of JSON-LD."""
    found: list[Thing] = []
    for node in tree.css("[itemscope][itemtype]")[:MOST]:
        kind = (node.attributes.get("itemtype") or "").rstrip("/").rpartition("/")[2]
        if kind:
            found.append(
                {"@type": kind, "depth": 0 if not node.attributes.get("itemprop") else 2} | _properties(node)
            )
    return found


def _properties(item: LexborNode) -> Thing:
    result: Thing = {}
    for node in item.css("[itemprop]")[:MOST]:
        if _owner(node) != item.mem_id:
            continue
        value: Any = _content(node)
        if "itemscope" in node.attributes:
            kind = (node.attributes.get("itemtype") or "").rstrip("/").rpartition("/")[2]
            value = {"@type": kind} | _properties(node)
        for name in (node.attributes.get("itemprop") or "").split():
            if name in result:
                before = result[name] if isinstance(result[name], list) else [result[name]]
                result[name] = [*before, value]
            else:
                result[name] = value
    return result


def _owner(node: LexborNode) -> int:
    parent = node.parent
    while parent is not None:
        if "itemscope" in parent.attributes:
            return parent.mem_id
        parent = parent.parent
    return 0


def _content(node: LexborNode) -> str:
    attributes = node.attributes
    for name in ("content", "datetime", "href", "src"):
        if attributes.get(name):
            return (attributes.get(name) or "").strip()
    return re.sub(r"\s+", " ", node.text(deep=True)).strip()
