"""How easy a text reads, by formulas of our own over syllables counted offline.

English: Flesch reading ease. Czech: the same with commonly cited Czech coefficients, good for comparing texts with
each other, not with English ones (docs/decisions/023-readability.md).
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import pyphen

# language → what the sum starts from, what a word of a sentence costs, what a syllable of a word costs
FORMULAS = {"en": (206.835, 1.015, 84.6), "cs": (206.935, 1.672, 62.18)}
DICTIONARIES = {"en": "en_GB", "cs": "cs_CZ"}
HARD = {"en": 30.0, "cs": 15.0}  # below this most readers give up
LONG_WORD = {"en": 3, "cs": 4}  # syllables

_WORD = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"“”’)]*\s+")
_MARKUP = re.compile(r"^\s*(?:#{1,6}|[-*>]|\d+[.)])\s+", re.MULTILINE)
_ADDRESS = re.compile(r"\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Ease:
    """`index`: the higher the easier; `long_share`: 0–1 of the words."""

    index: float
    words: int
    sentence_words: float
    long_share: float


@cache
def _dictionary(tongue: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=DICTIONARIES[tongue], left=1, right=1)


@lru_cache(maxsize=20_000)
def syllables(word: str, tongue: str) -> int:
    return len(_dictionary(tongue).positions(word)) + 1


def sentences(text: str) -> list[str]:
    """The text in sentences; headings and entries of lists count as such."""
    lines = _MARKUP.sub("", _ADDRESS.sub("]", text)).splitlines()
    return [part for line in lines for part in _SENTENCE_END.split(line) if part.strip()]


def longest_sentence(text: str) -> int:
    return max((len(part.split()) for part in sentences(text)), default=0)


def ease(text: str, tongue: str) -> Ease | None:
    """None where the language has no formula or the text no words."""
    said = [words for part in sentences(text) if (words := _WORD.findall(part))]
    count = sum(map(len, said))
    if tongue not in FORMULAS or not count:
        return None
    start, of_sentence, of_word = FORMULAS[tongue]
    spoken = [syllables(word.casefold(), tongue) for words in said for word in words]
    per_sentence = count / len(said)
    index = start - of_sentence * per_sentence - of_word * sum(spoken) / count
    return Ease(round(index, 1), count, per_sentence, sum(n >= LONG_WORD[tongue] for n in spoken) / count)
