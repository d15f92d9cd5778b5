"""Which elements a visitor cannot see. Their text is not what the site says, and instructions hide there."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

GONE_TAGS = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "canvas",
        "video",
        "audio",
        "map",
        "select",
        "option",
        "datalist",
        "textarea",
        "input",
        "button",
        "head",
        "title",
        "meta",
        "link",
        "dialog",
        "progress",
        "meter",
    ]
)
INVISIBLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|(?<![\w-])opacity\s*:\s*0*(\.0+)?\s*(;|!|$)|"
    r"font-size\s*:\s*[01](\.\d+)?(px|pt|em|rem|%)?\s*(;|!|$)|text-indent\s*:\s*-\s*\d{3,}|"
    r"(left|top|right|margin-left|margin-top)\s*:\s*-\s*\d{4,}|"
    r"clip\s*:\s*rect\(\s*[01](px)?\s*[, ]|clip-path\s*:\s*inset\(\s*(50|100)%|transform\s*:\s*scale\(\s*0\s*\)|"
    r"color\s*:\s*transparent",
    re.IGNORECASE,
)
TINY_BOX = re.compile(r"(?<![\w-])(max-)?(height|width)\s*:\s*[01](px)?\s*(;|!|$)", re.IGNORECASE)
HIDDEN_CLASSES = frozenset(
    [
        "sr-only",
        "visually-hidden",
        "visuallyhidden",
        "screen-reader-text",
        "screen-reader",
        "hidden",
        "d-none",
        "hide",
        "is-hidden",
        "u-hidden",
        "display-none",
        "invisible",
        "offscreen",
        "skip-link",
        "sr-text",
    ]
)
# "hidden md:flex", "d-none d-lg-block": out of sight on a telephone only.
SHOWN_WIDE = re.compile(
    r"(xs|sm|md|lg|xl|2xl|xxl|print):(flex|block|grid|table[\w-]*|contents|inline[\w-]*|not-sr-only|visible|list-item)|"
    r"d-(sm|md|lg|xl|xxl)-(flex|block|grid|table[\w-]*|inline[\w-]*)|visible-(sm|md|lg|xs)[\w-]*"
)
# Panels that a click opens are content, although a stylesheet hides them at first.
OPENABLE = re.compile(
    r"tab|accord|collaps|panel|faq|answer|toggle|slide|carousel|swiper|drop|expand|detail|more", re.IGNORECASE
)
COLOUR = re.compile(r"(?<![\w-])color\s*:\s*([^;!]+)", re.IGNORECASE)
GROUND = re.compile(r"background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
NAMED_COLOURS = {
    "white": "#ffffff", "black": "#000000", "ivory": "#fffff0", "snow": "#fffafa", "whitesmoke": "#f5f5f5", "beige": "#f5f5dc", "silver": "#c0c0c0",
    "gray": "#808080", "grey": "#808080", "yellow": "#ffff00", "red": "#ff0000", "blue": "#0000ff", "navy": "#000080", "green": "#008000", "lightgray": "#d3d3d3",
}  # fmt: skip


MOST_SELECTORS = 60  # each is looked up in the whole page
MOST_CSS = 100_000  # characters
LONGEST_STYLE = 2_000  # characters of one rule


class Sight:
    """What a visitor sees of one page; each element is judged once."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._by_stylesheet = _hidden_ids(tree)
        self._known: dict[int, bool] = {}

    def hides(self, node: LexborNode) -> bool:
        """Whether the element itself (not an ancestor) is out of sight."""
        known = self._known.get(node.mem_id)
        if known is None:
            known = self._known[node.mem_id] = _is_hidden(node, self._by_stylesheet)
        return known


def _hidden_ids(tree: LexborHTMLParser) -> set[int]:
    """`mem_id` of every element that the page's own <style> blocks hide for good."""
    found: set[int] = set()
    css = "\n".join(style.text() or "" for style in tree.css("style")[:40])
    for selector in _hiding_selectors(css[:MOST_CSS]):
        try:
            nodes = tree.css(selector)
        except (SelectolaxError, ValueError):
            continue
        found |= {node.mem_id for node in nodes if not OPENABLE.search(_names(node))}
    return found


