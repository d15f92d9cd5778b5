"""Headings that are none by their element: named so by a class, or the terms of a list of definitions."""

import re

from selectolax.lexbor import LexborNode

from posthub.company.reader.shapes import BlockKind

# "txt-h3", "h2", "title-h1": builders call what looks like a heading after the element it stands for.
LIKE_HEADING = re.compile(r"(?:^|\s)(?:[a-z]+[-_]{1,2})?h([1-6])(?=\s|$)", re.IGNORECASE)
CARD_TITLE = re.compile(
    r"(?:^|\s)(?:[\w-]+[-_])?(?:card|item|service|feature|benefit|box|tile)[-_]{1,2}(?:title|heading|headline|name)(?=\s|$)",
    re.IGNORECASE,
)
LONGEST = 70
TELLING = 4  # words that explain a term; fewer are a number or an hour


def title_by_class(node: LexborNode) -> BlockKind | None:
    """The level of heading an element without blocks inside looks like; None for any other."""
    called = node.attributes.get("class") or ""
    level = LIKE_HEADING.search(called)
    if not level and not CARD_TITLE.search(called):
        return None
    text = node.text(deep=True).strip()
    if not 2 < len(text) <= LONGEST or any(
        child.tag in ("div", "p", "h1", "h2", "h3", "h4", "ul", "table") for child in node.iter()
    ):
        return None
    kinds: dict[str, BlockKind] = {"1": "h1", "2": "h2"}
    return kinds.get(level[1], "h3") if level else "h3"


def kind_in_list(node: LexborNode) -> BlockKind:
    """A term with a sentence below it is a heading, and the sentence its paragraph; others are entries of a list."""
    term = node if node.tag == "dt" else _neighbour(node, forward=False)
    told = _neighbour(node, forward=True) if node.tag == "dt" else node
    name = term.text(deep=True).strip() if term is not None else ""
    if node.tag == "dt" and name.endswith("?"):
        return "h3"
    text = told.text(deep=True) if told is not None else ""
    explained = len(re.findall(r"[^\W\d_]{2,}", text)) >= TELLING and re.search(r"[.!]\s*$", text)
    if not explained or not name or len(name) > LONGEST or name.endswith((":", "?")):
        return "li"
    return "h3" if node.tag == "dt" else "p"


def _neighbour(node: LexborNode, *, forward: bool) -> LexborNode | None:
    other = node.next if forward else node.prev
    while other is not None and other.tag not in ("dt", "dd"):
        other = other.next if forward else other.prev
    return other


def bold_opening(opening: str, whole: str) -> str:
    """The bold words that head a paragraph, "Measured on board." before what is told of it; "" where none do."""
    rest = whole[len(opening) :].strip()
    ended = opening.endswith((".", "!")) or rest[:1] in ("–", "—")
    told = len(re.findall(r"[^\W\d_]{2,}", rest)) >= TELLING and re.search(r"[.!?]$", rest)
    name = opening.strip(" .!")
    if not ended or not told or not whole.startswith(opening) or "\n" in whole:
        return ""
    return name if 2 < len(name) <= LONGEST and 2 <= len(name.split()) <= 8 else ""
