"""Which title a slot gets: every shape with every idea, weighed, the first one that says nothing said before."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from posthub.core.similarity import TitleShape, title_shape

from .choice import number, shuffled
from .ideas import Idea, kinds_of
from .library import Frame, Voice, filled, frames, occasions_of, pool
from .material import Material, listed
from .trades import fits, suitable, trade_of
from .wording import capital, cut, harmless, stems

# Which ideas to prefer: a fact or a question makes a better title than a bare name.
EAGER = {
    "said": -1.6,
    "fact": -1.0,
    "duration": -1.6,
    "question": -1.6,
    "questionfor": -1.0,
    "brandfact": 0.2,
    "priced": -0.8,
    "pricedfrom": -0.8,
    "buyers": 1.5,  # a whole article about who buys is for when there is little else
}
TELLINGS = ("said", "fact", "brandfact")  # their tail must suit what the fact tells
PROMISES = ("proof", "people", "price")  # such a title needs facts that keep it
TIMELY, OCCASION = 1.4, 6.0  # how much a title that fits the time of year, or the slot's event, is preferred
SHORTEST, LONGEST = 8, 100
LITTLE = 60  # facts


@dataclass(slots=True)
class Pair:
    """A title that could be given. `compared` says with how many of the titles said before it was found new."""

    frame: Frame
    idea: Idea
    title: str
    turn: int
    suits: bool
    compared: int = 0
    spent: bool = False


@dataclass(slots=True)
class Said:
    """The titles there are, and what they were made of."""

    shapes: list[TitleShape]
    frames: Counter[str] = field(default_factory=Counter)
    ideas: Counter[str] = field(default_factory=Counter)
    needs: Counter[str] = field(default_factory=Counter)
    families: Counter[str] = field(default_factory=Counter)

    def note(self, title: str, frame: Frame, idea: Idea) -> None:
        self.shapes.append(title_shape(title))
        self.frames[frame.text] += 1
        self.ideas[idea.key] += 1
        self.ideas[idea.keyword] += 1
        self.families[frame.family] += 1
        self.needs[frame.needs] += 1
        self.ideas.update(told_by(idea))

    def is_new(self, pair: Pair) -> bool:
        """Titles are only ever added, so a pair is compared once with each of them."""
        if not pair.spent:
            shape = title_shape(pair.title)
            pair.spent = any(shape.repeats(other) for other in self.shapes[pair.compared :])
            pair.compared = len(self.shapes)
        return not pair.spent


def pairs_of(material: Material, found: Sequence[Idea]) -> list[Pair]:
    """All titles there could be."""
    deals, field_of = trade_of(material)["deals"], trade_of(material)["field"]
    by_need: dict[str, list[Frame]] = {}
    for frame in frames(material.tongue.code):
        named = not frame.fields or field_of in frame.fields
        if fits(frame.suits, deals) and named and field_of not in frame.never:
            by_need.setdefault(frame.needs, []).append(frame)
    pairs = []
    for idea in found:
        told = kinds_of(idea)
        for frame in by_need.get(idea.needs, ()):
            suits = bool(told & set(frame.kinds))
            bound = idea.needs in TELLINGS or (frame.kinds and frame.family in PROMISES)
            if suits or not bound:
                title = filled(frame.text, idea.slots, material.formality)
                pairs.append(Pair(frame, idea, title, number(frame.text, idea.key), suits))
    return pairs


def titled(
    material: Material,
    said: Said,
    pairs: Sequence[Pair],
    slot: Mapping[str, Any],
    voice: Voice,
    seed: tuple[object, ...],
) -> tuple[str, Frame, Idea]:
    """The cheapest title that is new; a heading of the parts where every shape has been used; else
    the first one again.
    """
    ranked = _ranked(material, said, pairs, slot, voice, seed)
    fitting = [pair for pair in ranked if SHORTEST <= len(pair.title) <= LONGEST]
    for pair in fitting:
        if said.is_new(pair):
            return pair.title, pair.frame, pair.idea
    if further := _further(material, said, ranked, seed):
        return further
    if fitting:
        return fitting[0].title, fitting[0].frame, fitting[0].idea
    first = ranked[0]
    return cut(f"{first.idea.keyword}: {first.frame.family}", LONGEST), first.frame, first.idea


def _ranked(
    material: Material,
    said: Said,
    pairs: Sequence[Pair],
    slot: Mapping[str, Any],
    voice: Voice,
    seed: tuple[object, ...],
) -> list[Pair]:
    persona = slot.get("persona") or {}
    spoken = stems(" ".join(map(str, listed(persona.get("topics")))), material.tongue)
    event = harmless(str((slot.get("event") or {}).get("name") or ""))
    occasion = of_occasion(material, event)
    occasions, month = occasions_of(material.tongue.code, event), month_of(slot)
    noise = number(*seed, slot.get("slot"), slot.get("date"))
    stage, liked = slot.get("funnel_stage"), set(voice.families)
    bases: dict[str, float] = {}

    def cost(pair: Pair) -> tuple[float, str, str]:
        frame, idea = pair.frame, pair.idea
        if (base := bases.get(idea.key)) is None:
            base = bases[idea.key] = _of_idea(material, said, idea, spoken, occasion)
        weight = base + 2.5 * said.frames[frame.text] + 0.5 * said.families[frame.family]
        weight -= 1.0 * (frame.stage == stage) + 0.8 * (frame.family in liked) + 0.9 * pair.suits
        weight -= OCCASION * bool(frame.events) + TIMELY * bool(frame.months or frame.fields)
        return weight + ((pair.turn ^ noise) % 1000) / 500, frame.text, idea.key

    now = [
        pair
        for pair in pairs
        if (not pair.frame.months or month in pair.frame.months)
        and (not pair.frame.events or occasions & set(pair.frame.events))
    ]
    return sorted(now, key=cost)


def month_of(slot: Mapping[str, Any]) -> int:
    """The month of the slot's day; 0 where it has none."""
    try:
        return date.fromisoformat(str(slot.get("date"))).month
    except ValueError:
        return 0


