"""The client's Markdown as HTML that is safe to show, block by block."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre", "br"}
SCHEMES = {"https", "http", "mailto"}
HEADINGS = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
FIRST_TAG = re.compile(r"^<([a-z0-9]+)")
ADDRESS = re.compile(r"https?://(?:www\.)?([^/\s)]+)[^\s)]*")
_parser = MarkdownIt("commonmark", {"html": False}).disable("image")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list or quote. `id` is its place in the text ("b7"), `source` its Markdown, which
    stands in the lines from the first of `lines` up to before the second."""

    id: str
    html: SafeString
    source: str
    heading: bool
    lines: tuple[int, int] = (0, 0)


def blocks(text: str) -> list[Block]:
    lines = text.splitlines()
    return [
        _block(number, tokens, "\n".join(lines[slice(*tokens[0].map)]) if tokens[0].map else "")
        for number, tokens in enumerate(_groups(_parser.parse(text)), start=1)
    ]


def render(text: str) -> SafeString:
    """The whole text; each block carries `id` and `data-block`."""
    return mark_safe("\n".join(block.html for block in blocks(text)))  # noqa: S308 -- each block was cleaned


def plain(text: str) -> str:
    """What it says in one line: no marks, and of an address only whose it is."""
    bare = html.unescape(nh3.clean(_parser.render(text), tags=set()))
    return ADDRESS.sub(r"\1", " ".join(bare.split()))


def _groups(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens of each top-level block together."""
    group: list[Token] = []
    for token in tokens:
        token.tag = HEADINGS.get(token.tag, token.tag)
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []


def _block(number: int, tokens: list[Token], source: str) -> Block:
    rough = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(rough, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES).strip()
    name = f"b{number}"
    marked = FIRST_TAG.sub(rf'<\1 id="{name}" data-block="{name}"', clean)
    first, last = tokens[0].map or (0, 0)
    heading = tokens[0].type == "heading_open"
    return Block(name, mark_safe(marked), source.strip(), heading, (first, last))  # noqa: S308 -- cleaned
