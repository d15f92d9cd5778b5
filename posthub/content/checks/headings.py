"""The tree of headings of an article."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from posthub.content.checks.base import Finding, Reading
from posthub.content.checks.length import word_count

HEADING = re.compile(r"^(#{1,6})\s+(.+)$", re.MULTILINE)
LONG_STRETCH = 450


def tree(reading: Reading) -> Iterator[Finding]:
    found = HEADING.findall(reading.text)
    levels = [len(marks) for marks, _text in found]
    names = [text.strip().casefold() for _marks, text in found]
    if 2 not in levels:
        yield Finding("block", "headings", _("The article has no headings."))
    if 1 in levels:
        yield Finding("warn", "headings", _("The title stands once more inside the text."), fix="headings")
    if any(later > earlier + 1 for earlier, later in zip([1, *levels], levels, strict=False)):
        yield Finding("warn", "headings", _("A heading skips a level."), fix="headings")
    if len(set(names)) < len(names):
        yield Finding("warn", "headings", _("Two headings are the same."))


def long_stretch(reading: Reading) -> Iterator[Finding]:
    parts = re.split(r"^#{2,3} ", reading.text, flags=re.MULTILINE)
    if len(parts) > 1 and max(word_count(part) for part in parts) > LONG_STRETCH:
        cause = _("A part of the article is long and has no heading inside.")
        yield Finding("warn", "headings", cause)
