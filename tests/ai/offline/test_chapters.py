"""What an article tells stands where it belongs, is told once, and sounds like the one who tells it."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from posthub.ai.providers.offline.article import Article, compose
from posthub.ai.providers.offline.chapters import KIN
from posthub.ai.providers.offline.families import family_of, strangeness
from posthub.ai.providers.offline.library import PATTERNS, Module, chapters, fill, modules
from posthub.ai.providers.offline.material import gather
from posthub.ai.providers.offline.themes import OF_KIND, THEMES, theme_of
from posthub.core.similarity import body_similarity

from .asking import article_inputs, month_of_topics, six
from .companies import COMPANIES, base
from .test_writing import prose

LANGUAGES = ("cs", "en")


@cache
def written(language: str, topic: int, voice: int | None = None) -> Article:
    inputs = article_inputs(language, month_of_topics(language)[topic])
    if voice is not None:
        inputs = {**inputs, "persona": six(language)[voice]}
    return compose(language, inputs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_stands_under_a_heading_of_its_kind(language: str) -> None:
    about = {fact.text: theme_of(fact) for fact in gather(language, base(COMPANIES[language])).facts}
    told = 0
    for topic in range(12):
        for section in written(language, topic).sections[1:]:
            for sentence, _ in section.claims:
                if section.theme == "questions" or sentence not in about:
                    continue
                told += 1
                theme = about[sentence]
                assert section.theme in (theme, *KIN.get(theme, ("offer",))), (section.heading, sentence)
    assert told > 150


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_twice_in_an_article(language: str) -> None:
    for topic in range(12):
        text = "\n\n".join(section.markdown for section in written(language, topic).sections)
        often = Counter(sentence for sentence in prose(text) if len(sentence.split()) > 3)
        assert [sentence for sentence, times in often.items() if times > 1] == []
        headings = [section.heading for section in written(language, topic).sections]
        assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_advice_is_of_the_kind_of_article_that_the_title_promises(language: str) -> None:
    own = advice(language)
    for number, topic in enumerate(month_of_topics(language)):
        article = written(language, number)
        family = family_of(language, article.title, topic)
        parts = [own[section.heading] for section in article.sections if section.heading in own]
        assert all(not section.claims for section in article.sections if section.heading in own)
        strangers = [part.key for part in parts if strangeness(family, part.families) > 1]
        assert strangers == [], (article.title, family)


@pytest.mark.parametrize("language", LANGUAGES)
def test_six_voices_tell_one_subject_in_six_ways(language: str) -> None:
    own = []
    for voice in range(6):
        article = written(language, 3, voice)
        text = "\n\n".join(
            section.markdown for section in article.sections if not is_advice(language, section)
        )
        for sentence, _ in (claim for section in article.sections for claim in section.claims):
            text = text.replace(sentence, "")
        own.append(re.sub(r"(?m)^.*\]\(.*$", "", text))
    assert max(body_similarity(one, other) for one, other in combinations(own, 2)) < 0.2
    assert len({tuple(len(p.split()) for p in text.split("\n\n")) for text in own}) == 6


@cache
def advice(language: str) -> dict[str, Module]:
    """The parts of general advice by the headings they can have."""
    return {
        fill(heading, {}, "vykani"): module for module in modules(language) for heading in module.headings
    }


def is_advice(language: str, section: Any) -> bool:
    return section.heading in advice(language)


def test_there_is_a_chapter_for_whatever_a_fact_can_be_about() -> None:
    for language in LANGUAGES:
        assert set(chapters(language)) == set(THEMES) >= set(OF_KIND.values())


SENTENCES = re.compile(
    r"^(?:- |\d\. )?.*(?:[.:?…]|[.?]\*\*|[.?]“|[.?]”)$"
)  # a line of a list may end as it likes


def lines(name: str) -> Iterator[tuple[str, str]]:
    """The key and text of every pattern in a file."""

    def within(key: str, value: Any) -> Iterator[tuple[str, str]]:
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, dict):
            for inner, part in value.items():
                yield from within(inner, part)
        elif isinstance(value, list):
            for part in value:
                yield from within(key, part)

    yield from within("", tomllib.loads((PATTERNS / name).read_text(encoding="utf-8")))


SLOTS = {"cs": "Žitný chléb", "en": "Slate roof repair"}
SPOKEN = ("blocks", "openings", "brisk", "asking", "leads", "closings", "hooks", "posts", "sample", "tips")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("formality", ["vykani", "tykani"])
def test_every_pattern_reads_well_whatever_is_put_into_it(language: str, formality: str) -> None:
    wrong = []
    for path in sorted(PATTERNS.glob(f"{language}*.toml")):
        for key, pattern in lines(path.name):
            names = set(re.findall(r"\{(\w+)\}", pattern))
            text = fill(pattern, dict.fromkeys(names, SLOTS[language]), formality)
            if re.search(r"[{}\[\]|]|  | [,.;?]|\.\.|,,", text):
                wrong.append(f"{path.name}: {text}")
            if key in SPOKEN:
                whole = [line for line in text.split("\n") if line and not re.match(r"- |\d\. ", line)]
                wrong += [f"{path.name}: {line}" for line in whole if not SENTENCES.match(line)]
            if key in ("headings", "named", "plain") and text.endswith((".", ":")):
                wrong.append(f"{path.name}: {text}")
    assert wrong == []
