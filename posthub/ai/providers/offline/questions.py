"""What the company's customers ask, and the sentences of its own that answer it; a question without one is left out."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from .chapters import LONGEST_RUN
from .choice import shuffled
from .material import Material, listed
from .sayings import Told
from .wording import capital, harmless, is_order, stems, words

MOST = 3
SURE = 2  # stems that question and answer share at least
TELLING = 0.7  # how telling they must be together: a stem counts the less, the more facts have it


@dataclass(frozen=True, slots=True)
class Answered:
    question: str
    fact_id: str
    facts: tuple[Told, ...]


def answered(
    material: Material, title: str, told: Collection[Told], seed: tuple[object, ...]
) -> list[Answered]:
    """At most three, none of them the title, none answered by what is told elsewhere."""
    left = [fact for fact in material.facts if fact not in told and not fact.frame]
    found: list[Answered] = []
    for question, fact_id in shuffled(_asked(material), *seed, "questions"):
        if stems(question, material.tongue) <= stems(title, material.tongue):
            continue
        best = answer(material, question, left)
        if best:
            found.append(Answered(question, fact_id, best))
            left = [fact for fact in left if fact not in best]
        if len(found) == MOST:
            break
    return found


def _asked(material: Material) -> Iterator[tuple[str, str]]:
    for point in ("audience.objections", "audience.pains"):
        for place, entry in enumerate(listed(material.dna.get(point))):
            text = harmless(str(entry.get("name") if isinstance(entry, Mapping) else entry))
            if 10 <= len(text) <= 110 and text.endswith("?") and not is_order(text):
                yield capital(text), f"dna:{point}.{place}"


def answer(material: Material, question: str, left: Iterable[Told]) -> tuple[Told, ...]:
    """The company's own answer, where one of its sentences surely is one."""
    asked = stems(question, material.tongue)
    having = Counter(stem for fact in material.facts for stem in fact.stems & asked)

    def weight(fact: Told) -> float:
        return sum(1 / having[stem] for stem in fact.stems & asked)

    offered = list(left)
    sure = [
        fact
        for fact in offered
        if not fact.leans
        and len(fact.stems & asked) >= min(SURE, len(asked))
        and weight(fact) >= TELLING
        and len(words(fact.text)) >= 4
    ]
    if not sure:
        return ()
    run = [max(sure, key=weight)]
    for fact in offered:
        if fact.follows(run[-1]) and fact.leans and len(run) < LONGEST_RUN:
            run.append(fact)
    return tuple(run)