def _of_idea(
    material: Material, said: Said, idea: Idea, spoken: frozenset[str], occasion: frozenset[str]
) -> float:
    """What the idea costs whatever shape it takes."""
    again = 3.0 if idea.needs in ("subject", "trade") else 12.0
    weight = again * said.ideas[idea.key] + 1.1 * said.ideas[idea.keyword]
    weight -= 0.8 * bool(stems(idea.keyword, material.tongue) & spoken)
    weight -= 9.0 * (bool(occasion) and any(fact.stems & occasion for fact in idea.facts[:1]))
    weight += 8.0 * sum(said.ideas[text] for text in told_by(idea))
    # Where little is known, what the company says of itself is worth more than another general title.
    weight -= 1.2 * (idea.needs == "brandfact" and len(material.facts) < LITTLE)
    return weight + EAGER.get(idea.needs, 0.0) + 0.45 * said.needs[idea.needs]


def told_by(idea: Idea) -> list[str]:
    """The fact that such an idea is made of: two topics of a month should not be about the same sentence."""
    return [idea.facts[0].text] if idea.facts and idea.needs in (*TELLINGS, "duration") else []


def of_occasion(material: Material, event: str) -> frozenset[str]:
    """The words by which a fact is seen to belong to the event; an event no fact speaks of changes nothing."""
    named_by = stems(event, material.tongue)
    for group in pool(material.tongue.code, "occasions"):
        marks = stems(group, material.tongue)
        if marks & named_by:
            return marks
    return frozenset()


def _further(
    material: Material, said: Said, ranked: Sequence[Pair], seed: tuple[object, ...]
) -> tuple[str, Frame, Idea] | None:
    """Where every shape has been used: a name with a heading of the parts."""
    headings = [text for part in suitable(material) for text in part.headings]
    by_idea = {pair.idea.key: pair for pair in reversed(ranked)}
    for pair in reversed(by_idea.values()):
        for heading in shuffled(headings, *seed, pair.idea.key):
            tail = filled(heading, pair.idea.slots, material.formality)
            title = f"{capital(pair.idea.keyword)}: {tail[:1].lower()}{tail[1:]}"
            if tail and len(title) <= LONGEST and said.is_new(Pair(pair.frame, pair.idea, title, 0, True)):
                return title, pair.frame, pair.idea
    return None
