"""The visible text of a page as a flat list of blocks, in reading order."""

import re
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from posthub.company.reader.furniture import is_cookie_talk, is_furniture, is_praise, region_of
from posthub.company.reader.headed import bold_opening, kind_in_list, title_by_class
from posthub.company.reader.hidden import Sight
from posthub.company.reader.shapes import Block, BlockKind, Region

KINDS: dict[str, BlockKind] = {
    "h1": "h1", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3",
    "li": "li", "dd": "li", "blockquote": "quote", "q": "quote", "address": "address", "summary": "h3", "legend": "h3", "caption": "h3",
}  # fmt: skip
BLOCKS = frozenset(
    [
        "html",
        "body",
        "div",
        "p",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "ul",
        "ol",
        "dl",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "form",
        "fieldset",
        "figure",
        "figcaption",
        "details",
        "center",
        "pre",
        "hr",
        "menu",
        "dt",
        "dir",
        "marquee",
        "search",
        "hgroup",
    ]
) | frozenset(KINDS) - {"q"}
OVERLONG = re.compile(r"\S{160,}")  # no word of any language, but a burden to every pattern
APART = frozenset(("a", "span", "strong", "b", "em", "i", "small"))
STRONG = frozenset(("b", "strong", "big"))
DEEPEST = 180
MOST_BLOCKS = 1_000
MOST_TEXT = 45_000  # characters that are read of one page
LONGEST = 3_000  # characters of one block; longer runs of text become several
MOST_OF_ONE = 900  # characters of one customer's words
SHALLOW = 30  # each look at an element reads all of it; nobody nests menus deeper


@dataclass(slots=True)
class _Buffer:
    """Text gathered since the last block began, and how much of it is bold or linked."""

    pieces: list[str] = field(default_factory=list)
    bold: int = 0
    linked: int = 0
    broken: bool = False  # a line ended
    opening: str = ""  # the bold text at the beginning
    plain: bool = False  # text followed that is not bold
    lead: bool = False  # the first line is bold from end to end


@dataclass(frozen=True, slots=True)
class _Place:
    kind: BlockKind = "p"
    region: Region = "main"
    bold: bool = False
    linked: bool = False
    article: bool = False
    depth: int = 0


