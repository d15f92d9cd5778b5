"""Is this said already? Titles against titles, posts against posts, voices against voices."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from posthub.core.similarity import (
    BODY_BLOCK,
    BODY_WARN,
    VOICE_LIMIT,
    body_similarity,
    repeats_title,
    title_similarity,
    voice_similarity,
)

__all__ = [
    "BODY_BLOCK",
    "BODY_WARN",
    "VOICE_LIMIT",
    "body_similarity",
    "closest_body",
    "nearest_voices",
    "repeats_title",
    "title_similarity",
    "voice_similarity",
]


def closest_body(text: str, others: Iterable[tuple[str, str]]) -> tuple[float, str]:
    """Of (name, text) pairs the most alike one: how much, and its name."""
    return max(((body_similarity(text, other), name) for name, other in others), default=(0.0, ""))


def nearest_voices(samples: Sequence[str]) -> float:
    """How alike the two most alike voices of a set sound; below VOICE_LIMIT they differ."""
    return max((voice_similarity(one, other) for one, other in combinations(samples, 2)), default=0.0)
