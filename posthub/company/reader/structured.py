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
MOST_PROPERTIES = 1_500
MOST_NESTED = 8  # items within items
DEEPEST = 100  # elements between a property and its item
LONGEST_TEXT = 4_000  # characters of one property
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
    scopes = tree.css("[itemscope]")[:MOST]
    items = {node.mem_id: _item(node) for node in scopes}
    depths: dict[int, int] = {}
    for node in scopes:
        depths[node.mem_id] = depths.get(_owner(node), 0) + 1
    for node in tree.css("[itemprop]")[:MOST_PROPERTIES]:
        owner = _owner(node)
        inner = items.get(node.mem_id)
        if owner not in items or (inner is not None and depths[node.mem_id] > MOST_NESTED):
            continue
        _note(items[owner], node, _content(node) if inner is None else inner)
    return [items[node.mem_id] for node in scopes if items[node.mem_id].get("@type")]


def _item(node: LexborNode) -> Thing:
    kind = (node.attributes.get("itemtype") or "").rstrip("/").rpartition("/")[2]
    return {"@type": kind, "depth": 2 if node.attributes.get("itemprop") else 0}


def _note(item: Thing, node: LexborNode, value: Any) -> None:
    for name in (node.attributes.get("itemprop") or "").split()[:5]:
        if name not in item:
            item[name] = value
        elif isinstance(item[name], list):
            item[name].append(value)
        else:
            item[name] = [item[name], value]


def _owner(node: LexborNode) -> int:
    parent = node.parent
    for _ in range(DEEPEST):
        if parent is None:
            break
        if "itemscope" in parent.attributes:
            return parent.mem_id
        parent = parent.parent
    return 0


def _content(node: LexborNode) -> str:
    attributes = node.attributes
    for name in ("content", "datetime", "href", "src"):
        if attributes.get(name):
            return (attributes.get(name) or "").strip()
    return re.sub(r"\s+", " ", node.text(deep=True)[:LONGEST_TEXT]).strip()
