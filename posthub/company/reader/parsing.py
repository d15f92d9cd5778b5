"""One HTML document to a Page."""

import re

from django.utils.translation import gettext
from selectolax.lexbor import LexborHTMLParser, LexborNode

from posthub.company.reader.addresses import absolute, clean
from posthub.company.reader.furniture import OVERLAY, names_of
from posthub.company.reader.hidden import Sight
from posthub.company.reader.language import language_of
from posthub.company.reader.nesting import bounded
from posthub.company.reader.shapes import Link, Page, Region
from posthub.company.reader.structured import json_ld, microdata
from posthub.company.reader.text_blocks import Reader

FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
DEEPEST = 80
BUTTON = re.compile(r"(^|[-_])(btn|button|cta|tlacitko)([-_]|$)")


def parse(html: str, url: str) -> Page:
    whole, html = html, bounded(html)
    tree = LexborHTMLParser(html)
    page = Page(url=clean(url))
    base_node = tree.css_first("base[href]")
    base = absolute(url, base_node.attributes.get("href") or "") if base_node else ""
    base = base or url
    sight = Sight(tree)
    reader = Reader(tree, sight)
    if reader.cut or len(html) < len(whole):
        page.problems.append(gettext("the page is very long; its rest was left out"))
    page.blocks = [block for block in reader.blocks if block.region == "main"]
    page.edges = [block for block in reader.blocks if block.region != "main"]
    page.text = re.sub(r"\s+", " ", " ".join(reader.visible)).strip()
    page.title = _title(tree)
    _head(tree, page, base)
    page.links = _links(tree, base, sight)
    page.objects, damaged = json_ld(tree)
    page.objects += microdata(tree)
    if damaged:
        page.problems.append(gettext("a block of structured data is too damaged to be read"))
    declared = (
        (tree.root.attributes.get("lang") or tree.root.attributes.get("xml:lang") or "") if tree.root else ""
    )
    page.language = language_of(declared or page.meta.get("content-language", ""), url, page.text)
    return page


def _title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("head title") or tree.css_first("title")
    return re.sub(r"\s+", " ", node.text(deep=True)[:1000]).strip()[:300] if node else ""


def _head(tree: LexborHTMLParser, page: Page, base: str) -> None:
    for node in tree.css("meta")[:200]:
        attributes = node.attributes
        name = (
            attributes.get("property") or attributes.get("name") or attributes.get("http-equiv") or ""
        ).lower()
        content = (attributes.get("content") or "").strip()
        if name and content:
            page.meta.setdefault(name, content[:1000])
    for node in tree.css("link[rel]")[:300]:
        rel = (node.attributes.get("rel") or "").lower().split()
        href = absolute(base, node.attributes.get("href") or "")
        if not href:
            continue
        if "canonical" in rel and not page.canonical:
            page.canonical = href
        elif "alternate" in rel and node.attributes.get("hreflang"):
            page.alternates.setdefault((node.attributes.get("hreflang") or "").strip(), href)
        elif "alternate" in rel and (node.attributes.get("type") or "").lower() in FEEDS:
            page.feeds.append(href)
    found = re.match(
        r"\s*(\d+)[^;,]*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", page.meta.get("refresh", ""), re.IGNORECASE
    )
    if found and int(found[1]) <= 10:
        page.refresh = absolute(base, found[2].strip())


def _links(tree: LexborHTMLParser, base: str, sight: Sight) -> list[Link]:
    links: list[Link] = []
    for node in tree.css("a[href], area[href], frame[src]")[:1500]:
        href = (node.attributes.get("href") or node.attributes.get("src") or "").strip()
        url = href if href.lower().startswith(("mailto:", "tel:")) else absolute(base, href)
        if not url or (region := _region(node, sight)) is None:
            continue
        links.append(
            Link(url, _label(node), (node.attributes.get("rel") or "").lower(), region, _is_button(node))
        )
    return links


def _label(node: LexborNode) -> str:
    text = re.sub(r"\s+", " ", node.text(deep=True)[:1000]).strip()
    if not text:
        image = node.css_first("img[alt]")
        text = (image.attributes.get("alt") or "") if image else ""
    return (text or node.attributes.get("aria-label") or node.attributes.get("title") or "").strip()[:200]


def _is_button(node: LexborNode) -> bool:
    if (node.attributes.get("role") or "").lower() == "button":
        return True
    return any(BUTTON.search(name) for name in names_of(node)) or (
        node.parent is not None
        and node.parent.tag not in ("body", "div")
        and any(BUTTON.search(name) for name in names_of(node.parent))
    )


def _region(node: LexborNode, sight: Sight) -> Region | None:
    """Where a link stands; None where nobody sees it."""
    region: Region = "main"
    current: LexborNode | None = node
    for _ in range(DEEPEST):
        if current is None or current.tag in ("html", None):
            break
        if current.tag == "noscript" or (sight.hides(current) and current.tag != "area"):
            return None
        if current.tag == "nav":
            region = "nav"
        elif current.tag in ("footer", "header") and region == "main":
            region = "footer" if current.tag == "footer" else "header"
        elif any(OVERLAY.search(name) for name in names_of(current)) and current.tag != "body":
            region = "nav"
        current = current.parent
    return region
