"""What kind of article a title promises."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from .choice import pick
from .library import frames
from .wording import words

FAMILIES = ("choose", "process", "care", "price", "mistakes", "plan", "people", "proof", "basics", "season")


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
    """The family whose own words stand in the title; else one that fits the funnel stage."""
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
