"""The lines of a site that may speak of the company itself: no credits, no sections about others."""

import re
from dataclasses import dataclass

from posthub.ai.providers.offline.dna_sections import page_role, section_of
from posthub.ai.providers.offline.dna_text import CREDIT, is_instruction
from posthub.company.reader import Block, Page, SiteReading

# What names somebody other than the company right before a number or an address: authorities, founders, depots, agents.
AUTHORITY = re.compile(
    r"\b(komor[aouy]\w*|inspekc\w+|ministerstv\w+|dozor\w*|zřizovatel\w*|úřad\w*|soud\w*|klient\w*|obc[ei]\b|obec\b|město\b|dodavatel\w*|partner\w*|"
    r"ombudsman|commissioner|regulator|council|authority|citizens advice|supplier)\b",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"\b(poboč\w+|zastoupení|dealer\w*|prodejc\w+|servis\w*|sklad\w*|dílny|výdejn\w+|vrácen\w+ zboží|reklamac\w+ (posílejte|zasílejte)|zásilkovn\w+|účetní\w*|faktury|půjčovn\w+|"
    r"nájdete|původní\w*|star[áéou]\w* (adres|kancelář|dílna|provozovn)\w*|areál|nejbližší|agents?|branch|warehouse|depot|returns?|other office|scottish office|old (unit|shop|office|premises)|formerly|dílčí)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """`own` is how many characters of the text are the block itself; the rest are its neighbours below."""

    text: str
    url: str
    weight: float
    own: int


def lines_of(reading: SiteReading) -> list[Line]:
    """Blocks that may speak of the company itself, two neighbours together where they are short."""
    result: list[Line] = []
    for page in reading.pages:
        if page_role(page.url, page.title) in ("blog", "partners", "clients", "jobs"):
            continue
        for blocks, edge in ((page.blocks, False), (page.edges, True)):
            result += _of_page(page, blocks, edge)
    return result


def _of_page(page: Page, blocks: list[Block], edge: bool) -> list[Line]:
    lines: list[Line] = []
    trail: dict[str, str] = {}
    for index, block in enumerate(blocks):
        if block.kind in ("h1", "h2", "h3"):
            trail = {level: name for level, name in trail.items() if level < block.kind} | {
                block.kind: block.text
            }
        sections = {section_of(name) for name in trail.values()}
        if sections & {"partners", "clients", "testimonials", "competitors", "jobs"} or is_instruction(
            block.text
        ):
            continue
        own = without_credits(block.text)
        if not own:
            continue
        weight = (
            2.0 if edge or "contact" in sections or "kontakt" in page.url or "contact" in page.url else 1.0
        )
        after = "\n".join(
            other.text
            for other in blocks[index + 1 : index + 4]
            if len(other.text) < 120 and not CREDIT.search(other.text)
        )
        text = f"{own}\n{after}" if len(own) < 160 and after else own
        lines.append(Line(text.replace("\t", " ")[:2000], page.url, weight, len(own)))
    return lines


def without_credits(text: str) -> str:
    """The text less the sentences, lines and parts that say who made the website."""
    if not CREDIT.search(text):
        return text
    parts = re.split(r"(\n|\s[|·•]\s|(?<=[.!?])\s+(?=[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ]))", text)
    kept = ["" if CREDIT.search(f"{part} ") else part for part in parts]
    return "".join(kept).strip(" |·•\n")
