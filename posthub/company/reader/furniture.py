"""What on a page is not content: navigation, cookie bars, and whatever repeats over the site."""

import re
from collections import Counter

from selectolax.lexbor import LexborNode

from posthub.company.reader.shapes import Page, Region

NAVIGATION = re.compile(
    r"^(main|top|site|primary|secondary|sub|side|footer|mobile|left|right|header|hlavni|horni|leve|bocni)?[-_]?"
    r"(nav|navbar|navigation|navigace|menu|breadcrumbs?|drobeckova|drobecky|crumbs|pagination|pager|paging|strankovani|"
    r"lang|langs|languages?|jazyky?|switcher|toc|sitemap|tags?|tagcloud|related|share|sharing|social|socials|skip)"
    r"([-_](nav|bar|list|container|wrapper|switch|switcher|links?|icons?|menu|main|top|left|right|inner|box|buttons?))*$"
)
OVERLAY = re.compile(
    r"(^|[-_])(cookies?|cookiebar|consent|gdpr|ccpa|cmp|onetrust|cookiebot|popup|pop-up|modal|newsletter|lightbox|toast|captcha)([-_]|$)"
)
NAV_ROLES = frozenset(
    ("navigation", "menu", "menubar", "search", "dialog", "alertdialog", "tablist", "toolbar")
)
COOKIES = re.compile(r"cookies?\b|sušenk", re.IGNORECASE)
CONSENT = re.compile(
    r"souhlas|přij(m|ím|mout)|použív|odmítn|nastaven|personaliz|accept|agree|consent|reject|we use|uses|this (web)?site|preferences|policy|zásad",
    re.IGNORECASE,
)
PRICE = re.compile(r"\d\s*(Kč|CZK|€|EUR|,-)|[£$€]\s*\d")


FOOTER = re.compile(
    r"(site|page|main)?[-_]?(footer|paticka|pata|foot|bottom|copyright)([-_](wrapper|inner|container|content|bottom|top))?"
)


QUOTED = re.compile(
    r"(^|[-_])(testimonials?|reviews?|recenze|recenzi|reference-text|quote|citace|napsali|testimonial[-_]\w+|review[-_](text|content|body|item|card|box|inner|block|quote|slide|wrapper)|recenze[-_]\w+)([-_](text|content|body|item|card|box|inner|block|quote|slide|wrapper))?$"
)


def is_praise(node: LexborNode) -> bool:
    """Whether an element's own name says that it holds a customer's words; a page or section of them is too wide."""
    return node.tag in ("div", "p", "li", "figure", "article", "span") and any(
        QUOTED.search(name) for name in (node.attributes.get("class") or "").lower().split()
    )


def is_cookie_talk(text: str) -> bool:
    return len(text) < 900 and COOKIES.search(text) is not None and CONSENT.search(text) is not None


def names_of(node: LexborNode) -> list[str]:
    attributes = node.attributes
    return [*(attributes.get("class") or "").lower().split(), (attributes.get("id") or "").lower()]


def is_furniture(node: LexborNode, whole: int) -> bool:
    """Whether an element is navigation or an overlay. `whole` is the length of the page's text."""
    tag, role = node.tag, (node.attributes.get("role") or "").lower()
    if tag in ("html", "body", "main", "article"):
        return False
    if tag == "nav" or role in NAV_ROLES:
        return not _holds_prices(node)
    names = names_of(node)
    overlay = any(OVERLAY.search(name) for name in names)
    navigation = any(name and NAVIGATION.match(name) for name in names)
    if not overlay and not navigation:
        return _is_link_strip(node)
    length = len(node.text(deep=True))
    if length > whole * 0.5:
        return False
    if overlay:
        return True
    return _linked_share(node, length) > 0.6 and not _holds_prices(node)


def _holds_prices(node: LexborNode) -> bool:
    return len(PRICE.findall(node.text(deep=True))) >= 2


def _linked_share(node: LexborNode, length: int) -> float:
    linked = sum(len(link.text(deep=True)) for link in node.css("a"))
    return linked / max(1, length)


def _is_link_strip(node: LexborNode) -> bool:
    """A row or column of short links and nothing else, as table layouts use for menus."""
    if node.tag not in ("p", "div", "td", "tr", "ul", "center", "table", "font"):
        return False
    links = node.css("a")
    if len(links) < 4 or node.css_first("h1, h2, h3, img") is not None:
        return False
    labels = [link.text(deep=True).strip() for link in links]
    bare = re.sub(r"[\s|·•»›>/,:*-]+", "", node.text(deep=True))
    return (
        len(re.sub(r"[\s|·•»›>/,:*-]+", "", "".join(labels))) >= len(bare) * 0.9
        and all(len(label) < 28 for label in labels)
        and (node.tag != "ul" or _goes_home(links))
    )


def _goes_home(links: list[LexborNode]) -> bool:
    """A list of links that leads to the home page or contacts too is a menu, not a list of what is on offer."""
    return any(
        re.fullmatch(
            r"(úvod|domů|home|kontakty?|contact( us)?|hlavní stránka|o nás|about( us)?)",
            link.text(deep=True).strip().lower(),
        )
        for link in links
    )


def region_of(node: LexborNode, inside: Region, depth_in_article: bool) -> Region:
    """The part of the page an element opens, or the one it stands in."""
    role = (node.attributes.get("role") or "").lower()
    names = names_of(node)
    if node.tag == "footer" or role == "contentinfo" or any(FOOTER.fullmatch(name) for name in names):
        return inside if depth_in_article else "footer"
    if (node.tag == "header" and not depth_in_article) or role == "banner":
        return "header"
    return inside


def set_repeated_apart(pages: list[Page]) -> None:
    """Move blocks that stand on most pages out of the content of each, into its edges."""
    if len(pages) < 2:
        return
    counts = Counter(text for page in pages for text in {block.text for block in page.blocks})
    needed = max(2, -(-len(pages) * 2 // 3)) if len(pages) < 6 else len(pages) // 2
    for page in pages:
        repeated = [block for block in page.blocks if counts[block.text] >= needed and block.kind != "h1"]
        page.edges = repeated + page.edges
        page.blocks = [block for block in page.blocks if counts[block.text] < needed or block.kind == "h1"]
