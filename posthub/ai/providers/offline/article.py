"""A whole article at once, always the same for the same request; outline and sections are views of it."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from .choice import shuffled
from .families import family_of
from .library import Module, filled, pool
from .material import Material, gather, listed
from .scribe import Block, Scribe
from .trades import suitable
from .voices import voice_of
from .wording import capital, harmless, is_order, safe_address, stems, word_count

SECTION_WORDS = 200
ASKED = ("company", "dna", "facts", "persona", "topic", "words", "link_targets", "remarks", "variant")
DOUBTED = ("price", "choose", "mistakes", "proof")
EDGES = 300  # what introduction and conclusion take together


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


@dataclass(frozen=True, slots=True)
class Link:
    anchor: str
    url: str


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    keyword: str
    sections: tuple[Section, ...]
    links: tuple[Link, ...]
    cta: Link | None
    material: Material


def compose(language: str, inputs: Mapping[str, Any]) -> Article:
    """The article; asked for once for the outline and then for each section, it is written once."""
    asked = {key: inputs[key] for key in ASKED if key in inputs}
    return _composed(language, json.dumps(asked, ensure_ascii=False, sort_keys=True, default=str))


@lru_cache(maxsize=8)
def _composed(language: str, asked: str) -> Article:
    inputs: Mapping[str, Any] = json.loads(asked)
    material = gather(language, inputs)
    topic: Mapping[str, Any] = inputs.get("topic") or {}
    scribe = _scribe(language, inputs, material)
    links = _links(material, inputs.get("link_targets") or [], topic)
    cta = _call(material, links)
    least, most = _bounds(inputs)
    target = _target(least, most, scribe)
    count = max(3, min(13, math.ceil((target - EDGES) / SECTION_WORDS)))
    chosen = _modules(material, topic, scribe)
    opening = [_introduction(scribe), _about(scribe)]
    family = family_of(material.tongue.code, scribe.slots["title"], topic)
    questions = _questions(scribe) if family in DOUBTED else []
    ending = _conclusion(scribe, links, cta)
    fixed = sum(word_count(s.markdown) + word_count(s.heading) for s in [*opening, *questions, ending])
    middle: list[Section] = []
    rest = count - 1 - len(questions)
    room = max(60, (target - fixed) // max(1, rest))
    for place in range(rest):
        quota = _quota(scribe, rest - place + 1)
        link = links[place // 2] if place % 2 == 1 and place // 2 < len(links) else None
        middle.append(_module_section(scribe, chosen, quota, room, link))
        fixed += word_count(middle[-1].markdown) + word_count(middle[-1].heading)
        room = max(60, (target - fixed) // max(1, rest - place - 1))
    middle = _filled_up(scribe, middle, chosen, round(least * 1.01) - fixed)
    sections = tuple(section for section in (*opening, *middle, *questions, ending) if section.blocks)
    return Article(scribe.slots["title"], scribe.slots["keyword"], sections, tuple(links), cta, material)


def _scribe(language: str, inputs: Mapping[str, Any], material: Material) -> Scribe:
    topic: Mapping[str, Any] = inputs.get("topic") or {}
    persona: Mapping[str, Any] = inputs.get("persona") or {}
    title = harmless(str(topic.get("title") or "")) or material.brand
    keyword = harmless(str(topic.get("primary_keyword") or ""))[:60].strip() or title[:60]
    keyword = title[:60] if is_order(keyword) else keyword
    if keyword.casefold() not in title.casefold() and len(keyword) + len(title) <= 100:
        title = f"{capital(keyword)}: {title}"
    slots = {
        "title": title,
        "keyword": keyword,
        "kw": material.inside(keyword),
        "Kw": capital(keyword),
        "brand": material.brand,
        "city": material.city,
    }
    about = " ".join(
        [title, keyword, str(topic.get("angle") or ""), *listed(topic.get("secondary_keywords"))]
    )
    seed = (material.brand, title, str(persona.get("name") or ""), *variant(inputs))
    facts = material.about(about, subject=keyword, first=listed(topic.get("fact_ids")), seed=seed)
    promised = tuple(str(heading) for heading in listed(topic.get("outline")))
    return Scribe(material, voice_of(language, persona), slots, seed, facts, promised)


def variant(inputs: Mapping[str, Any]) -> tuple[str, ...]:
    """What makes a second try come out differently: the remarks, and how many versions there are."""
    number_of_try = int(inputs.get("variant") or 0)
    return (*map(str, listed(inputs.get("remarks"))), *([str(number_of_try)] if number_of_try else []))


def _bounds(inputs: Mapping[str, Any]) -> tuple[int, int]:
    wanted: Mapping[str, Any] = inputs.get("words") or {}
    least = int(wanted.get("min") or 1500)
    return least, max(least, int(wanted.get("max") or 4000))


def _target(least: int, most: int, scribe: Scribe) -> int:
    """A little above the least, more where there is more to tell or the voice takes its time."""
    share = {"short": 0.01, "medium": 0.025, "long": 0.04}[scribe.voice.sentence_length]
    share += min(0.02, len(scribe.facts) / 2500)
    return round(min(most * 0.95, max(least * 1.03, least + (most - least) * share)))


def _quota(scribe: Scribe, sections: int) -> int:
    """How many facts a section may tell, so that the later ones have some left."""
    usable = sum(1 for fact in scribe.facts if not fact.frame)
    return max(1, min(3, math.ceil(usable / max(1, sections))))


def _modules(material: Material, topic: Mapping[str, Any], scribe: Scribe) -> list[Module]:
    """All parts, the fitting ones first; neighbours in a month start at different places of the
    same round.
    """
    every = shuffled(suitable(material), material.brand, "modules")
    family = family_of(material.tongue.code, scribe.slots["title"], topic)
    start = int(topic.get("slot") or 0) * 6 + _month(material, str(topic.get("why_now") or "")) * 7
    wanted = scribe.voice.families

    promised = {str(heading): place for place, heading in enumerate(listed(topic.get("outline")))}

    def rank(entry: tuple[int, Module]) -> tuple[float, int]:
        place, module = entry
        for heading in module.headings:
            found = promised.get(filled(heading, scribe.slots, material.formality))
            if found is not None:
                return (found - 1000.0, place)
        distance = (place - start) % len(every)
        bonus = 7 * (family in module.families) + 3 * bool(module.families & set(wanted))
        return (float(distance - bonus), place)

    return [module for _, module in sorted(enumerate(every), key=rank)]


def _month(material: Material, why_now: str) -> int:
    found = re.search(r"(\w+) (20\d\d)\b", why_now)
    names = [name.casefold() for name in material.tongue.months]
    if not found or found[1].casefold() not in names:
        return 0
    return int(found[2]) * 12 + names.index(found[1].casefold())


def _introduction(scribe: Scribe) -> Section:
    opening = scribe.say(scribe.voice.openings, "opening") or scribe.say_one_of("intro", "openings")
    blocks = [Block(opening)]
    if scribe.slots["keyword"].casefold() not in blocks[0].markdown.casefold():
        blocks.insert(0, Block(scribe.say_one_of("intro", "keyword")))
    blocks += [block for block in (scribe.tell((), 2, own=True) or scribe.tell((), 2),) if block]
    blocks.append(Block(scribe.say_one_of("intro", "promise")))
    heading = scribe.say_one_of("intro", "headings")
    return Section(heading, scribe.slots["title"], tuple(block for block in blocks if block.markdown))


def _about(scribe: Scribe) -> Section:
    """What the company itself says about the subject; the one heading that surely holds the keyword."""
    heading = scribe.say_one_of("about", "headings")
    blocks = [Block(scribe.say_one_of("about", "opening"))]
    kinds = ("product", "process", "service", "history")
    blocks += [block for _ in range(3) if (block := scribe.tell(kinds, 3, own=True))]
    blocks += [block for _ in range(2 if len(blocks) < 3 else 0) if (block := scribe.tell(kinds, 2))]
    values = scribe.list_values(("product",))
    blocks += [values] if values else []
    blocks.append(Block(scribe.say_one_of("about", "closing")))
    return Section(heading, scribe.slots["Kw"], tuple(block for block in blocks if block.markdown))


def _module_section(
    scribe: Scribe, chosen: list[Module], quota: int, room: int, link: Link | None
) -> Section:
    """One part with a few facts among its paragraphs; a second one under H3 where a long text asks for it."""
    module = chosen.pop(0)
    heading = scribe.promised(module.headings) or scribe.say(module.headings, "heading")
    blocks = _paragraphs(scribe, module, room)
    facts = scribe.tell(module.kinds, quota)
    values = scribe.list_values(module.kinds) if not facts or len(scribe.facts) > 25 else None
    blocks[1:1] = [block for block in (facts, values) if block]
    if link:
        blocks.append(Block(_link_line(scribe, link)))
    while sum(word_count(block.markdown) for block in blocks) < room * 0.55 and chosen:
        module = chosen.pop(0)
        left = room - sum(word_count(block.markdown) for block in blocks)
        blocks.append(Block("### " + scribe.say(module.headings, "heading")))
        blocks += _paragraphs(scribe, module, left)
    blocks = _trimmed(blocks, room)
    return Section(heading, heading, tuple(block for block in blocks if block.markdown))


def _filled_up(scribe: Scribe, middle: list[Section], chosen: list[Module], missing: int) -> list[Section]:
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
        if total >= room * 0.8 and len(kept) >= 2:
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


def _questions(scribe: Scribe) -> list[Section]:
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


def _conclusion(scribe: Scribe, links: Sequence[Link], cta: Link | None) -> Section:
    blocks = [
        Block(scribe.say_one_of("end", "summary")),
        Block(scribe.say(scribe.voice.closings, "closing") or scribe.say_one_of("end", "closing")),
    ]
    fact = scribe.tell(("guarantee", "service", "proof"), 1)
    blocks[1:1] = [fact] if fact else []
    blocks += [Block(_link_line(scribe, link)) for link in links[:1]] if len(links) == 1 else []
    if cta:
        lead = scribe.say_one_of("end", "call")
        blocks.append(Block(f"{lead} [{cta.anchor}]({cta.url})"))
    else:
        blocks.append(Block(scribe.say_one_of("end", "call_without_link")))
    heading = scribe.say_one_of("end", "headings")
    return Section(heading, heading, tuple(block for block in blocks if block.markdown))


def _link_line(scribe: Scribe, link: Link) -> str:
    lead = scribe.say_one_of("links") or pool(scribe.language, "links")[0]
    return f"{lead} [{link.anchor}]({link.url})."


def _links(material: Material, targets: Sequence[Mapping[str, Any]], topic: Mapping[str, Any]) -> list[Link]:
    """Up to four pages of the company's own site, the nearest first; never an address that was not given."""
    about = stems(
        f"{topic.get('title')} {topic.get('primary_keyword')} {topic.get('angle')}", material.tongue
    )
    usable = []
    for target in targets:
        url, anchor = str(target.get("url") or ""), harmless(str(target.get("title") or "")).strip(" .…?")
        if safe_address(url) and 2 <= len(anchor) <= 110 and not is_order(anchor):
            usable.append(Link(anchor, url))
    unique = list({link.url: link for link in usable}.values())
    unique.sort(key=lambda link: -len(stems(link.anchor, material.tongue) & about))
    return unique[:4]