def _hiding_selectors(css: str) -> list[str]:
    """Selectors of rules that hide for good; rules inside @media and the like hold only sometimes."""
    selectors: list[str] = []
    inside: list[str] = []  # what opened each block we stand in
    for piece, brace in re.findall(r"([^{}]*)([{}])", without_comments(css)):
        if brace == "{":
            inside.append(piece.rpartition(";")[2].strip())
            continue
        names = inside.pop() if inside else ""
        if names and not inside and not names.startswith("@") and is_invisible(piece):
            selectors += [name.strip() for name in names.split(",") if ":" not in name and name.strip()]
    return selectors[:MOST_SELECTORS]


def without_comments(text: str) -> str:
    """The text less everything between "/*" and "*/"; an open end is no comment."""
    kept: list[str] = []
    at = 0
    while (start := text.find("/*", at)) >= 0 and (end := text.find("*/", start + 2)) >= 0:
        kept.append(text[at:start])
        at = end + 2
    return "".join([*kept, text[at:]])


def is_invisible(style: str) -> bool:
    if not style:
        return False
    style = style[:LONGEST_STYLE]
    if INVISIBLE.search(style):
        return True
    if TINY_BOX.search(style) and re.search(r"overflow\s*:\s*hidden", style, re.IGNORECASE):
        return True
    colour, ground = COLOUR.search(style), GROUND.search(style)
    return bool(colour and ground and _plain(colour[1]) == _plain(ground[1]))


def _is_hidden(node: LexborNode, by_stylesheet: set[int]) -> bool:
    if node.tag in GONE_TAGS or node.mem_id in by_stylesheet:
        return True
    attributes = node.attributes
    if "hidden" in attributes or (attributes.get("aria-hidden") or "").lower() == "true":
        return True
    style = attributes.get("style") or ""
    if is_invisible(style):
        return not (OPENABLE.search(_names(node)) and re.fullmatch(r"\s*display\s*:\s*none\s*;?\s*", style))
    classes = (attributes.get("class") or "").lower().split()
    if HIDDEN_CLASSES.intersection(classes) and not any(SHOWN_WIDE.fullmatch(name) for name in classes):
        return True
    return _white_on_white(node, style)


def _white_on_white(node: LexborNode, style: str) -> bool:
    """Text in the colour of what lies behind it; where no ancestor sets any ground, class or picture, that is white."""
    colour = COLOUR.search(style)
    own = _plain(colour[1]) if colour else _plain(node.attributes.get("color") or "")
    if not own:
        return False
    parent = node.parent
    for _ in range(60):
        if parent is None or parent.tag in ("html", None):
            break
        attributes = parent.attributes
        ground = GROUND.search(attributes.get("style") or "")
        behind = _plain(ground[1]) if ground else _plain(attributes.get("bgcolor") or "")
        if behind:
            return _alike(own, behind)
        if attributes.get("background") or (
            parent.tag != "body" and (attributes.get("class") or attributes.get("id"))
        ):
            return False
        parent = parent.parent
    return _alike(own, "white")


def _alike(one: str, two: str) -> bool:
    """Whether nobody could tell two colours apart; unknown ones are only like themselves."""
    left, right = _channels(one), _channels(two)
    if left is None or right is None:
        return one == two
    return max(abs(a - b) for a, b in zip(left, right, strict=True)) <= 10


def _channels(colour: str) -> tuple[int, int, int] | None:
    value = NAMED_COLOURS.get(colour, colour)
    if re.fullmatch(r"#?[0-9a-f]{3}", value):
        value = "".join(char * 2 for char in value.lstrip("#"))
    if re.fullmatch(r"#?[0-9a-f]{6}", value):
        digits = value.lstrip("#")
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    triple = re.match(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})", value)
    return (int(triple[1]), int(triple[2]), int(triple[3])) if triple else None


def _plain(value: str) -> str:
    return re.sub(r"\s+", "", value.lower()).split("url(")[0]


def _names(node: LexborNode) -> str:
    return f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''} {node.attributes.get('role') or ''}"
