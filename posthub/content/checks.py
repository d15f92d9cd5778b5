"""The first reader of every text: what would embarrass anybody is found before a person looks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

from posthub.content.languages import CLICHES, FAMILIAR, FORMAL, guess
from posthub.content.platforms import PLATFORMS, Problem, check

Severity = Literal["block", "warn"]

PLACEHOLDER = re.compile(
    r"lorem ipsum|\bXXX+\b|\bTODO\b|\{\{|\}\}|\[(?:doplnit|doplňte|insert|your|název|jméno|name"
    r"|company|odkaz|link)\b[^\]]*\]"
    r"|as an ai\b|jako (?:umělá inteligence|jazykový model)|<<(?:DATA|END)\b",
    re.IGNORECASE,
)
HEADING = re.compile(r"^(#{1,6})\s+(.+)$", re.MULTILINE)
LONG_STRETCH = 450
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
LONG_SENTENCE = 45


@dataclass(frozen=True, slots=True)
class Finding:
    """`cause` is the plain sentence people read; a `block` has to be solved before approval."""

    severity: Severity
    rule: str
    cause: str


def check_article(
    *,
    title: str,
    markdown: str,
    seo: Mapping[str, Any],
    language: str,
    banned: Sequence[str] = (),
    formality: str = "neutral",
    words: Mapping[str, int] | None = None,
) -> list[Finding]:
    found = [*_of_any_text(f"{title}\n\n{markdown}", language, banned, formality)]
    found += _length(markdown, words or {"min": 1500, "max": 4000})
    found += _headings(markdown)
    found += _search(title, markdown, seo)
    found += _links(markdown, seo)
    return found


def check_social(
    *,
    platform: str,
    text: str,
    hashtags: Sequence[str],
    language: str,
    banned: Sequence[str] = (),
    formality: str = "neutral",
) -> list[Finding]:
    found = [
        Finding(problem.severity, f"platform_{problem.code}", _platform_cause(platform, problem))
        for problem in check(platform, text, list(hashtags))
    ]
    return [*found, *_of_any_text(text, language, banned, formality)]


def _of_any_text(text: str, language: str, banned: Sequence[str], formality: str) -> Iterator[Finding]:
    spoken = guess(text)
    if spoken and spoken != language.partition("-")[0]:
        yield Finding("block", "language", _("The text seems to be in another language than the company's."))
    for phrase in banned:
        if phrase.strip() and re.search(rf"(?<!\w){re.escape(phrase.strip())}", text, re.IGNORECASE):
            yield Finding(
                "block",
                "banned",
                _("The text says “%(phrase)s”, which you never want to say.") % {"phrase": phrase},
            )
    left = PLACEHOLDER.search(text)
    if left:
        yield Finding(
            "block", "placeholder", _("A leftover stands in the text: “%(words)s”.") % {"words": left[0]}
        )
    for cliche in CLICHES.get(language.partition("-")[0], ()):
        stale = re.search(cliche, text, re.IGNORECASE)
        if stale:
            yield Finding("warn", "cliche", _("“%(phrase)s” is a worn-out phrase.") % {"phrase": stale[0]})
    if "!" in re.sub(r"!\[", "", text):
        yield Finding("warn", "exclamation", _("There is an exclamation mark in the text."))
    yield from _address(text, language, formality)
    longest = max((len(part.split()) for part in SENTENCE_END.split(text.replace("\n\n", ". "))), default=0)
    if longest > LONG_SENTENCE:
        yield Finding("warn", "long_sentence", _("One sentence has %(count)d words.") % {"count": longest})


def _address(text: str, language: str, formality: str) -> Iterator[Finding]:
    """Czech addresses its reader one way throughout."""
    if not language.startswith("cs"):
        return
    formal, familiar = FORMAL.search(text), FAMILIAR.search(text)
    if formal and familiar:
        both = {"formal": formal[0], "familiar": familiar[0]}
        yield Finding(
            "warn",
            "address",
            _("The text is formal and familiar at once: “%(formal)s” and “%(familiar)s”.") % both,
        )
    elif familiar and formality == "vykani":
        yield Finding(
            "warn",
            "address",
            _("The text is familiar (“%(word)s”), but the voice is formal.") % {"word": familiar[0]},
        )
    elif formal and formality == "tykani":
        yield Finding(
            "warn",
            "address",
            _("The text is formal (“%(word)s”), but the voice is familiar.") % {"word": formal[0]},
        )


def word_count(markdown: str) -> int:
    return len(re.findall(r"\w+(?:[’'\-]\w+)*", re.sub(r"\]\([^)]*\)", "]", markdown)))


def _length(markdown: str, words: Mapping[str, int]) -> Iterator[Finding]:
    count = word_count(markdown)
    given = {"count": count, "least": words["min"], "most": words["max"]}
    if count < words["min"]:
        severity: Severity = "block" if count < words["min"] * 0.8 else "warn"
        yield Finding(
            severity,
            "too_short",
            _("The article has %(count)d words; %(least)d were agreed at least.") % given,
        )
    if count > words["max"]:
        yield Finding(
            "warn", "too_long", _("The article has %(count)d words; %(most)d were agreed at most.") % given
        )


def _headings(markdown: str) -> Iterator[Finding]:
    levels = [len(marks) for marks, _text in HEADING.findall(markdown)]
    names = [text.strip().casefold() for _marks, text in HEADING.findall(markdown)]
    if not any(level == 2 for level in levels):
        yield Finding("block", "headings", _("The article has no headings."))
    if any(level == 1 for level in levels):
        yield Finding("warn", "headings", _("The title stands once more inside the text."))
    if any(later > earlier + 1 for earlier, later in zip([1, *levels], levels, strict=False)):
        yield Finding("warn", "headings", _("A heading skips a level."))
    if len(set(names)) < len(names):
        yield Finding("warn", "headings", _("Two headings are the same."))
    if (
        levels
        and max(word_count(part) for part in re.split(r"^#{2,3} ", markdown, flags=re.MULTILINE))
        > LONG_STRETCH
    ):
        yield Finding("warn", "headings", _("A part of the article is long and has no heading inside."))


def _search(title: str, markdown: str, seo: Mapping[str, Any]) -> Iterator[Finding]:
    bounds = (
        ("meta_title", _("Title for search engines"), 8, 60),
        ("meta_description", _("Description for search engines"), 50, 160),
        ("slug", _("Address of the article"), 3, 60),
    )
    for field, name, least, most in bounds:
        size = len(str(seo.get(field) or ""))
        if not least <= size <= most:
            given = {"field": name, "size": size, "least": least, "most": most}
            yield Finding(
                "warn", "seo", _("%(field)s has %(size)d characters; %(least)d to %(most)d are good.") % given
            )
    keyword = str(seo.get("primary_keyword") or "").casefold()
    if not keyword:
        yield Finding("warn", "seo", _("No keyword is set."))
        return
    first = " ".join(markdown.split()[:120]).casefold()
    heads = " ".join(text for _marks, text in HEADING.findall(markdown)).casefold()
    missing = [
        where
        for where, text in ((_("title"), title.casefold()), (_("beginning"), first), (_("headings"), heads))
        if keyword not in text
    ]
    if missing:
        yield Finding(
            "warn", "seo", _("The keyword is missing in: %(places)s.") % {"places": ", ".join(missing)}
        )


def _links(markdown: str, seo: Mapping[str, Any]) -> Iterator[Finding]:
    allowed = {str(link.get("url")) for link in seo.get("internal_links") or ()}
    allowed.add(str((seo.get("cta") or {}).get("url")))
    strange = [url for url in re.findall(r"\]\(([^)\s]+)\)", markdown) if url not in allowed]
    if strange:
        yield Finding(
            "block", "links", _("A link leads to an address nobody gave: %(url)s") % {"url": strange[0]}
        )


def _platform_cause(key: str, problem: Problem) -> str:
    given = {
        "name": PLATFORMS[key].name,
        "found": problem.found,
        "allowed": problem.allowed,
        "detail": problem.detail,
    }
    causes = {
        "empty": _("The post is empty."),
        "too_long": _("%(name)s takes %(allowed)d characters, the post has %(found)d."),
        "too_many_hashtags": _("%(found)d hashtags; on %(name)s %(allowed)d are enough."),
        "bad_hashtag": _("“%(detail)s” is not a hashtag %(name)s would recognise."),
        "cashtags": _("%(name)s allows one cashtag, the post has %(found)d."),
    }
    return causes[problem.code] % given
