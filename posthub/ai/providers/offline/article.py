"""A whole article at once, always the same for the same request; outline and sections are views of it."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from .chapters import NAMED, Plan, aim_of, plan_of
from .families import family_of
from .library import Module, filled
from .links import Link, call_of, link_line, links_of
from .material import Material, gather, listed
from .parts import (
    Section,
    about,
    chapter_section,
    conclusion,
    filled_up,
    introduction,
    module_section,
    questions_section,
)
from .questions import answered
from .scribe import Block, Scribe
from .trades import suitable, the_rest
from .voices import voice_of
from .wording import capital, harmless, is_order, stems, word_count

SECTION_WORDS = 150
MOST_SECTIONS = 14
LEAST_LINKS = 2
ASKED = ("company", "dna", "facts", "persona", "topic", "words", "link_targets", "remarks", "variant")
SLACK = 1.035  # a little over the least, so that a beginning can be shortened later


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
    return _composed(language, json.dumps(asked, ensure_ascii=False, default=str))


@lru_cache(maxsize=8)
def _composed(language: str, asked: str) -> Article:
    inputs: Mapping[str, Any] = json.loads(asked)
    material = gather(language, inputs)
    topic: Mapping[str, Any] = inputs.get("topic") or {}
    scribe = _scribe(language, inputs, material)
    family = family_of(material.tongue.code, scribe.slots["title"], topic)
    links = links_of(material, inputs.get("link_targets") or [], topic)
    cta = call_of(material, links)
    aim = aim_of(material, scribe.slots["title"], topic, variant(inputs))
    plan = plan_of(material, family, aim, scribe.voice.kinds)
    told = _chapters(scribe, plan)
    facts = [fact for planned in plan.chapters for fact in planned.facts]
    asked_by = answered(material, scribe.slots["title"], {*facts, *plan.hook}, scribe.seed)
    opening = [introduction(scribe, plan.hook), *([] if told else [about(scribe)])]
    closing = [questions_section(scribe, asked_by)] if asked_by else []
    told, unlinked = _linked(scribe, told, links)
    closing.append(conclusion(scribe, family, unlinked, cta))
    least, most = _bounds(inputs)
    target = _target(least, most, scribe, len(facts))
    fixed = sum(word_count(s.markdown) + word_count(s.heading) for s in [*opening, *told, *closing])
    chosen = _modules(material, topic, scribe, family, variant(inputs))
    middle = _advice(scribe, chosen, target - fixed, MOST_SECTIONS - len([*opening, *told, *closing]))
    fixed += sum(word_count(s.markdown) + word_count(s.heading) for s in middle)
    middle = filled_up(scribe, middle, chosen, round(least * SLACK) - fixed)
    body = _in_order(listed(topic.get("outline")), told, middle)
    sections = tuple(section for section in (*opening, *body, *closing) if section.blocks)
    return Article(scribe.slots["title"], scribe.slots["keyword"], sections, tuple(links), cta, material)


def _chapters(scribe: Scribe, plan: Plan) -> list[Section]:
    """The chapters the approved topic names; all of them where it names none, or as many as a topic can."""
    named = [
        planned
        for planned in plan.chapters
        if any(scribe.filled(heading) in scribe.headings for heading in planned.chapter.headings)
    ]
    chosen = named if 0 < len(named) < NAMED else list(plan.chapters)
    return [chapter_section(scribe, planned, place) for place, planned in enumerate(chosen)]


def _linked(
    scribe: Scribe, told: Sequence[Section], links: Sequence[Link]
) -> tuple[list[Section], list[Link]]:
    """Each chapter with the link that is nearest to it, at least one of them with any; and the links left over."""
    left, linked = list(links), []
    for section in told:
        said = stems(section.markdown, scribe.material.tongue)
        near = [(len(stems(link.anchor, scribe.material.tongue) & said), link) for link in left]
        close, best = max(near, key=lambda entry: entry[0], default=(0, None))
        if best and (close or len(links) - len(left) < LEAST_LINKS - 1):
            left.remove(best)
            section = replace(section, blocks=(*section.blocks, Block(link_line(scribe, best))))
        linked.append(section)
    return linked, left


def _advice(scribe: Scribe, chosen: list[Module], missing: int, most: int) -> list[Section]:
    """As many parts of general advice as the agreed length still asks for."""
    count = max(0, min(most, len(chosen), math.ceil(missing / SECTION_WORDS)))
    middle: list[Section] = []
    for place in range(count):
        if not chosen:
            break
        middle.append(module_section(scribe, chosen, max(60, missing // (count - place))))
        missing -= word_count(middle[-1].markdown) + word_count(middle[-1].heading)
    return middle


def _in_order(outline: Sequence[str], told: Sequence[Section], middle: Sequence[Section]) -> list[Section]:
    """As the topic promised; what it did not name in turn: what the company says, then advice."""
    mixed = [section for pair in zip_longest(told[1:], middle) for section in pair if section]
    place = {str(heading): number for number, heading in enumerate(outline)}
    first = [section for section in told[:1] if section.heading not in place]
    rest = [*(section for section in told[:1] if section not in first), *mixed]
    return [*first, *sorted(rest, key=lambda section: place.get(section.heading, len(place)))]


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
    seed = (material.brand, title, str(persona.get("name") or ""), *variant(inputs))
    promised = tuple(str(heading) for heading in listed(topic.get("outline")))
    return Scribe(material, voice_of(language, persona), slots, seed, list(material.facts), promised)


def variant(inputs: Mapping[str, Any]) -> tuple[str, ...]:
    """What makes a second try come out differently: the remarks, and how many versions there are."""
    number_of_try = int(inputs.get("variant") or 0)
    return (*map(str, listed(inputs.get("remarks"))), *([str(number_of_try)] if number_of_try else []))


def _bounds(inputs: Mapping[str, Any]) -> tuple[int, int]:
    wanted: Mapping[str, Any] = inputs.get("words") or {}
    least = int(wanted.get("min") or 1500)
    return least, max(least, int(wanted.get("max") or 4000))


def _target(least: int, most: int, scribe: Scribe, facts: int) -> int:
    """A little above the least, more where there is more to tell or the voice takes its time."""
    share = {"short": 0.01, "medium": 0.02, "long": 0.03}[scribe.voice.sentence_length]
    share += min(0.02, facts / 2000)
    return round(min(most * 0.95, max(least * 1.05, least + (most - least) * share)))


def _modules(
    material: Material,
    topic: Mapping[str, Any],
    scribe: Scribe,
    family: str,
    variant_of: tuple[str, ...] = (),
) -> list[Module]:
    """All parts: those the topic promised first, then the others, those of its kind of article before the rest."""
    parts = suitable(material)
    outline = [str(heading) for heading in listed(topic.get("outline"))]
    kept = outline[: 3 if variant_of else 9]
    promised = {heading: place for place, heading in enumerate(kept)}

    def place_of(module: Module) -> int | None:
        headings = (filled(heading, scribe.slots, material.formality) for heading in module.headings)
        return next((promised[heading] for heading in headings if heading in promised), None)

    first = [(place, module) for module in parts if (place := place_of(module)) is not None]
    taken = {module.key for _, module in first}
    rest = the_rest(parts, taken, (*outline, *variant_of), family)
    return [module for _, module in sorted(first, key=lambda entry: entry[0])] + rest


def freely(language: str, inputs: Mapping[str, Any], wanted: Mapping[str, Any], index: int) -> Section:
    """A section for a heading that is not ours: the facts it asks for, or those that speak of it, then advice."""
    material = gather(language, inputs)
    topic: Mapping[str, Any] = inputs.get("topic") or {}
    scribe = _scribe(language, inputs, material)
    scribe.seed = (*scribe.seed, index)
    heading = harmless(str(wanted.get("heading") or ""))
    named, about_it = set(listed(wanted.get("fact_ids"))), stems(heading, material.tongue)
    told = [fact for fact in material.facts if fact.fact_id in named and not fact.frame]
    told = told or [f for f in material.facts if f.stems & about_it and not f.frame and not f.leans]
    blocks = [Block(" ".join(f.text for f in told[:4]), tuple((f.text, f.fact_id) for f in told[:4]))]
    family = family_of(material.tongue.code, scribe.slots["title"], topic)
    spare = list(reversed(_modules(material, topic, scribe, family)))
    spare = spare[index * 2 :] + spare[: index * 2]
    section = module_section(scribe, spare, int(wanted.get("words") or SECTION_WORDS))
    return replace(
        section, heading=heading or section.heading, blocks=(*(blocks if told else ()), *section.blocks)
    )
