"""Six voices for a company: named after its trade, each saying the same thing its own way."""

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from .choice import shuffled
from .ideas import is_whole
from .library import Voice, fill, pool, table, voices
from .material import Material, gather, listed, same
from .sayings import Told
from .themes import OF_KIND, theme_of
from .trades import trade_of
from .wording import capital, cut, harmless, words

SET = 6
LIKED = ("making", "history", "figures", "us", "people", "promise", "ordering", "offer")
LEAST_FACTS, MOST_FACTS = 4, 6
_NO_SAMPLE = re.compile(r":|zakáz|mladším|\bunder 1[68]\b|^(?:Tell|Send|Bring|Please|Ask|Call|Let)\b")
FACT_WORDS = 46  # more of them would drown the voice
OWN_WORDS = 58


def write(language: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    material = gather(language, inputs)
    batch = int(inputs.get("batch") or 0)
    avoid = [str(name) for name in listed(inputs.get("avoid"))]
    every = voices(material.tongue.code)
    start = (batch * SET) % len(every)
    chosen = [every[(start + place) % len(every)] for place in range(SET)]
    facts = sample_facts(material, batch)
    personas: list[dict[str, Any]] = []
    for place, voice in enumerate(chosen):
        name = _name(material, voice, batch, avoid)
        avoid.append(name)
        personas.append(_persona(material, voice, name, facts, place, batch))
    return {"personas": personas}


def sample_facts(material: Material, batch: int) -> list[Told]:
    """Four to six short facts about as many things as there are, the same for all six; others for another set."""
    short = [fact for fact in material.facts if _stands_by_itself(fact, material)]
    fitting = [fact for fact in short if theme_of(fact) in LIKED]
    fitting = fitting if len(fitting) >= LEAST_FACTS else short
    by_theme: dict[str, list[Told]] = {}
    for fact in sorted(fitting, key=lambda fact: (_liking(fact), *_plainness(fact))):
        by_theme.setdefault(theme_of(fact), []).append(fact)
    shift = batch * 2
    turned = [facts[shift % len(facts) :] + facts[: shift % len(facts)] for facts in by_theme.values()]
    rounds = [fact for each in zip_longest(*turned) for fact in each if fact]
    chosen: list[Told] = []
    for fact in rounds:
        told = sum(len(words(each.text)) for each in (*chosen, fact))
        if len(chosen) < MOST_FACTS and (told <= FACT_WORDS or len(chosen) < LEAST_FACTS):
            chosen.append(fact)
    return chosen


def _stands_by_itself(fact: Told, material: Material) -> bool:
    """A short whole sentence that needs nothing beside it; no line of a list, nothing that went wrong."""
    short = not fact.frame and not fact.leans and 4 <= len(words(fact.text)) <= 14
    return short and not _NO_SAMPLE.search(fact.text) and is_whole(fact.text, material)


def _plainness(fact: Told) -> tuple[bool, bool, int]:
    """What is true of the company at large, and holds a figure, tells a stranger most."""
    counted = any(char.isdigit() for char in fact.text)
    return (bool(fact.subject), not counted, abs(len(words(fact.text)) - 9))


def _first(voice: Voice, fact: Told) -> int:
    """Each voice begins with what it likes to tell."""
    liked = [OF_KIND.get(kind, "") for kind in voice.kinds]
    return liked.index(theme_of(fact)) if theme_of(fact) in liked else len(liked)


def _liking(fact: Told) -> int:
    return LIKED.index(theme_of(fact)) if theme_of(fact) in LIKED else len(LIKED)


def _name(material: Material, voice: Voice, batch: int, avoid: Sequence[str]) -> str:
    names = [str(name) for name in trade_of(material).get(voice.trade, ())] if voice.trade else []
    names += voice.names
    turn = batch * SET // len(voices(material.tongue.code))
    for name in names[turn:] + names[:turn]:
        if not any(same(name, taken) for taken in avoid):
            return name
    return f"{names[0]} {turn + 2}"


def _persona(
    material: Material, voice: Voice, name: str, facts: Sequence[Told], place: int, batch: int
) -> dict[str, Any]:
    known = str(material.dna.get("voice.formality") or "")
    formality = known if known in ("tykani", "vykani", "neutral") else material.formality
    products = [capital(subject) for subject in material.subjects if len(subject) <= 40]
    shift = place * 2 % len(products) if products else 0
    own = (products[shift:] + products[:shift])[:2]
    banned = [harmless(str(word)) for word in listed(material.dna.get("voice.vocabulary_banned"))][:2]
    avoid_line = fill(
        pool(material.tongue.code, "personas", "banned")[0], {"words": ", ".join(banned)}, formality
    )
    return {
        "name": cut(name, 60),
        "role_title": voice.role_title,
        "one_line": voice.one_line,
        "tone": list(voice.tone),
        "formality": formality,
        "sentence_length": voice.sentence_length,
        "expertise": [*voice.expertise, *own[:1]][:8],
        "audience_segment": cut(_segment(material, place), 140),
        "favourite_structures": [
            str(table(material.tongue.code, "structures")[key]) for key in voice.structures
        ],
        "do": list(voice.do),
        "dont": [*voice.dont, *([cut(avoid_line, 120)] if avoid_line else [])][:6],
        "signature_phrases": [fill(phrase, {}, formality) for phrase in voice.signature],
        "topics": [*voice.topics, *own][:8],
        "sample": sample(material, voice, facts, formality, batch),
    }


def _segment(material: Material, place: int) -> str:
    found = [
        harmless(str(entry.get("name") if isinstance(entry, Mapping) else entry))
        for entry in listed(material.dna.get("audience.segments"))
    ]
    found = [name for name in found if name] or list(pool(material.tongue.code, "personas", "segments"))
    return found[place % len(found)]


def sample(material: Material, voice: Voice, facts: Sequence[Told], formality: str, batch: int) -> str:
    """The facts are the same in all voices; their order and what stands before, between and after them is the voice's own."""
    slots = {"brand": material.brand, "city": material.city}
    first, second = (shuffled(voice.sample, material.brand, voice.key, batch // 2) * 2)[:2]
    opening, bridge, close = (fill(part, slots, formality) for part in first)
    told = [fact.text for fact in sorted(facts, key=lambda fact: _first(voice, fact))]
    if len(told) < 2:
        told.append(pool(material.tongue.code, "personas", "short")[0])
    middle = [bridge, fill(second[1], slots, formality)]
    parts = [opening, *told[:2], *middle[:1], *told[2:4], *(middle[1:] if told[4:] else ()), *told[4:], close]
    own = len(words(" ".join((opening, *middle, close))))
    further = [fill(text, slots, formality) for text in (second[2], *voice.closings)]
    for text in further if len(told) >= LEAST_FACTS else ():
        if text and own < OWN_WORDS and not material.refuses(text):
            parts.append(text)
            own += len(words(text))
    return cut(" ".join(part for part in parts if part), 890)
