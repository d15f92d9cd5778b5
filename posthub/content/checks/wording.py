"""Words that should not stand in any text."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from posthub.content.checks.base import Finding, Reading
from posthub.content.languages import CLICHES, guess

PLACEHOLDER = re.compile(
    r"lorem ipsum|\bXXX+\b|\bTODO\b|\{\{|\}\}|\[(?:doplnit|doplňte|insert|your|název|jméno|name"
    r"|company|odkaz|link)\b[^\]]*\](?!\()"
    r"|as an ai\b|jako (?:umělá inteligence|jazykový model)|<<(?:DATA|END)\b",
    re.IGNORECASE,
)


def language(reading: Reading) -> Iterator[Finding]:
    spoken = guess(reading.everything)
    if spoken and spoken != reading.tongue:
        yield Finding("block", "language", _("The text seems to be in another language than the company's."))


def banned(reading: Reading) -> Iterator[Finding]:
    for phrase in reading.banned:
        if says(reading.everything, phrase):
            cause = _("The text says “%(phrase)s”, which you never want to say.") % {"phrase": phrase}
            yield Finding("block", "banned", cause)


def says(text: str, phrase: str) -> bool:
    """Whether the phrase stands in the text, with whatever ending."""
    bare = phrase.strip()
    return bool(bare) and bool(re.search(rf"(?<!\w){re.escape(bare)}", text, re.IGNORECASE))


def placeholder(reading: Reading) -> Iterator[Finding]:
    left = PLACEHOLDER.search(reading.everything)
    if left:
        yield Finding(
            "block", "placeholder", _("A leftover stands in the text: “%(words)s”.") % {"words": left[0]}
        )


def cliche(reading: Reading) -> Iterator[Finding]:
    for worn in CLICHES.get(reading.tongue, ()):
        stale = re.search(worn, reading.everything, re.IGNORECASE)
        if stale:
            yield Finding("warn", "cliche", _("“%(phrase)s” is a worn-out phrase.") % {"phrase": stale[0]})