def _call(material: Material, links: Sequence[Link]) -> Link | None:
    wanted = material.dna.get("offer.primary_cta")
    if isinstance(wanted, Mapping):
        url, label = str(wanted.get("url") or ""), harmless(str(wanted.get("label") or ""))[:80].strip(" .")
        if label and safe_address(url) and not is_order(label):
            return Link(label, url)
    website = str(material.dna.get("channels.website") or "")
    if safe_address(website):
        return Link(material.brand[:80] or website[:80], website)
    return None


def freely(language: str, inputs: Mapping[str, Any], wanted: Mapping[str, Any], index: int) -> Section:
    """A section for a heading that is not ours: its own facts first, then parts the plan did not use."""
    material = gather(language, inputs)
    topic: Mapping[str, Any] = inputs.get("topic") or {}
    scribe = _scribe(language, inputs, material)
    scribe.seed = (*scribe.seed, index)
    named = set(listed(wanted.get("fact_ids")))
    told = [fact for fact in material.facts if fact.fact_id in named and not fact.frame]
    scribe.facts = told or scribe.facts[index * 3 : index * 3 + 3]
    spare = list(reversed(_modules(material, topic, scribe)))
    spare = spare[index * 2 :] + spare[: index * 2]
    section = _module_section(scribe, spare, 3, int(wanted.get("words") or SECTION_WORDS), None)
    return Section(harmless(str(wanted.get("heading") or section.heading)), section.brief, section.blocks)
