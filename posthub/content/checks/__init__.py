"""The first reader of every text: what would embarrass anybody is found before a person looks.

One file for each family of checks, one function for each check. A new check is a function `Reading -> findings`
and a line in one of the tables below.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from posthub.content.checks import (
    headings,
    length,
    links,
    networks,
    readability,
    repetition,
    search,
    voice,
    wording,
)
from posthub.content.checks.base import Check, Finding, Reading, Severity
from posthub.content.checks.length import word_count

__all__ = [
    "OF_ARTICLES",
    "OF_POSTS",
    "Finding",
    "Reading",
    "Severity",
    "check_article",
    "check_social",
    "findings",
    "word_count",
]

OF_ANY_TEXT: tuple[Check, ...] = (
    wording.language,
    wording.banned,
    wording.placeholder,
    wording.cliche,
    voice.exclamation,
    voice.emoji,
    voice.address,
    voice.rules,
    readability.long_sentence,
    readability.hard_to_read,
    repetition.repeats_text,
)
OF_ARTICLES: tuple[Check, ...] = (
    *OF_ANY_TEXT,
    length.length,
    headings.tree,
    headings.long_stretch,
    search.fields,
    search.keyword,
    links.off_the_list,
    repetition.repeats_title,
)
OF_POSTS: tuple[Check, ...] = (networks.limits, networks.alt_text, *OF_ANY_TEXT, links.strange_host)


def findings(reading: Reading) -> list[Finding]:
    """What all checks of its kind say of a text."""
    checks = OF_POSTS if reading.platform else OF_ARTICLES
    return [finding for check in checks for finding in check(reading)]


def check_article(
    *, title: str, markdown: str, seo: Mapping[str, Any], language: str, **known: Any
) -> list[Finding]:
    known = {name: value for name, value in known.items() if value is not None}
    return findings(Reading(title=title, text=markdown, seo=seo, language=language, **known))


def check_social(
    *, platform: str, text: str, hashtags: Sequence[str], language: str, **known: Any
) -> list[Finding]:
    return findings(
        Reading(title="", text=text, platform=platform, hashtags=hashtags, language=language, **known)
    )
