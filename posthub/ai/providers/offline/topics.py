"""Topics for the slots of a month: concrete titles, none said before, balanced over subjects and shapes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from typing import Any

from posthub.core.similarity import title_shape

from .chapters import NAMED, Plan, aim_of, plan_of
from .choice import number, shuffled
from .families import strangeness
from .ideas import Idea, ideas
from .library import Frame, Module, Voice, filled, pool
from .material import Material, gather, listed, same
from .subjects import is_name
from .titles import Pair, Said, pairs_of, titled
from .trades import ALL_BITS, SPREAD, in_order_of, suitable, unnamed
from .voices import voice_of
from .wording import capital, cut, harmless, stems

INTENT = {"awareness": "informational", "consideration": "commercial", "decision": "transactional"}
PARTS = 7  # how many sections of the article a topic already names
FOREIGN = (
    0.0,
    0.5,
    4.0,
)  # what a part costs that belongs to a kind of article near to this one, or to another
UNNAMED = 8  # and about how many more the article will have
FEW = 60  # facts; a company with fewer has one more of them
ATTEMPTS, TURNS = (
    6,
    150,
)  # choices of parts, and of their headings, that are tried for the least alike article
RECENT = 16  # articles a new one is compared with; in a larger month the parts come round again anyway


@dataclass(slots=True)
class Month:
    """What this answer has used so far."""

    material: Material
    said: Said
    pairs: Sequence[Pair]
    parts: Sequence[Module]
    seed: tuple[object, ...]
    modules: Counter[str] = field(default_factory=Counter)
    outlines: list[frozenset[str]] = field(default_factory=list)

    def holding(self, part: Module) -> list[int]:
        """Which of the month's latest articles have the part."""
        return [place for place, outline in enumerate(self.outlines[-RECENT:]) if part.key in outline]


