"""How alike two texts are: titles by letters and words, longer texts by runs of words."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

TITLE_LETTERS = 0.5
TITLE_WORDS = 0.6
BODY_WARN = 0.2
BODY_BLOCK = 0.4
VOICE_LIMIT = 0.3

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Lower case without accents, one space between words."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(bare.casefold()))


def letter_runs(text: str, size: int = 4) -> frozenset[str]:
    flat = plain(text)
    if len(flat) <= size:
        return frozenset((flat,)) if flat else frozenset()
    return frozenset(flat[i : i + size] for i in range(len(flat) - size + 1))


def word_runs(text: str, size: int) -> frozenset[str]:
    words = plain(text).split()
    if len(words) <= size:
        return frozenset((" ".join(words),)) if words else frozenset()
    return frozenset(" ".join(words[i : i + size]) for i in range(len(words) - size + 1))


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard: the share of what either has that both have."""
    both = len(one & other)
    either = len(one) + len(other) - both
    return both / either if either else 0.0


class TitleShape:
    """A title taken apart once, for comparing it with many."""

    __slots__ = ("letters", "words")

    def __init__(self, title: str) -> None:
        self.letters = letter_runs(title)
        self.words = word_runs(title, 1)

    def repeats(self, other: "TitleShape") -> bool:
        return _reaches(self.letters, other.letters, TITLE_LETTERS) or _reaches(
            self.words, other.words, TITLE_WORDS
        )


def _reaches(one: frozenset[str], other: frozenset[str], limit: float) -> bool:
    """Whether the overlap is at least the limit; sizes too far apart settle it without a comparison."""
    fewer, more = sorted((len(one), len(other)))
    return more > 0 and fewer >= limit * more and overlap(one, other) >= limit


@lru_cache(maxsize=4_000)
def title_shape(title: str) -> TitleShape:
    """The title taken apart; titles of one company are compared again and again."""
    return TitleShape(title)


def title_similarity(one: str, other: str) -> float:
    """0–1, scaled so that 1 or more means "the same title again": the larger of both measures
    over its limit.
    """
    a, b = title_shape(one), title_shape(other)
    return max(overlap(a.letters, b.letters) / TITLE_LETTERS, overlap(a.words, b.words) / TITLE_WORDS)


def repeats_title(title: str, others: Iterable[str]) -> str:
    """The first of the others that says the same, or nothing."""
    shape = title_shape(title)
    return next((other for other in others if shape.repeats(title_shape(other))), "")


def body_similarity(one: str, other: str) -> float:
    return overlap(word_runs(one, 5), word_runs(other, 5))


def voice_similarity(one: str, other: str) -> float:
    """Of two samples that say the same: how much they also sound the same."""
    return overlap(word_runs(one, 3), word_runs(other, 3))
