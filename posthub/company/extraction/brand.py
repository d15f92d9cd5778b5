"""The company's name where no machine data states it: what at least two independent places of the site agree on."""

import re
from collections import Counter
from collections.abc import Iterator

from posthub.ai.providers.offline.dna_sections import section_of
from posthub.ai.providers.offline.dna_text import CREDIT, is_instruction, plain, squeezed
from posthub.company.generation import FoundPoint
from posthub.company.reader import Page, SiteReading
from posthub.company.reader.addresses import key_of

PARTED = re.compile(r"\s+[|–—·•»:-]\s+|\s*\|\s*")
COPYRIGHT = re.compile(
    r"(?:©|&copy;|\(c\)|copyright)\s*(?:©\s*)?(?:\d{4}\s*(?:[-–—]\s*\d{4})?)?,?\s*(?:by\s+|AK\s+)?(?P<name>[^|•·©.\n]{3,60})",
    re.IGNORECASE,
)
FORM = re.compile(
    r",?\s+(?:spol\.\s?s\s?r\.\s?o\.?|s\.\s?r\.\s?o\.?|a\.\s?s\.?|v\.\s?o\.\s?s\.?|Ltd\.?|Limited|LLP|PLC|plc|Inc\.?)$"
)
NO_NAME = re.compile(
    r"^(home|homepage|uvod|uvodni stranka|domu|hlavni stranka|index|welcome.*|vitejte.*|menu|logo|kontakt\w*|contact.*|about.*|o nas|all rights.*|vsechna prava.*|web\w*|untitled.*|page|stranka)$"
)
MOST = 60


def from_pages(reading: SiteReading, legal_name: str) -> list[FoundPoint]:
    """`legal_name` may be "". The name is kept as the site's titles or head write it."""
    home = reading.pages[0]
    votes: Counter[str] = Counter()
    shown: dict[str, tuple[str, str]] = {}
    for text, weight, url in (*_titles(reading), *_home_title(home), *_heads(reading), *_copyrights(reading)):
        name = FORM.sub("", squeezed(text).strip(" .,:;–—-"))
        if _usable(name):
            votes[plain(name)] += weight
            shown.setdefault(plain(name), (name, url))
    _prefer_the_head(votes, {plain(FORM.sub("", squeezed(text))) for text, _, _ in _heads(reading)})
    legal = plain(FORM.sub("", legal_name))
    for key in votes:
        votes[key] += 2 * (key == legal) + 2 * any(_opens(key, page) for page in (home,))
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < 4 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return []
    name, url = shown[ranked[0][0]]
    confidence = 0.85 if ranked[0][1] >= 6 else 0.75
    return [
        FoundPoint(key="identity.brand_name", value=name, source_url=url, quote=name, confidence=confidence)
    ]


def _prefer_the_head(votes: Counter[str], heads: set[str]) -> None:
    """A name the site's head bears takes the votes of a title that only adds a place or a trade to it."""
    for head in heads & set(votes):
        for longer in [key for key in votes if key != head and key.startswith(f"{head} ")]:
            votes[head] += votes.pop(longer)


def _opens(key: str, page: Page) -> bool:
    """Whether the title of the page begins with the name."""
    return plain(squeezed(page.title)).startswith(key)


def _titles(reading: SiteReading) -> Iterator[tuple[str, int, str]]:
    """Parts that at least two titles share."""
    counts: Counter[str] = Counter()
    where: dict[str, str] = {}
    for page in reading.pages:
        for part in {squeezed(part) for part in PARTED.split(page.title)}:
            counts[part] += 1
            where.setdefault(part, page.url)
    for part, count in counts.items():
        if count >= 2 and count * 2 >= len(reading.pages):
            yield part, 4 if count >= 4 and count >= len(reading.pages) - 1 else 3, where[part]


def _home_title(home: Page) -> Iterator[tuple[str, int, str]]:
    """What the title of the start page begins with, or holds as a part, where the page's head says the same."""
    early = [block.text for block in (*home.edges[:3], *home.blocks[:3])]
    parts = {plain(squeezed(part)) for part in PARTED.split(home.title)}
    title = plain(squeezed(home.title))
    for text in dict.fromkeys(early):
        name = plain(squeezed(text))
        if name in parts or (len(name) > 3 and re.match(rf"{re.escape(name)}\s*[,:(|–—-]", title)):
            yield text, 3, home.url


def _heads(reading: SiteReading) -> Iterator[tuple[str, int, str]]:
    """The text of the link to the home page, and short texts that stand on every page before its content."""
    home = reading.pages[0]
    told: set[str] = set()
    for link in home.links[:8]:
        if key_of(link.url.partition("#")[0]) == key_of(home.url) and link.text not in told:
            told.add(link.text)
            yield link.text, 2, home.url
    others = [{block.text for block in page.edges} for page in reading.pages[1:]]
    for block in home.edges[:6]:
        if block.text not in told and others and all(block.text in texts for texts in others):
            told.add(block.text)
            yield block.text.split("\n")[0], 2, home.url


def _copyrights(reading: SiteReading) -> Iterator[tuple[str, int, str]]:
    home = reading.pages[0]
    for block in (*home.edges, *home.blocks):
        match = COPYRIGHT.search(block.text)
        if match and not is_instruction(block.text):
            yield re.split(r"\s{2,}|\s[-–|]\s", match["name"])[0], 2, home.url


def _usable(name: str) -> bool:
    return (
        2 < len(name) <= MOST
        and len(name.split()) <= 7
        and re.search(r"[^\W\d_]{2}", name) is not None
        and not NO_NAME.match(plain(name))
        and not section_of(name)
        and not re.search(r"[.!?]\s|[!?]$|\bby\b|@|https?:|\d{3}", name)
        and not CREDIT.search(name + " ")
        and not is_instruction(name)
    )