def write(language: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    material = gather(language, {**inputs, "persona": {}})
    reasons = [harmless(str(reason)) for reason in listed(inputs.get("reject_reasons"))]
    past = [title_shape(str(title)) for title in listed(inputs.get("past_titles"))]
    found = ideas(material, stems(" ".join(reasons), material.tongue))
    seed = (material.brand, *reasons, len(past))
    month = Month(material, Said(past), pairs_of(material, found), suitable(material), seed)
    return {"topics": [_topic(month, slot) for slot in listed(inputs.get("slots"))]}


def _topic(month: Month, slot: Mapping[str, Any]) -> dict[str, Any]:
    voice = voice_of(month.material.tongue.code, slot.get("persona") or {})
    title, frame, idea = titled(month.material, month.said, month.pairs, slot, voice, month.seed)
    month.said.note(title, frame, idea)
    stage = str(slot.get("funnel_stage") or frame.stage)
    slots = {
        "kw": idea.slots["subject"] or idea.slots["Subject"],
        "Kw": idea.slots["Subject"],
        "title": title,
        "brand": month.material.brand,
    }
    slots |= {"city": month.material.city, "keyword": idea.keyword}
    topic: dict[str, Any] = {
        "slot": int(slot.get("slot") or 0),
        "title": title,
        "angle": cut(_angle(month, frame, slots, title), 300),
        "search_intent": INTENT[stage],
        "primary_keyword": idea.keyword[:60],
        "secondary_keywords": _secondary(month.material, idea),
        "funnel_stage": stage,
        "theme": cut(harmless(str(slot.get("theme") or idea.keyword)), 60),
        "why_now": _why_now(month.material, slot),
        "fact_ids": list(dict.fromkeys(fact.fact_id for fact in idea.facts)) or ["dna:identity.brand_name"],
    }
    plan = plan_of(month.material, frame.family, aim_of(month.material, title, topic), voice.kinds)
    return {**topic, "outline": _outline(month, frame, slots, voice, plan)}


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
    near = [
        word for word in known if stems(word, material.tongue) & wanted and is_name(word, material.tongue)
    ]
    near.sort(key=lambda word: -len(stems(word, material.tongue) & wanted))
    return [word for word in dict.fromkeys(near) if 2 < len(word) <= 60 and not same(word, idea.keyword)][:4]


def _outline(month: Month, frame: Frame, slots: Mapping[str, str], voice: Voice, plan: Plan) -> list[str]:
    """Headings of the chapters and parts this article will have, the parts as unlike as can be to any other
    one of the month.
    """
    best: tuple[tuple[int, int], list[str], frozenset[str]] | None = None
    few = len(month.material.facts) < FEW
    recent = month.outlines[-RECENT:]
    attempts, turns = (ATTEMPTS, TURNS) if len(month.outlines) < RECENT else (1, ATTEMPTS)
    fit = _fit(month, frame, voice)
    holding = {part.key: month.holding(part) for part in month.parts}
    told = _of_chapters(month, slots, plan)
    for attempt in range(attempts):
        chosen = _parts(month, fit, holding, (slots["title"], attempt), PARTS - len(told))
        taken = {part.key for part in chosen}
        texts = [_headings(part, slots, month.material.formality) for part in chosen]
        left = unnamed(month.parts, taken, frame.family)
        for headings in _arrangements(told, texts, number(slots["title"], *sorted(taken)), turns):
            rest = in_order_of(headings, left)[: UNNAMED + few]
            whole = frozenset(taken | {key for *_, key, _ in rest})
            shared = [len(whole & other) for other in recent]
            weight = (max(shared, default=0), sum(count**3 for count in shared))
            if best is None or weight < best[0]:
                best = (weight, headings, whole)
    if best is None:
        return []
    month.outlines.append(best[2])
    month.modules.update(best[2])
    return best[1]


def _arrangements(
    told: Sequence[str], texts: Sequence[Sequence[str]], by: int, turns: int
) -> Iterator[list[str]]:
    """Outlines with the same parts, each under another of its headings or in another place, none twice."""
    some = [each for each in texts if each]
    tried: set[tuple[str, ...]] = set()
    for turn in range(turns):
        mixed = (by ^ turn) * SPREAD & ALL_BITS
        first = (mixed >> 40) % max(1, len(some))
        order = (some[first:] + some[:first])[:: 1 if mixed >> 60 & 1 else -1]
        advice = tuple(each[(mixed >> 8 * place) % len(each)] for place, each in enumerate(order))
        if advice not in tried:
            tried.add(advice)
            yield in_turn(told, advice)


def in_turn(told: Sequence[str], advice: Sequence[str]) -> list[str]:
    """What the company says first, then advice and its own in turn."""
    return [*told[:1], *(each for pair in zip_longest(told[1:], advice) for each in pair if each)]


def _of_chapters(month: Month, slots: Mapping[str, str], plan: Plan) -> list[str]:
    """Headings for what the company itself says; the first one holds the keyword."""
    headings = []
    for place, planned in enumerate(plan.chapters[:NAMED]):
        shapes = planned.chapter.plain if place else planned.chapter.named
        texts = [text for shape in shapes if (text := filled(shape, slots, month.material.formality))]
        headings.append(cut(texts[number(slots["title"], planned.chapter.theme) % len(texts)], 110))
    return headings


def _fit(month: Month, frame: Frame, voice: Voice) -> dict[str, float]:
    """What speaks against each part before any is chosen: how often it was used, and whose liking it is not."""
    liked = frozenset(voice.families)
    return {
        part.key: 0.6 * month.modules[part.key]
        + FOREIGN[strangeness(frame.family, part.families)]
        - 0.4 * bool(part.fields)
        - 0.3 * bool(part.families & liked)
        for part in month.parts
    }


def _parts(
    month: Month,
    fit: Mapping[str, float],
    holding: Mapping[str, list[int]],
    turn_of: tuple[object, ...],
    most: int,
) -> list[Module]:
    """The parts to be named, each the one least alike to the other articles of the month."""
    turn = {part.key: number(*month.seed, *turn_of, part.key) % 1000 / 2000 for part in month.parts}
    shared = [0] * len(month.outlines)

    def cost(key: str) -> float:
        most = max(map(shared.__getitem__, holding[key]), default=-1) + 1
        alike = {0: 0.0, 1: 0.3, 2: 2.0}.get(most, 2.5 * most)
        return alike + fit[key] + turn[key]

    left = {part.key: part for part in month.parts}
    costs = {key: cost(key) for key in left}
    chosen: list[Module] = []
    while left and len(chosen) < most:
        best = min(left, key=costs.__getitem__)
        chosen.append(left.pop(best))
        for place in holding[best]:
            shared[place] += 1
        touched = frozenset(holding[best])
        costs.update((key, cost(key)) for key in left if not touched.isdisjoint(holding[key]))
    return chosen


def _headings(part: Module, slots: Mapping[str, str], formality: str) -> list[str]:
    texts = (filled(heading, slots, formality) for heading in part.headings)
    return [cut(text, 110) for text in texts if text]


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
    return cut(f"{capital(occasion).rstrip('.')}. {plan}" if occasion else plan, 200)
