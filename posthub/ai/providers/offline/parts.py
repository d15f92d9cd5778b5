"""The parts of an article: introduction, what the company says, general advice, questions, conclusion."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .chapters import Planned, Run
from .choice import number, shuffled
from .library import Module, pool
from .links import Link, link_line
from .questions import Answered
from .scribe import Block, Scribe
from .wording import capital, word_count

MOST = 6  # paragraphs taken from one part; which parts a text has is what makes it differ from the others
IN_ONE_BREATH = {"short": 2, "medium": 3, "long": 4}  # sentences of a paragraph
LISTED = (
    "price",
    "figures",
    "promise",
    "ordering",
    "place",
)  # what reads well as a list, in a voice that likes one
SHORT_LINE = 170  # characters; a longer line is no line of a list


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    brief: str
    blocks: tuple[Block, ...]
    theme: str = ""  # of the facts it tells, where it tells any

    @property
    def markdown(self) -> str:
        return "\n\n".join(block.markdown for block in self.blocks)

    @property
    def claims(self) -> tuple[tuple[str, str], ...]:
        return tuple(claim for block in self.blocks for claim in block.claims)


def introduction(scribe: Scribe, hook: Run) -> Section:
    """A fact the topic was made for and the voice's own first words; who likes to tell stories speaks first."""
    blocks = [Block(scribe.say(scribe.voice.openings, "opening") or scribe.say_one_of("intro", "openings"))]
    if hook:
        told = " ".join(fact.text for fact in hook)
        turn = scribe.say_one_of("turn", hook[-1].kind) or scribe.say_one_of("turn", "general")
        fact = Block(f"{told} {turn}".strip(), tuple((fact.text, fact.fact_id) for fact in hook))
        blocks.insert(1 if "story" in scribe.voice.structures else 0, fact)
    else:
        blocks.append(Block(scribe.say_one_of("intro", "promise")))
    if not any(scribe.slots["keyword"].casefold() in block.markdown.casefold() for block in blocks):
        blocks.append(Block(scribe.say_one_of("intro", "keyword")))
    heading = scribe.say_one_of("intro", "headings")
    return Section(heading, scribe.slots["title"], tuple(block for block in blocks if block.markdown))


def about(scribe: Scribe) -> Section:
    """Where the company said nothing that fits: a heading that holds the keyword, and what comes of it."""
    heading = scribe.say_one_of("about", "headings")
    blocks = (Block(scribe.say_one_of("about", "opening")), Block(scribe.say_one_of("about", "closing")))
    return Section(heading, scribe.slots["Kw"], tuple(block for block in blocks if block.markdown))


def chapter_section(scribe: Scribe, planned: Planned, place: int) -> Section:
    """What the company says of one thing, opened in the voice's own way, in its sentences and paragraphs."""
    chapter = planned.chapter
    headings = chapter.plain if place else chapter.named
    # The first one holds the keyword, whatever somebody else's voice was going to begin with.
    heading = scribe.promised(chapter.headings if place else chapter.named)
    heading = heading or scribe.say(headings, "heading", chapter.theme)
    blocks = _as_list(scribe, planned) or _as_prose(scribe, planned)
    opening = _opening(scribe, planned, place)
    if opening and blocks and not blocks[0].markdown.startswith("- "):
        blocks[0] = replace(blocks[0], markdown=f"{opening} {blocks[0].markdown}")
    elif opening and blocks:
        blocks.insert(0, Block(opening))
    values = _values(scribe, planned)
    blocks += [values] if values else []
    return Section(heading, heading, tuple(blocks), chapter.theme)


def _opening(scribe: Scribe, planned: Planned, place: int) -> str:
    """In turn what the voice always says, and what suits this chapter in the manner of the voice."""
    chapter = planned.chapter
    if place % 2 and (lead := scribe.say(scribe.voice.leads, "lead")):
        return lead
    asks = "questions" in scribe.voice.structures
    brief = scribe.voice.sentence_length == "short"
    own = chapter.asking if asks else chapter.brisk if brief else chapter.openings
    return scribe.say(own, chapter.theme)


def _as_list(scribe: Scribe, planned: Planned) -> list[Block]:
    """Lines instead of paragraphs: in a voice that likes them, where each sentence stands by itself."""
    facts = planned.facts
    fits = planned.chapter.theme in LISTED and len(facts) >= 3 and not any(fact.leans for fact in facts)
    if "list" not in scribe.voice.structures or not fits or any(len(f.text) > SHORT_LINE for f in facts):
        return []
    lines = "\n".join(f"- {fact.text}" for fact in facts)
    return [Block(lines, tuple((fact.text, fact.fact_id) for fact in facts))]


