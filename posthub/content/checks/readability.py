"""Whether people can follow: the length of sentences, and an index of reading ease."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from posthub.content.checks.base import Finding, Reading
from posthub.content.readability import HARD, ease, longest_sentence
from posthub.ui.numbers import percent

LONG_SENTENCE = 45
FEWEST_WORDS = 60  # an index of fewer says nothing


def long_sentence(reading: Reading) -> Iterator[Finding]:
    longest = longest_sentence(reading.everything)
    if longest > LONG_SENTENCE:
        yield Finding("warn", "long_sentence", _("One sentence has %(count)d words.") % {"count": longest})


def hard_to_read(reading: Reading) -> Iterator[Finding]:
    found = ease(reading.text, reading.tongue)
    if found and found.words >= FEWEST_WORDS and found.index < HARD[reading.tongue]:
        given = {"words": round(found.sentence_words), "long": percent(round(found.long_share * 100))}
        yield Finding(
            "warn",
            "readability",
            _("Hard to read: %(words)d words in a sentence, %(long)s of the words are long.") % given,
        )
