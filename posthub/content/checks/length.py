"""How long an article is, against what the plan agreed."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from posthub.content.checks.base import Finding, Reading, Severity


def word_count(markdown: str) -> int:
    return len(re.findall(r"\w+(?:[’'\-]\w+)*", re.sub(r"\]\([^)]*\)", "]", markdown)))


def length(reading: Reading) -> Iterator[Finding]:
    count, words = word_count(reading.text), reading.words
    given = {"count": count, "least": words["min"], "most": words["max"]}
    if count < words["min"]:
        severity: Severity = "block" if count < words["min"] * 0.8 else "warn"
        cause = _("The article has %(count)d words; %(least)d were agreed at least.") % given
        yield Finding(severity, "too_short", cause)
    if count > words["max"]:
        cause = _("The article has %(count)d words; %(most)d were agreed at most.") % given
        yield Finding("warn", "too_long", cause)
