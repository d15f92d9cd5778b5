"""How much of a website is looked through: enough for any company, too little to keep a worker busy."""

from django.utils.translation import gettext

from posthub.company.reader import Block, Page, Problem, SiteReading

MOST_TEXT = 240_000  # characters of all pages together
MOST_BLOCKS = 4_000


def spare(reading: SiteReading) -> None:
    """Take away what goes beyond the budget, page by page, and note it among the problems."""
    text, blocks = MOST_TEXT, MOST_BLOCKS
    cut: list[Page] = []
    for page in reading.pages:
        kept = _within(page.blocks, text, blocks)
        text -= sum(len(block.text) for block in kept)
        blocks -= len(kept)
        edges = _within(page.edges, text, blocks)
        text -= sum(len(block.text) for block in edges)
        blocks -= len(edges)
        if len(kept) < len(page.blocks) or len(edges) < len(page.edges):
            cut.append(page)
        page.blocks, page.edges = kept, edges
    reading.problems += [
        Problem(page.url, gettext("the site is very long; a part of this page was left out")) for page in cut
    ]


def _within(all_blocks: list[Block], text: int, most: int) -> list[Block]:
    kept: list[Block] = []
    for block in all_blocks[: max(0, most)]:
        text -= len(block.text)
        if text < 0:
            break
        kept.append(block)
    return kept
