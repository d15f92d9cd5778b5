"""The parts of an article: introduction, what the company says, general advice, doubts, conclusion."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .choice import shuffled
from .library import Module
from .links import Link, link_line
from .material import listed
from .scribe import Block, Scribe
from .wording import capital, harmless, is_order, word_count

MOST = 6  # paragraphs taken from one part; which parts a text has is what makes it differ from the others

TELLINGS, MOST_TOLD = 3, 4  # paragraphs of the company's own in one part, and sentences in each


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    brief: str
    blocks: tuple[Block, ...]

    @property
    def markdown(self) -> str:
        return "\n\n".join(block.markdown for block in self.blocks)

    @property
    def claims(self) -> tuple[tuple[str, str], ...]:
        return tuple(claim for block in self.blocks for claim in block.claims)


def introduction(scribe: Scribe, first: Sequence[str]) -> Section:
    """A fact to begin with, what makes it worth a thought, and what the reader gets."""
    hook = scribe.hook(first)
    blocks = []
    if hook:
        told = " ".join(fact.text for fact in hook)
        turn = scribe.say_one_of("turn", hook[-1].kind) or scribe.say_one_of("turn", "general")
        blocks.append(Block(f"{told} {turn}".strip(), tuple((fact.text, fact.fact_id) for fact in hook)))
        blocks.append(Block(scribe.say_one_of("intro", "gets")))
    else:
        blocks.append(
            Block(scribe.say(scribe.voice.openings, "opening") or scribe.say_one_of("intro", "openings"))
        )
    if not any(scribe.slots["keyword"].casefold() in block.markdown.casefold() for block in blocks):
        blocks.append(Block(scribe.say_one_of("intro", "keyword")))
    more = scribe.tell((), 3, own=True) or scribe.tell((), 2)
    blocks += [more] if more else []
    if not hook:
        blocks.append(Block(scribe.say_one_of("intro", "promise")))
    heading = scribe.say_one_of("intro", "headings")
    return Section(heading, scribe.slots["title"], tuple(block for block in blocks if block.markdown))


def about(scribe: Scribe) -> Section:
    """What the company itself says about the subject; the one heading that surely holds the keyword."""
    heading = scribe.say_one_of("about", "headings")
    kinds = ("product", "process", "service", "history")
    blocks = [block for _ in range(4) if (block := scribe.tell(kinds, 4, own=True))]
    blocks += [block for _ in range(2 if len(blocks) < 3 else 0) if (block := scribe.tell(kinds, 3))]
    if len(blocks) < 2:
        blocks.insert(0, Block(scribe.say_one_of("about", "opening")))
    values = scribe.list_values(("product",))
    blocks += [values] if values else []
    blocks.append(Block(scribe.say_one_of("about", "closing")))
    return Section(heading, scribe.slots["Kw"], tuple(block for block in blocks if block.markdown))


def module_section(scribe: Scribe, chosen: list[Module], quota: int, room: int, link: Link | None) -> Section:
    """One part with a few facts among its paragraphs; a second one under H3 where a long text asks for it."""
    module = chosen.pop(0)
    heading = scribe.promised(module.headings) or scribe.say(module.headings, "heading")
    told = _told(scribe, module, quota)
    blocks = _paragraphs(scribe, module, max(60, room - sum(word_count(block.markdown) for block in told)))
    values = scribe.list_values(module.kinds) if not told or len(scribe.facts) > 25 else None
    for place, block in enumerate([*told, *([values] if values else [])]):
        blocks.insert(1 + 2 * place, block)
    if link:
        blocks.append(Block(link_line(scribe, link)))
    while sum(word_count(block.markdown) for block in blocks) < room * 0.55 and chosen:
        module = chosen.pop(0)
        left = room - sum(word_count(block.markdown) for block in blocks)
        blocks.append(Block("### " + scribe.say(module.headings, "heading")))
        blocks += _paragraphs(scribe, module, left)
    blocks = _trimmed(blocks, room)
    return Section(heading, heading, tuple(block for block in blocks if block.markdown))


def _told(scribe: Scribe, module: Module, quota: int) -> list[Block]:
    """What the company says for this part: the more it has to say, the less of the part is ours."""
    found = (scribe.tell(module.kinds, min(quota, MOST_TOLD)) for _ in range(min(TELLINGS, quota)))
    return [block for block in found if block]


def filled_up(scribe: Scribe, middle: list[Section], chosen: list[Module], missing: int) -> list[Section]:
    """The sections with parts under H3 added to the shortest ones, until the words that were
    agreed are there.
    """
    grown = list(middle)
    while missing > 0 and chosen and grown:
        module = chosen.pop(0)
        place = min(range(len(grown)), key=lambda each: word_count(grown[each].markdown))
        heading = Block("### " + scribe.say(module.headings, "heading"))
        more = [heading, *_paragraphs(scribe, module, max(140, missing))]
        grown[place] = replace(grown[place], blocks=(*grown[place].blocks, *more))
        missing -= sum(word_count(block.markdown) for block in more)
    return grown


def _paragraphs(scribe: Scribe, module: Module, room: int) -> list[Block]:
    """The module's own paragraphs: which of them, the text's seed says; in which order, the module."""
    lists = [block for block in module.blocks if block.startswith(("- ", "1. ", "**"))]
    likes = bool({"list", "steps", "questions"} & set(scribe.voice.structures))
    order = shuffled([b for b in module.blocks if b not in lists], *scribe.seed, module.key)
    listing = shuffled(lists, *scribe.seed, module.key)
    order[1:1] = listing[:1] if likes else []
    kept: list[str] = []
    total = 0
    for block in order + (listing[1:] if likes else listing):
        if len(kept) == MOST or (total >= room * 0.8 and len(kept) >= 2):
            break
        kept.append(block)
        total += word_count(block)
    in_order = [block for block in module.blocks if block in kept]
    return [Block(text) for block in in_order if (text := scribe.say((block,)))]


def _trimmed(blocks: list[Block], room: int) -> list[Block]:
    """Without the paragraphs of ours that a section has too many of; facts and links stay."""
    kept = list(blocks)
    for block in reversed(blocks[1:]):
        total = sum(word_count(each.markdown) for each in kept)
        ours = not block.claims and "](" not in block.markdown and not block.markdown.startswith("### ")
        if total > room * 1.25 and ours and not kept[kept.index(block) - 1].markdown.startswith("### "):
            kept.remove(block)
    return kept


def questions(scribe: Scribe) -> list[Section]:
    """What the company's own customers hesitate about, where its DNA knows."""
    doubts = [
        (harmless(str(doubt)).rstrip(".;, "), f"dna:audience.objections.{place}")
        for place, doubt in enumerate(listed(scribe.material.dna.get("audience.objections")))
        if isinstance(doubt, str) and not is_order(doubt) and 3 < len(doubt) < 120
    ]
    blocks = []
    for doubt, fact_id in shuffled(doubts, *scribe.seed, "doubts")[:2]:
        line = f"{capital(doubt)}." if not doubt.endswith("?") else capital(doubt)
        answer = scribe.say_one_of("doubts", "answers")
        if answer:
            blocks.append(Block(f"**{line}** {answer}", ((line, fact_id),)))
    if not blocks:
        return []
    opening = Block(scribe.say_one_of("doubts", "opening"))
    closing = scribe.tell(("guarantee", "proof", "service"), 2)
    heading = scribe.say_one_of("doubts", "headings")
    return [Section(heading, heading, (opening, *blocks, *([closing] if closing else [])))]


def conclusion(scribe: Scribe, links: Sequence[Link], cta: Link | None) -> Section:
    blocks = [
        Block(scribe.say_one_of("end", "summary")),
        Block(scribe.say(scribe.voice.closings, "closing") or scribe.say_one_of("end", "closing")),
    ]
    fact = scribe.tell(("guarantee", "service", "proof"), 1)
    blocks[1:1] = [fact] if fact else []
    blocks += [Block(link_line(scribe, link)) for link in links[:1]] if len(links) == 1 else []
    if cta:
        lead = scribe.say_one_of("end", "call")
        blocks.append(Block(f"{lead} [{cta.anchor}]({cta.url})"))
    else:
        blocks.append(Block(scribe.say_one_of("end", "call_without_link")))
    heading = scribe.say_one_of("end", "headings")
    return Section(heading, heading, tuple(block for block in blocks if block.markdown))
