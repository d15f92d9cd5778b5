"""What a reading of a website holds. Plain data; nothing here knows how it was obtained."""

from dataclasses import dataclass, field
from typing import Any, Literal

BlockKind = Literal["h1", "h2", "h3", "p", "li", "td", "quote", "address"]
Region = Literal["main", "header", "footer", "nav"]


@dataclass(frozen=True, slots=True)
class Limits:
    pages: int = 15
    page_bytes: int = 2_000_000
    page_seconds: float = 10
    total_seconds: float = 60
    redirects: int = 3
    sitemap_urls: int = 500
    sitemap_files: int = 4


@dataclass(frozen=True, slots=True)
class Block:
    """A visible piece of text. In a "td" block the cells of one row are parted by tabs; "\\n" is a line break."""

    kind: BlockKind
    text: str
    region: Region = "main"
    linked: bool = False  # the whole text is one link


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    text: str
    rel: str = ""
    region: Region = "main"
    button: bool = False


@dataclass(slots=True)
class Page:
    """`blocks` is what the page says; `edges` is header, footer and whatever repeats over the site.

    `text` is everything visible, with single spaces: what a quote is checked against.
    """

    url: str
    title: str = ""
    language: str = ""
    status: int = 200
    blocks: list[Block] = field(default_factory=list)
    edges: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    objects: list[dict[str, Any]] = field(default_factory=list)  # JSON-LD and microdata, flattened
    meta: dict[str, str] = field(default_factory=dict)  # lower-case name or property -> content
    canonical: str = ""
    alternates: dict[str, str] = field(default_factory=dict)  # hreflang -> address
    feeds: list[str] = field(default_factory=list)
    text: str = ""
    refresh: str = ""
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Problem:
    url: str
    reason: str
    status: int = 0


@dataclass(slots=True)
class SiteReading:
    """`url` is the address of the start page after redirects; `listed` maps known addresses to titles."""

    url: str
    pages: list[Page] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    listed: dict[str, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.pages[0].language if self.pages else ""
