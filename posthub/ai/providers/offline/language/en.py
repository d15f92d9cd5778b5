"""English."""

from functools import lru_cache

from posthub.core.similarity import plain

from . import Tongue

SMALL_WORDS = (
    "a about after all also an and any are as at be because been before being both but by can"
    " could did do does each"
    " every few for from had has have he her here his how i if in into is it its just more most"
    " my no not of off on"
    " once one only or other our out over own same she should so some such than that the their"
    " them then there these"
    " they this those through to too under until up us very was we were what when where which"
    " while who why will with"
    " would you your"
)
MONTHS = "January February March April May June July August September October November December"
ABBREVIATIONS = "mr mrs ms dr st no inc ltd co e.g i.e etc vs approx dept est fig jr sr tel min max"
PUFFERY = (
    r"\b(?:the|our) (?:best|cheapest|finest|greatest|leading|most trusted)\b",
    r"\b(?:no\.?|number)\s*(?:1|one)\b",
    r"\bworld[- ]class\b",
    r"\bunbeatable\b",
    r"\bguaranteed results?\b",
    r"\bmiracle\b",
    r"\b100\s?% (?:satisf|guarant)",
)
_ENDINGS = ("ingly", "edly", "ings", "ing", "ies", "ied", "ed", "es", "ly", "s", "y", "e")


@lru_cache(16_384)
def stem(word: str) -> str:
    """Near enough for comparing: the word without its commonest endings."""
    bare = plain(word)
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 3:
            return bare[: -len(ending)]
    return bare


TONGUE = Tongue(
    code="en",
    quotes=("“", "”"),
    small_words=frozenset(SMALL_WORDS.split()),
    stem=stem,
    months=tuple(MONTHS.split()),
    abbreviations=frozenset(ABBREVIATIONS.split()),
    puffery=PUFFERY,
    formal_by_default=False,
)
