"""What a page says in machine form: JSON-LD (repaired where it is broken) and microdata."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

Thing = dict[str, Any]
MOST = 300


def json_ld(tree: LexborHTMLParser) -> tuple[list[Thing], int]:
    """(all objects with a type, nested ones included; how many scripts could not be read)."""
    found: list[Thing] = []
    damaged = 0
    for script in tree.css('script[type*="ld+json" i]'):
        text = script.text() or ""
        if not text.strip():
            continue
        values = tolerant(text)
        damaged += not values
        for value in values:
            found += _things(value)
    return found[:MOST], damaged


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


def _values(text: str) -> list[Any]:
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    at = 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return []
        values.append(value)
        at = len(text) - len(text[at:].lstrip(" \t\r\n,;"))
    return values


def _mended(text: str) -> str:
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"(?m)(^|[\s,{\[])//[^\n\"]*$", r"\1", text)
    text = text.replace("“", '"').replace("”", '"') if '"' not in text else text
    text = re.sub(r"([{,]\s*)'([^'\"\n]*)'(\s*:)", r'\1"\2"\3', text)
    text = re.sub(r"(:\s*)'([^'\"\n]*)'(\s*[,}\]])", r'\1"\2"\3', text)
    text = re.sub(r"([{,]\s*)([A-Za-z_@][\w@]*)(\s*:\s*[\"{\[\d])", r'\1"\2"\3', text)
    text = re.sub(r"(\"|\d|\]|\}|true|false|null)(\s*\n\s*)(\"[\w@:-]+\"\s*:)", r"\1,\2\3", text)
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
