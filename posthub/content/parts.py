"""The parts of an article that can be written again by themselves, and how they are put back in."""

import re
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from posthub.content.markdown import blocks

TITLE = "title"
LINE_START = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")
Kind = Literal["headline", "section", "paragraph"]


@dataclass(frozen=True, slots=True)
class Part:
    """`id` is "title", "s4" (the section that the block b4 heads) or "b5"; the part is `text[start:end]`."""

    id: str
    kind: Kind
    name: str
    start: int = 0
    end: int = 0

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def put_into(self, text: str, new: str) -> str:
        """The text with this part replaced and every other byte as it was."""
        return text[: self.start] + new + text[self.end :]


def parts_of(text: str, title: str) -> list[Part]:
    """The title, then sections and paragraphs in their order; a heading can be written again without its section."""
    found = [Part(TITLE, "headline", title)]
    placed = _placed(text)
    for place, (block_id, level, start, end) in enumerate(placed):
        words = text[start:end]
        if level:
            name = words.lstrip("# ").strip()
            rest = placed[place + 1 :]
            until = next((n for n, (_id, other, *_span) in enumerate(rest) if 0 < other <= level), len(rest))
            if until:
                found.append(Part(f"s{block_id[1:]}", "section", name, rest[0][2], rest[until - 1][3]))
            found.append(Part(block_id, "headline", name, start + len(words) - len(words.lstrip("# ")), end))
        else:
            found.append(Part(block_id, "paragraph", words, start, end))
    return found


def part_named(text: str, title: str, name: str) -> Part | None:
    return next((part for part in parts_of(text, title) if part.id == name), None)


def _placed(text: str) -> list[tuple[str, int, int, int]]:
    """Each block with its level as a heading (0 for none), its start and its end in the text."""
    starts = [0]
    for line in LINE_START.split(text):
        starts.append(starts[-1] + len(line))
    found = []
    for block in blocks(text):
        first, last = block.lines
        start, end = starts[min(first, len(starts) - 1)], starts[min(last, len(starts) - 1)]
        words = text[start:end]
        end -= len(words) - len(words.rstrip())
        level = len(words) - len(words.lstrip("#")) if block.heading else 0
        found.append((block.id, level, start, end))
    return found


def wish_or_default(wish: str, kind: Kind) -> str:
    if wish.strip():
        return wish.strip()
    return _("Find another headline.") if kind == "headline" else _("Say this differently.")
