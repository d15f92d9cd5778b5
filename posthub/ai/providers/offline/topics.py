"""Topics for the slots of a month: concrete titles, none said before, balanced over subjects and shapes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from posthub.core.similarity import TitleShape

from .choice import number, shuffled
from .library import Frame, Module, Voice, filled, frames, pool
from .material import Material, Told, gather, listed, same
from .trades import suitable
from .voices import voice_of
from .wording import capital, cut, harmless, is_order, stems

INTENT = {"awareness": "informational", "consideration": "commercial", "decision": "transactional"}
PARTS = 7  # how many parts of the article a topic already names


@dataclass(frozen=True, slots=True)
class Idea:
    """Something to write about: the slots for a title, the keyword in it, the facts behind it."""

    needs: str
    slots: Mapping[str, str]
    keyword: str
    facts: tuple[Told, ...]
    key: str


@dataclass(slots=True)
class Month:
    """What this answer has used so far."""

    material: Material
    past: list[TitleShape]
    seed: tuple[object, ...]
    frames: Counter[str] = field(default_factory=Counter)
    ideas: Counter[str] = field(default_factory=Counter)
    families: Counter[str] = field(default_factory=Counter)
    modules: Counter[str] = field(default_factory=Counter)
    outlines: list[frozenset[str]] = field(default_factory=list)


def write(language: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    material = gather(language, {**inputs, "persona": {}})
    reasons = [harmless(str(reason)) for reason in listed(inputs.get("reject_reasons"))]
    past = [TitleShape(str(title)) for title in listed(inputs.get("past_titles"))]
    month = Month(material, past, (material.brand, *reasons, len(past)))
    ideas = _ideas(material, stems(" ".join(reasons), material.tongue))
    return {"topics": [_topic(month, slot, ideas) for slot in listed(inputs.get("slots"))]}


def _ideas(material: Material, unwanted: frozenset[str]) -> list[Idea]:
    found = [*_subjects(material), *_tellings(material), *_audience(material)]
    wanted = [idea for idea in found if not (unwanted and stems(idea.keyword, material.tongue) & unwanted)]
    return wanted or found or [_bare(material)]


def _bare(material: Material) -> Idea:
    name = material.brand or material.industry or "PostHub"
    return Idea("subject", {"Subject": capital(name), "subject": name}, name, (), name)


def _subjects(material: Material) -> Iterator[Idea]:
    names = [*material.subjects, harmless(str(material.dna.get("offer.flagship") or ""))]
    names += [harmless(str(word)) for word in listed(material.dna.get("seo.primary_keywords"))]
    names += [harmless(str(word)) for word in listed(material.dna.get("seo.secondary_keywords"))]
    names = [name for name in names if not _of_town(material, name)]
    names += [material.industry, material.brand] if len(names) < 4 else []
    seen: set[str] = set()
    for name in names:
        key = " ".join(sorted(stems(name, material.tongue)))
        if 3 <= len(name) <= 45 and key and key not in seen and not is_order(name):
            seen.add(key)
            yield Idea("subject", _named(material, name), name, _behind(material, name), name)


def _of_town(material: Material, name: str) -> bool:
    """A search phrase such as "bakery Leeds" is what people type, not what anybody says."""
    town = stems(material.city, material.tongue)
    return bool(town) and town <= stems(name, material.tongue)


def _named(material: Material, name: str) -> dict[str, str]:
    return {
        "Subject": capital(name),
        "subject": material.inside(name),
        "brand": material.brand,
        "city": material.city,
    }


def _behind(material: Material, name: str) -> tuple[Told, ...]:
    """The facts that speak of the name; never none while there is any fact at all."""
    wanted = stems(name, material.tongue)
    near = [
        f
        for f in material.facts
        if same(f.subject, name) or (wanted and len(f.stems & wanted) * 2 >= len(wanted))
    ]
    return tuple(near[:6]) or tuple(shuffled(material.facts, name)[:3])


def _tellings(material: Material) -> Iterator[Idea]:
    """Facts short enough to be half of a title."""
    names = [name for name in material.subjects if len(name) <= 32]
    for fact in material.facts:
        told = fact.text.rstrip(".")
        lowered = material.inside(told)
        if fact.frame or not 18 <= len(told) <= 62 or lowered == told or "," in told:
            continue
        name = fact.subject if 2 < len(fact.subject) <= 32 else _said_in(material, fact, names)
        if name and name.casefold() not in told.casefold():
            slots = {**_named(material, name), "fact": lowered}
            yield Idea("fact", slots, name, (fact, *_behind(material, name))[:5], fact.text)


def _said_in(material: Material, fact: Told, names: Sequence[str]) -> str:
    return next((name for name in names if stems(name, material.tongue) <= fact.stems), "")


def _audience(material: Material) -> Iterator[Idea]:
    names = [name for name in material.subjects if len(name) <= 40] or [material.brand or material.industry]
    for point, needs in (
        ("audience.objections", "doubt"),
        ("audience.pains", "pain"),
        ("audience.goals", "goal"),
    ):
        for place, entry in enumerate(listed(material.dna.get(point))):
            text = harmless(str(entry)).rstrip(".")
            if 4 <= len(text) <= 60 and not is_order(text):
                for name in names[:4]:
                    slots = {**_named(material, name), needs: material.inside(text)}
                    yield Idea(needs, slots, name, _behind(material, name), f"{point}.{place} {name}")
    for entry in listed(material.dna.get("audience.segments")):
        text = harmless(str(entry.get("name") if isinstance(entry, Mapping) else entry))
        if 3 <= len(text) <= 45 and not is_order(text):
            for name in names[:4]:
                slots = {**_named(material, name), "segment": material.inside(text)}
                yield Idea("segment", slots, name, _behind(material, name), f"{text} {name}")


def _topic(month: Month, slot: Mapping[str, Any], ideas: Sequence[Idea]) -> dict[str, Any]:
    voice = voice_of(month.material.tongue.code, slot.get("persona") or {})
    title, frame, idea = _title(month, slot, ideas, voice)
    month.past.append(TitleShape(title))
    month.frames[frame.text] += 1
    month.ideas[idea.key] += 1
    month.ideas[idea.keyword] += 1
    month.families[frame.family] += 1
    stage = str(slot.get("funnel_stage") or frame.stage)
    slots = {
        "kw": idea.slots["subject"],
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
    month: Month, slot: Mapping[str, Any], ideas: Sequence[Idea], voice: Voice
) -> tuple[str, Frame, Idea]:
    """The cheapest pair of shape and idea that says nothing said before; the least alike one
    where all are used up.
    """
    event = harmless(str((slot.get("event") or {}).get("name") or ""))
    scored = []
    spoken = stems(
        " ".join(map(str, listed((slot.get("persona") or {}).get("topics")))), month.material.tongue
    )
    noise = number(*month.seed, slot.get("slot"), slot.get("date"))
    for idea in ideas:
        liked = bool(stems(idea.keyword, month.material.tongue) & spoken)
        told = {fact.kind for fact in idea.facts[:1]}
        base = 3.0 * month.ideas[idea.key] + 1.4 * month.ideas[idea.keyword] - 1.2 * liked
        for frame in frames(month.material.tongue.code):
            if frame.needs != idea.needs and not (
                event and frame.needs == "event" and idea.needs == "subject"
            ):
                continue
            cost = base + 2.5 * month.frames[frame.text] + 0.5 * month.families[frame.family]
            cost -= 1.0 * (frame.stage == slot.get("funnel_stage")) + 0.8 * (frame.family in voice.families)
            cost -= 0.6 * bool(told & set(frame.kinds)) + (6.0 if frame.needs == "event" else 0.0)
            cost += ((number(frame.text, idea.key) ^ noise) % 1000) / 500
            scored.append((cost, frame.text, idea.key, frame, idea))
    scored.sort(key=lambda entry: entry[:3])
    return _first_new(month, scored, {"event": event, "Event": capital(event)})


def _first_new(
    month: Month, scored: list[tuple[float, str, str, Frame, Idea]], extra: Mapping[str, str]
) -> tuple[str, Frame, Idea]:
    fallback: tuple[str, Frame, Idea] | None = None
    for _, _, _, frame, idea in scored:
        title = filled(frame.text, {**idea.slots, **extra}, month.material.formality)
        if not 8 <= len(title) <= 100:
            continue
        shape = TitleShape(title)
        if not any(shape.repeats(other) for other in month.past):
            return title, frame, idea
        fallback = fallback or (title, frame, idea)
    if fallback is None:
        frame, idea = scored[0][3], scored[0][4]
        fallback = (cut(f"{idea.keyword}: {frame.family}", 100), frame, idea)
    return fallback


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