class Reader:
    """Walks one parsed page. `blocks` is its content and edges; `visible` all text but the hidden.

    `cut` says that the page held more than is read of one.
    """

    def __init__(self, tree: LexborHTMLParser, sight: Sight) -> None:
        self.blocks: list[Block] = []
        self.visible: list[str] = []
        self.cut = False
        self._sight = sight
        self._read = 0
        self._buffer = _Buffer()
        self._whole = 0
        body = tree.body
        if body is not None:
            self._whole = len(body.text(deep=True))
            self._walk(body, _Place())
            self._flush(_Place())

    def _walk(self, node: LexborNode, place: _Place) -> None:
        for child in node.iter(include_text=True):
            if self._read >= MOST_TEXT or len(self.blocks) >= MOST_BLOCKS:
                self.cut = True
                return
            tag = child.tag or ""
            if tag == "-text":
                self._add(child.text_content or "", place)
            elif tag == "br":
                self._break()
            elif not tag[:1].isalpha() or self._sight.hides(child):
                continue
            elif place.depth >= DEEPEST:
                self._add(child.text(deep=True), place)
            elif tag in BLOCKS:
                self._block(child, tag, place)
            else:
                self._part(child, place)
                if tag == "cite" and place.kind == "quote" and child.next is None:
                    self._break()
                self._walk(child, self._inline(child, tag, place))

    def _part(self, node: LexborNode, place: _Place) -> None:
        """A space between two elements that stand side by side with none: a figure and its label, a price and a button."""
        pieces = self._buffer.pieces
        if not pieces or len(pieces[-1]) < 2 or not pieces[-1][-1:].strip() or pieces[-1][-1] in '(„“"':
            return
        before = node.prev
        if before is not None and before.tag in APART and node.tag in APART:
            self._add(" ", place)

    def _inline(self, node: LexborNode, tag: str, place: _Place) -> _Place:
        size = (node.attributes.get("size") or "") if tag == "font" else ""
        return replace(
            place,
            bold=place.bold or tag in STRONG or size in ("4", "5", "6", "7", "+1", "+2", "+3"),
            linked=place.linked or (tag == "a" and bool(node.attributes.get("href"))),
            kind="quote" if tag == "q" and place.kind == "p" else place.kind,
            depth=place.depth + 1,
        )

    def _block(self, node: LexborNode, tag: str, place: _Place) -> None:
        self._flush(place)
        if place.region != "nav" and place.depth < SHALLOW and is_furniture(node, self._whole):
            place = replace(place, region="nav")
        elif place.region != "nav":
            place = replace(place, region=region_of(node, place.region, place.article))
        kind = KINDS.get(tag, place.kind)
        if tag == "li" and node.css_first("h2, h3, h4, h5") is not None:
            kind = "p"  # a card in a grid: its heading and text are no entries of a list
        if place.kind == "quote" and kind == "li":
            kind = "quote"
        if kind in ("p", "li") and is_praise(node) and _is_short(node):
            kind = "quote"
        if tag in ("dt", "dd"):
            kind = kind_in_list(node)
        elif kind == "p" and (titled := title_by_class(node)):
            kind = titled
        article = place.article or tag in ("article", "blockquote")
        inside = _Place(kind, place.region, place.bold, place.linked, article, place.depth + 1)
        if tag == "tr" and (cells := self._row(node)):
            self._emit("\t".join(cells), replace(inside, kind="td"), _Buffer())
            return
        self._walk(node, inside)
        self._flush(inside)

    def _row(self, node: LexborNode) -> list[str]:
        """Cells of a row that holds data; empty where the table only lays the page out."""
        cells = [cell for cell in node.iter() if cell.tag in ("td", "th") and not self._sight.hides(cell)]
        if len(cells) < 2 or any(
            cell.css_first("table, h1, h2, h3, ul, ol, p + p, form, br + br") for cell in cells
        ):
            return []
        texts = [_squeezed(self._cell(cell)).replace("\n", " ") for cell in cells]
        filled = [text for text in texts if text]
        if len(filled) < 2 or any(len(text) > 220 for text in filled) or is_furniture(node, self._whole):
            return []
        return filled

    def _cell(self, node: LexborNode) -> str:
        pieces: list[str] = []
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                pieces.append(child.text_content or "")
            elif tag[:1].isalpha() and not self._sight.hides(child):
                pieces.append(" " if tag == "br" or tag in BLOCKS else "")
                pieces.append(self._cell(child))
        return "".join(pieces)

    def _break(self) -> None:
        buffer = self._buffer
        if not buffer.broken:
            length = sum(len(piece.strip()) for piece in buffer.pieces)
            buffer.lead = buffer.bold >= length > 0
        buffer.broken = True
        buffer.pieces.append("\n")

    def _add(self, text: str, place: _Place) -> None:
        text = OVERLONG.sub(" ", re.sub(r"\s+", " ", text))
        self.cut = self.cut or len(text) > MOST_TEXT - self._read
        text = text[: MOST_TEXT - self._read]
        self._read += len(text)
        self._buffer.pieces.append(text)
        length = len(text.strip())
        self._buffer.plain = self._buffer.plain or (length > 0 and not place.bold)
        self._buffer.opening += "" if self._buffer.plain else text
        self._buffer.bold += length if place.bold else 0
        self._buffer.linked += length if place.linked else 0

    def _flush(self, place: _Place) -> None:
        if not self._buffer.pieces:
            return
        buffer, self._buffer = self._buffer, _Buffer()
        whole = _squeezed("".join(buffer.pieces))
        first, _, rest = whole.partition("\n")
        if place.kind == "p" and (opened := bold_opening(_squeezed(buffer.opening), whole)):
            self._emit(opened, replace(place, kind="h3"), _Buffer())
            whole = whole[len(opened) :].lstrip(" .!–—-")
        elif buffer.lead and place.kind == "p" and rest and _is_title(first) and len(rest) > 40:
            self._emit(first, replace(place, kind="h3"), _Buffer())
            whole = rest.strip()
        for text in re.split(r"\n{2,}", whole):
            lines = _lines(text)
            listed = replace(place, kind="li") if len(lines) > 1 and place.kind == "p" else place
            for line in lines:
                for part in _parts(line):
                    self._emit(part, listed, buffer)

    def _emit(self, text: str, place: _Place, buffer: _Buffer) -> None:
        if not text:
            return
        if len(self.blocks) >= MOST_BLOCKS:
            self.cut = True
            return
        self.visible.append(text)
        if place.region == "nav" or is_cookie_talk(text) or not re.search(r"\w", text):
            return
        length = len(text.replace(" ", ""))
        kind = place.kind
        if kind == "p" and buffer.bold >= length * 0.9 and _is_title(text):
            kind = "h3"
        if kind in ("h1", "h2", "h3"):
            text = text.replace("\n", " ")
        self.blocks.append(Block(kind, text, place.region, buffer.linked >= length * 0.9 > 0))


def _is_short(node: LexborNode) -> bool:
    """Whether an element holds about one person's words, not a whole page of them."""
    return len(node.text(deep=True)) <= MOST_OF_ONE and node.css_first("h1, h2") is None


def _squeezed(text: str) -> str:
    text = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\xad]", "", text)
    return re.sub(r"[^\S\n]*\n[^\S\n]*", "\n", re.sub(r"[^\S\n]+", " ", text)).strip()


def _lines(text: str) -> list[str]:
    """A run of bullet lines is many blocks; other lines stay together, since one sentence may span them."""
    lines = text.split("\n")
    bullets = [line for line in lines if re.match(r"\s*([-–—•*·»]|\d{1,2}[.)])\s+\S", line)]
    if len(lines) > 1 and len(bullets) >= max(2, len(lines) - 1):
        return [re.sub(r"^\s*[-–—•*·»]\s+", "", line) for line in lines]
    return [text]


def _parts(line: str) -> list[str]:
    """A line in pieces of at most LONGEST characters, broken at the end of a sentence, else between words."""
    parts: list[str] = []
    while len(line) > LONGEST:
        window = line[:LONGEST]
        at = max(window.rfind("\n"), window.rfind(". ") + 1, LONGEST // 2)
        at = at if at > LONGEST // 2 else max(window.rfind(" "), LONGEST // 2)
        parts.append(line[:at].strip())
        line = line[at:].strip()
    return [*parts, line]


def _is_title(text: str) -> bool:
    return (
        2 < len(text) < 70
        and "\n" not in text
        and text[-1] not in ".,;"
        and re.match(r"[^\W\d_]|\d+\.\s", text) is not None
    )
