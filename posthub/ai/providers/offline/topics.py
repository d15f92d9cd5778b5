"""Topics for the slots of a month: concrete titles, none said before, balanced over subjects and shapes."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from posthub.core.similarity import TitleShape

from .choice import number, shuffled
from .ideas import Idea, ideas
from .library import Frame, Module, Voice, filled, frames, pool
from .material import Material, gather, listed, same
from .trades import fits, suitable, trade_of
from .voices import voice_of
from .wording import capital, cut, harmless, stems

INTENT = {"awareness": "informational", "consideration": "commercial", "decision": "transactional"}
# Which ideas to prefer: a fact or a question makes a better title than a bare name.
EAGER = {
    "said": -1.6,
    "fact": -1.0,
    "duration": -1.6,
    "question": -1.6,
    "questionfor": -1.0,
    "brandfact": 0.2,
}
TELLINGS = ("said", "fact", "brandfact")  # their tail must suit what the fact tells
PARTS = 7  # how many parts of the article a topic already names


@dataclass(slots=True)
class Month:
    """What this answer has used so far."""

    material: Material
    past: list[TitleShape]
    seed: tuple[object, ...]
    frames: Counter[str] = field(default_factory=Counter)
    ideas: Counter[str] = field(default_factory=Counter)
    needs: Counter[str] = field(default_factory=Counter)
    families: Counter[str] = field(default_factory=Counter)
    modules: Counter[str] = field(default_factory=Counter)
    outlines: list[frozenset[str]] = field(default_factory=list)


def write(language: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    material = gather(language, {**inputs, "persona": {}})
    reasons = [harmless(str(reason)) for reason in listed(inputs.get("reject_reasons"))]
    past = [TitleShape(str(title)) for title in listed(inputs.get("past_titles"))]
    month = Month(material, past, (material.brand, *reasons, len(past)))
    found = ideas(material, stems(" ".join(reasons), material.tongue))
    return {"topics": [_topic(month, slot, found) for slot in listed(inputs.get("slots"))]}


def _topic(month: Month, slot: Mapping[str, Any], found: Sequence[Idea]) -> dict[str, Any]:
    voice = voice_of(month.material.tongue.code, slot.get("persona") or {})
    title, frame, idea = _title(month, slot, found, voice)
    month.past.append(TitleShape(title))
    month.frames[frame.text] += 1
    month.ideas[idea.key] += 1
    month.ideas[idea.keyword] += 1
    month.families[frame.family] += 1
    month.needs[frame.needs] += 1
    stage = str(slot.get("funnel_stage") or frame.stage)
    slots = {
        "kw": idea.slots["subject"] or idea.slots["Subject"],
        "Kw": idea.slots["Subject"],
        "title": title,
        "brand": month.material.brand,
    }
    slots |= {"city": month.material.city, "keyword": idea.keyword}
    return {
        "slot": int(slot.get("slot") or 0),
        "title": title,
        "angle": cut(_angle(month, frame, slots, title), 300),
        "search_intent": INTENT[stage],
        "primary_keyword": idea.keyword[:60],
        "secondary_keywords": _secondary(month.material, idea),
        "funnel_stage": stage,
        "theme": cut(harmless(str(slot.get("theme") or idea.keyword)), 60),
        "outline": _outline(month, frame, slots, voice),
        "why_now": _why_now(month.material, slot),
        "fact_ids": list(dict.fromkeys(fact.fact_id for fact in idea.facts)) or ["dna:identity.brand_name"],
    }


def _title(
    month: Month, slot: Mapping[str, Any], found: Sequence[Idea], voice: Voice
) -> tuple[str, Frame, Idea]:
    """The cheapest pair of shape and idea that says nothing said before; the least alike one
    where all are used up.
    """
    event = harmless(str((slot.get("event") or {}).get("name") or ""))
    occasion = _of_occasion(month.material, event)
    mother = month.material.tongue
    spoken = stems(" ".join(map(str, listed((slot.get("persona") or {}).get("topics")))), mother)
    noise = number(*month.seed, slot.get("slot"), slot.get("date"))
    deals = trade_of(month.material)["deals"]
    shapes = [frame for frame in frames(mother.code) if fits(frame.suits, deals)]
    scored = []
    for idea in found:
        liked = bool(stems(idea.keyword, mother) & spoken)
        told = kinds_of(idea)
        timely = bool(occasion) and any(fact.stems & occasion for fact in idea.facts[:1])
        base = (
            (3.0 if idea.needs in ("subject", "trade") else 12.0) * month.ideas[idea.key]
            + 1.1 * month.ideas[idea.keyword]
            - 0.8 * liked
            - 9.0 * timely
        )
        base += EAGER.get(idea.needs, 0.0) + 0.45 * month.needs[idea.needs]
        for frame in shapes:
            if frame.needs != idea.needs or (idea.needs in TELLINGS and not told & set(frame.kinds)):
                continue
            cost = base + 2.5 * month.frames[frame.text] + 0.5 * month.families[frame.family]
            cost -= 1.0 * (frame.stage == slot.get("funnel_stage")) + 0.8 * (frame.family in voice.families)
            cost -= 0.9 * bool(told & set(frame.kinds))
            cost += ((number(frame.text, idea.key) ^ noise) % 1000) / 500
            scored.append((cost, frame.text, idea.key, frame, idea))
    scored.sort(key=lambda entry: entry[:3])
    return _first_new(month, scored)


def kinds_of(idea: Idea) -> set[str]:
    """What the idea's own fact tells; a figure other than a year is a number besides."""
    fact = idea.facts[0] if idea.facts else None
    counted = bool(fact and re.search(r"\d", re.sub(r"\b(?:19|20)\d\d\b", "", fact.text)))
    return ({fact.kind} if fact else set()) | ({"number"} if counted else set())


