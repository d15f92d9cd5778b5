"""Bytes of a page to text, for pages that say nothing, or something untrue, about their encoding."""

import codecs
import re

META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
CENTRAL = ("cp1250", "iso8859-2", "cp1252")
# How often letters of Czech and Slovak stand in ordinary text, against letters that betray a wrong guess.
LIKELY = frozenset("áčďéěíňóřšťúůýžľĺŕäôöüßÁČĎÉĚÍŇÓŘŠŤÚŮÝŽĽ„“”’–—…€ ·«»°×§©®£½")
FOREIGN = frozenset("ąćęłńśźżşţăâîđőűçêëìïèòøåæõãñðþÿ¹¾¼»ľ¸¨˛ˇ")


def decoded(body: bytes, declared: str = "") -> str:
    """The text of a page; `declared` is the charset of the HTTP header."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if body.startswith(mark):
            return body.decode(name, errors="replace").lstrip("\ufeff")
    head = body[:4096]
    found = META.search(head) or XML.search(head)
    inside = found[1].decode("ascii", errors="ignore") if found else ""
    names = [_codec(declared), _codec(inside)]
    if names[0] == "cp1252" and names[1]:
        names.reverse()  # servers add Latin-1 by default; the author's own word is better
    for name in names:
        if name and (text := _strict(body, name)) is not None:
            return text
    return _strict(body, "utf-8") or _guessed(body)


def _codec(name: str) -> str:
    try:
        known = codecs.lookup(name.strip().lower()).name if name else ""
    except LookupError:
        return ""
    if known in ("iso8859-1", "ascii"):
        return "cp1252"
    return "" if known.startswith(("utf-16", "utf-32", "utf-7")) else known


def _strict(body: bytes, name: str) -> str | None:
    """The decoded text, or None where the bytes contradict the name."""
    if name == "iso8859-2" and re.search(rb"[\x8a\x8d\x8e\x9a\x9d\x9e\x84\x93\x96]", body):
        name = "cp1250"  # these bytes are control characters there and Czech letters or quotes here
    try:
        text = body.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None
    if name == "cp1252" and _looks_central(body):
        return None
    return text


def _looks_central(body: bytes) -> bool:
    return len(re.findall("[ěščřžůťďň]", body.decode("cp1250", errors="replace"))) >= 3 and not (
        b"\xf1" in body or b"\xe7" in body
    )


def _guessed(body: bytes) -> str:
    def score(text: str) -> int:
        high = [char for char in text if ord(char) > 127]
        return sum(
            (char in LIKELY) - 2 * (char in FOREIGN) - 3 * ("\x80" <= char <= "\x9f" or char == "\ufffd")
            for char in high
        )

    return max((body.decode(name, errors="replace") for name in CENTRAL), key=score)
