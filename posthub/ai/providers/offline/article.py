"""A whole article at once, always the same for the same request; outline and sections are views of it."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .families import family_of
from .library import Module, filled
from .links import Link, call_of, links_of
from .material import Material, gather, listed
from .parts import Section, about, conclusion, filled_up, introduction, module_section, questions
from .scribe import Scribe
from .trades import suitable, the_rest
from .voices import voice_of
from .wording import capital, harmless, is_order, word_count

SECTION_WORDS = 200
ASKED = ("company", "dna", "facts", "persona", "topic", "words", "link_targets", "remarks", "variant")
DOUBTED = ("price", "choose", "mistakes", "proof")
SLACK = 1.035  # a little over the least, so that a beginning can be shortened later
EDGES = 300  # what introduction and conclusion take together


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
    links = links_of(material, inputs.get("link_targets") or [], topic)
    cta = call_of(material, links)
    least, most = _bounds(inputs)
    target = _target(least, most, scribe)
    count = max(3, min(13, math.ceil((target - EDGES) / SECTION_WORDS)))
    chosen = _modules(material, topic, scribe, variant(inputs))
    opening = [introduction(scribe, listed(topic.get("fact_ids"))), about(scribe)]
    family = family_of(material.tongue.code, scribe.slots["title"], topic)
    doubts = questions(scribe) if family in DOUBTED else []
    ending = conclusion(scribe, links, cta)
    fixed = sum(word_count(s.markdown) + word_count(s.heading) for s in [*opening, *doubts, ending])
    middle: list[Section] = []
    rest = count - 1 - len(doubts)
    room = max(60, (target - fixed) // max(1, rest))
    for place in range(rest):
        quota = _quota(scribe, rest - place + 1)
        link = links[place // 2] if place % 2 == 1 and place // 2 < len(links) else None
        middle.append(module_section(scribe, chosen, quota, room, link))
        fixed += word_count(middle[-1].markdown) + word_count(middle[-1].heading)
        room = max(60, (target - fixed) // max(1, rest - place - 1))
    middle = filled_up(scribe, middle, chosen, round(least * SLACK) - fixed)
    sections = tuple(section for section in (*opening, *middle, *doubts, ending) if section.blocks)
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
    spoken = " ".join(
        [title, keyword, str(topic.get("angle") or ""), *listed(topic.get("secondary_keywords"))]
    )
    seed = (material.brand, title, str(persona.get("name") or ""), *variant(inputs))
    facts = material.about(spoken, subject=keyword, first=listed(topic.get("fact_ids")), seed=seed)
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
    return round(min(most * 0.95, max(least * 1.05, least + (most - least) * share)))


def _quota(scribe: Scribe, sections: int) -> int:
    """How many facts a section may tell, so that the later ones have some left."""
    usable = sum(1 for fact in scribe.facts if not fact.frame)
    return max(1, min(5, math.ceil(usable / max(1, sections))))


def _modules(
    material: Material, topic: Mapping[str, Any], scribe: Scribe, variant_of: tuple[str, ...] = ()
) -> list[Module]:
    """All parts: those the topic promised first, then the others in the order its plan stands for."""
    parts = suitable(material)
    outline = [str(heading) for heading in listed(topic.get("outline"))]
    kept = outline[: 3 if variant_of else 9]
    promised = {heading: place for place, heading in enumerate(kept)}

    def place_of(module: Module) -> int | None:
        headings = (filled(heading, scribe.slots, material.formality) for heading in module.headings)
        return next((promised[heading] for heading in headings if heading in promised), None)

    first = [(place, module) for module in parts if (place := place_of(module)) is not None]
    taken = {module.key for _, module in first}
    rest = the_rest(parts, taken, (*outline, *variant_of))
    return [module for _, module in sorted(first, key=lambda entry: entry[0])] + rest


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
    section = module_section(scribe, spare, 3, int(wanted.get("words") or SECTION_WORDS), None)
    return Section(harmless(str(wanted.get("heading") or section.heading)), section.brief, section.blocks)