def _as_prose(scribe: Scribe, planned: Planned) -> list[Block]:
    """Paragraphs as long as the voice's breath; what stands together on its page stays together."""
    most = IN_ONE_BREATH[scribe.voice.sentence_length]
    paragraphs: list[Run] = []
    for run in planned.runs:
        if paragraphs and len(paragraphs[-1]) + len(run) <= most:
            paragraphs[-1] = (*paragraphs[-1], *run)
        else:
            paragraphs.append(run)
    return [
        Block(" ".join(fact.text for fact in facts), tuple((fact.text, fact.fact_id) for fact in facts))
        for facts in paragraphs
    ]


def _values(scribe: Scribe, planned: Planned) -> Block | None:
    """Bare values of one DNA point as a list under one lead."""
    if not planned.values:
        return None
    lead = scribe.say_one_of("frames", *planned.values[0].frame.split(".")) or scribe.say_one_of(
        "frames", "other"
    )
    if not lead:
        return None
    lines = [capital(fact.text.rstrip(".;, ")) for fact in planned.values]
    claims = tuple((line, fact.fact_id) for line, fact in zip(lines, planned.values, strict=True))
    return Block(f"{lead}\n\n" + "\n".join(f"- {line}" for line in lines), claims)


def module_section(scribe: Scribe, chosen: list[Module], room: int) -> Section:
    """One part of general advice; a second one under H3 where a long text asks for it."""
    module = chosen.pop(0)
    heading = _heading(scribe, module)
    blocks = _paragraphs(scribe, module, room)
    while sum(word_count(block.markdown) for block in blocks) < room * 0.55 and chosen:
        module = chosen.pop(0)
        left = room - sum(word_count(block.markdown) for block in blocks)
        blocks.append(Block("### " + _heading(scribe, module)))
        blocks += _paragraphs(scribe, module, left)
    return Section(heading, heading, tuple(block for block in _trimmed(blocks, room) if block.markdown))


def filled_up(scribe: Scribe, middle: list[Section], chosen: list[Module], missing: int) -> list[Section]:
    """The sections with parts under H3 added to the shortest ones, until the words that were
    agreed are there.
    """
    grown = list(middle)
    while missing > 0 and chosen and grown:
        module = chosen.pop(0)
        place = min(range(len(grown)), key=lambda each: word_count(grown[each].markdown))
        heading = Block("### " + _heading(scribe, module))
        more = [heading, *_paragraphs(scribe, module, max(140, missing))]
        grown[place] = replace(grown[place], blocks=(*grown[place].blocks, *more))
        missing -= sum(word_count(block.markdown) for block in more)
    return grown


def _heading(scribe: Scribe, module: Module) -> str:
    """The one the topic promised, under H3 too."""
    return scribe.promised(module.headings) or scribe.say(module.headings, "heading")


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
    """Without the paragraphs that a section has too many of."""
    kept = list(blocks)
    for block in reversed(blocks[1:]):
        total = sum(word_count(each.markdown) for each in kept)
        bare = block.markdown.startswith("### ") or kept[kept.index(block) - 1].markdown.startswith("### ")
        if total > room * 1.25 and not bare:
            kept.remove(block)
    return kept


def questions_section(scribe: Scribe, answered: Sequence[Answered]) -> Section:
    """What the company's own customers ask, each with the company's own answer."""
    heading = scribe.say_one_of("doubts", "headings")
    blocks = [
        Block(
            " ".join((f"**{each.question}**", *(fact.text for fact in each.facts))),
            ((each.question, each.fact_id), *((fact.text, fact.fact_id) for fact in each.facts)),
        )
        for each in answered
    ]
    return Section(heading, heading, (Block(scribe.say_one_of("doubts", "opening")), *blocks), "questions")


def conclusion(scribe: Scribe, family: str, links: Sequence[Link], cta: Link | None) -> Section:
    """The voice's last words and where to go from here; one that takes its time also sums up."""
    patient = scribe.voice.sentence_length == "long"
    summary = scribe.say(pool(scribe.language, "summary", family), "summary") if patient else ""
    closing = scribe.say(scribe.voice.closings, "closing") or scribe.say_one_of("end", "closing")
    ending = [summary, closing] if number(*scribe.seed, "end") % 2 else [closing, summary]
    blocks = [Block(text) for text in ending]
    blocks += [Block(link_line(scribe, link)) for link in links[:1]]
    if cta:
        lead = scribe.say_one_of("end", "call")
        blocks.append(Block(f"{lead} [{cta.anchor}]({cta.url})"))
    else:
        blocks.append(Block(scribe.say_one_of("end", "call_without_link")))
    heading = scribe.say_one_of("end", "headings")
    return Section(heading, heading, tuple(block for block in blocks if block.markdown))
