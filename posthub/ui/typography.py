"""Words that must not part at the end of a line are tied by a hard space: Czech leaves no one-letter word there,
and a number stays with its unit, its thousands and its month.

Only what is shown is tied. What was written, approved and goes out keeps the spaces it has.
"""

import re
from functools import lru_cache

from django.utils.safestring import SafeData, SafeString, mark_safe

HARD_SPACE = "\u00a0"
UNITS = r"%|‰|°C|Kč|€|EUR|CZK|k?g|dkg|t|[kcm]?m[²³]?|[mdch]?l|ha|h|min|s|kW|kWh|V|W|tis\.|mil\."
ONE_LETTER = re.compile(r"(?<![\w’'.%)-])([ksvzouaiKSVZOUAI]) (?=\S)")
WITH_UNIT = re.compile(rf"(?<=\d) (?=(?:{UNITS})(?!\w))|(?<=\d) (?=\d{{3}}(?!\d))")
OF_MONTH = re.compile(r"(?<=\d\.) (?=\d{1,2}\.|[a-záčďéěíňóřšťúůýž]{3})")
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-záčďéěíňóřšťúůýž]|[„“\"\d])")
TAG = re.compile(r"(<[^>]*>)")


def tied(words: object) -> str:
    """`words` with hard spaces where no line may end; in safe HTML only the text between tags is touched."""
    text = str(words)
    if not isinstance(words, SafeData):
        return _tie(text)
    return tied_markup(text)


def tied_markup(markup: str) -> SafeString:
    """The same for HTML that is safe already."""
    parts = TAG.split(markup)
    return mark_safe("".join(part if part.startswith("<") else _tie(part) for part in parts))  # noqa: S308 -- only spaces change


def as_written(shown: str, text: str) -> str:
    """Words that somebody chose on a page, with the spaces that they have in `text`."""
    loose = shown.replace(HARD_SPACE, " ")
    if shown in text or HARD_SPACE not in shown:
        return shown
    if loose in text:
        return loose
    place = text.replace(HARD_SPACE, " ").find(loose)
    return text[place : place + len(loose)] if place >= 0 else loose


def beginning_and_rest(text: str, *, at_most: int) -> tuple[str, str]:
    """`text` in two at the end of a sentence: the first part has up to `at_most` words, or one sentence.

    Where little would be left, all of it is the first part.
    """
    sentences = SENTENCE_END.split(text.strip())
    count, said = len(sentences[0].split()), 1
    while said < len(sentences) and count + len(sentences[said].split()) <= at_most:
        count += len(sentences[said].split())
        said += 1
    rest = " ".join(sentences[said:])
    return (" ".join(sentences[:said]), rest) if len(rest.split()) > at_most // 4 else (text.strip(), "")


@lru_cache(maxsize=2048)  # the same titles stand on many pages
def _tie(text: str) -> str:
    text = ONE_LETTER.sub(rf"\1{HARD_SPACE}", text)
    return OF_MONTH.sub(HARD_SPACE, WITH_UNIT.sub(HARD_SPACE, text))
