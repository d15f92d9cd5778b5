"""What kind of article a title promises."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from .choice import pick
from .library import frames, pool
from .wording import words

FAMILIES = ("choose", "process", "care", "price", "mistakes", "plan", "people", "proof", "basics", "season")

# Whose advice also suits an article of the kind.
KIN = {
    "choose": frozenset(("basics", "proof")),
    "process": frozenset(("people", "basics")),
    "care": frozenset(("basics", "season")),
    "price": frozenset(("choose", "proof")),
    "mistakes": frozenset(("basics", "choose")),
    "plan": frozenset(("season", "basics")),
    "people": frozenset(("process", "proof")),
    "proof": frozenset(("people", "choose")),
    "basics": frozenset(("process", "choose")),
    "season": frozenset(("plan", "care")),
}


def strangeness(family: str, families: frozenset[str]) -> int:
    """How far a part of general advice is from a kind of article: 0 its own, 1 nearly, 2 not at all."""
    if family in families:
        return 0
    return 1 if KIN.get(family, frozenset()) & families else 2


@cache
def _marks(language: str) -> dict[str, frozenset[str]]:
    """The words of each family's own title shapes that no other family uses."""
    by_family: dict[str, set[str]] = {}
    for frame in frames(language):
        by_family.setdefault(frame.family, set()).update(
            w.casefold() for w in words(frame.text) if len(w) > 3
        )
    return {
        family: frozenset(
            found - set().union(*(other for name, other in by_family.items() if name != family))
        )
        for family, found in by_family.items()
    }


def family_of(language: str, title: str, topic: Mapping[str, Any]) -> str:
    """The one its angle was written for; else the one whose own words stand in the title, or that fits the stage."""
    angle = str(topic.get("angle") or "")
    for family in FAMILIES:
        if any(angle.startswith(shape.partition("{")[0]) for shape in pool(language, "angles", family)):
            return family
    seen = {word.casefold() for word in words(title)}
    scores = {family: len(found & seen) for family, found in _marks(language).items()}
    best = max(scores, key=lambda family: (scores[family], family))
    if scores[best]:
        return best
    by_stage = {
        "awareness": ("basics", "process", "people"),
        "consideration": ("choose", "mistakes", "proof"),
    }
    return pick(by_stage.get(str(topic.get("funnel_stage")), ("price", "plan", "choose")), title)
