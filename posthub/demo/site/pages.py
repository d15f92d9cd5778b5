"""The site's pages, read from content/: Markdown under a head of `name: value` lines."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

CONTENT = Path(__file__).parent / "content"
LANGUAGES = ("cs", "en")
MENU = ("home", "products", "cafes", "about", "references", "blog", "faq", "contact")
_LINK = re.compile(r'href="page:([a-z-]+)"')


@dataclass(frozen=True)
class Page:
    key: str
    language: str
    path: str
    title: str
    heading: str
    description: str
    menu: str
    body: str
    kind: str = "page"
    parent: str = "home"
    published: date | None = None
    author: str = ""
    image: str = "og.png"


@functools.cache
def pages() -> dict[str, Page]:
    """Every page by its path."""
    found = [_read(file) for language in LANGUAGES for file in sorted((CONTENT / language).glob("*.md"))]
    return {page.path: page for page in found}


@functools.cache
def by_key() -> dict[tuple[str, str], Page]:
    return {(page.language, page.key): page for page in pages().values()}


@functools.cache
def company() -> dict[str, Any]:
    """The company's facts, for structured data; texts that differ are under `cs` and `en`."""
    facts: dict[str, Any] = json.loads((CONTENT / "company.json").read_text(encoding="utf-8"))
    return facts


def posts(language: str) -> list[Page]:
    """The blog, newest first."""
    own = [page for page in pages().values() if page.kind == "post" and page.language == language]
    return sorted(own, key=lambda page: page.published or date.min, reverse=True)


def trail(page: Page) -> list[Page]:
    """The way from the home page to `page`, both included."""
    way = [page]
    while way[0].key != "home":
        way.insert(0, by_key()[page.language, way[0].parent])
    return way


def html(page: Page) -> str:
    """The page's text, its `page:key` links turned into paths of the same language."""
    rendered = MarkdownIt("commonmark").enable("table").render(page.body)
    return _LINK.sub(lambda match: f'href="{by_key()[page.language, match[1]].path}"', rendered)


def _read(file: Path) -> Page:
    head, _, body = file.read_text(encoding="utf-8").partition("\n\n")
    values: dict[str, Any] = dict(line.split(": ", 1) for line in head.splitlines())
    if "published" in values:
        values["published"] = date.fromisoformat(values["published"])
    return Page(key=file.stem, language=file.parent.name, body=body, **values)