def _of_occasion(material: Material, event: str) -> frozenset[str]:
    """The words by which a fact is seen to belong to the event; an event no fact speaks of changes nothing."""
    named_by = stems(event, material.tongue)
    for group in pool(material.tongue.code, "occasions"):
        marks = stems(group, material.tongue)
        if marks & named_by:
            return marks
    return frozenset()


def _first_new(month: Month, scored: list[tuple[float, str, str, Frame, Idea]]) -> tuple[str, Frame, Idea]:
    fallback: tuple[str, Frame, Idea] | None = None
    for _, _, _, frame, idea in scored:
        title = filled(frame.text, idea.slots, month.material.formality)
        if not 8 <= len(title) <= 100:
            continue
        shape = TitleShape(title)
        if not any(shape.repeats(other) for other in month.past):
            return title, frame, idea
        fallback = fallback or (title, frame, idea)
    if further := _further(month, scored):
        return further
    if fallback is None:
        frame, idea = scored[0][3], scored[0][4]
        fallback = (cut(f"{idea.keyword}: {frame.family}", 100), frame, idea)
    return fallback


def _further(
    month: Month, scored: list[tuple[float, str, str, Frame, Idea]]
) -> tuple[str, Frame, Idea] | None:
    """Where every shape has been used: a name with a heading of the parts."""
    parts = suitable(month.material)
    by_idea = {idea.key: (frame, idea) for _, _, _, frame, idea in reversed(scored)}
    for frame, idea in reversed(by_idea.values()):
        for heading in shuffled([text for part in parts for text in part.headings], *month.seed, idea.key):
            tail = filled(heading, idea.slots, month.material.formality)
            title = f"{capital(idea.keyword)}: {tail[:1].lower()}{tail[1:]}"
            if tail and len(title) <= 100 and _new(month, title):
                return title, frame, idea
    return None


def _new(month: Month, title: str) -> bool:
    shape = TitleShape(title)
    return not any(shape.repeats(other) for other in month.past)


def _angle(month: Month, frame: Frame, slots: Mapping[str, str], title: str) -> str:
    patterns = pool(month.material.tongue.code, "angles", frame.family)
    for pattern in shuffled(patterns, title):
        text = filled(pattern, slots, month.material.formality)
        if text:
            return text
    return title


def _secondary(material: Material, idea: Idea) -> list[str]:
    known = [harmless(str(word)) for word in listed(material.dna.get("seo.secondary_keywords"))]
    known += [harmless(str(word)) for word in listed(material.dna.get("seo.primary_keywords"))]
    wanted = stems(idea.keyword, material.tongue)
    near = sorted(known, key=lambda word: -len(stems(word, material.tongue) & wanted))
    return [word for word in dict.fromkeys(near) if 2 < len(word) <= 60 and not same(word, idea.keyword)][:4]


def _outline(month: Month, frame: Frame, slots: Mapping[str, str], voice: Voice) -> list[str]:
    """Headings of the parts this article will have, sharing as few as can be with any other one
    of the month.
    """
    formality = month.material.formality
    taken: set[str] = set()
    headings: list[str] = []
    left = list(suitable(month.material))

    def cost(module: Module) -> tuple[float, int]:
        fit = 0.7 * (frame.family in module.families) + 0.3 * bool(module.families & set(voice.families))
        shared = max((len(taken & other) + 1 for other in month.outlines if module.key in other), default=0)
        alike = {0: 0.0, 1: 0.4, 2: 2.5}.get(shared, 2.5 * shared)
        return (
            alike + 0.3 * month.modules[module.key] - fit,
            number(*month.seed, slots["title"], module.key),
        )

    while left and len(taken) < PARTS:
        best = min(left, key=cost)
        left.remove(best)
        taken.add(best.key)
        month.modules[best.key] += 1
        texts = [filled(heading, slots, formality) for heading in shuffled(best.headings, slots["title"])]
        headings += [text for text in texts if text][:1]
    month.outlines.append(frozenset(taken))
    return [cut(heading, 110) for heading in headings]


def _why_now(material: Material, slot: Mapping[str, Any]) -> str:
    """The occasion and the month the topic was planned for, as labels that need no grammar."""
    try:
        day = date.fromisoformat(str(slot.get("date")))
    except ValueError:
        return ""
    label = "Plán" if material.tongue.code == "cs" else "Plan"
    plan = f"{label}: {material.tongue.months[day.month - 1]} {day.year}."
    event = harmless(str((slot.get("event") or {}).get("name") or ""))
    notes = [
        harmless(str(entry.get("note")))
        for entry in listed(material.dna.get("market.seasonality"))
        if isinstance(entry, Mapping) and str(entry.get("month")) == str(day.month) and entry.get("note")
    ]
    occasion = event or (notes[0] if notes else "")
    return cut(f"{capital(occasion)}. {plan}" if occasion else plan, 200)
