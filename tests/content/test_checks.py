"""The first reader: what it finds and what it leaves alone."""

from typing import Any

import pytest

from posthub.content.checks import check_article, check_social
from posthub.content.languages import guess

CS = "Chléb pečeme každé ráno od tří hodin a mouku na něj mele mlýn v Javornici, který je za kopcem. " * 4
EN = (
    "We bake the bread every morning at three, and the flour for it is milled at a mill just over the hill. "
    * 4
)
SEO: dict[str, Any] = {
    "meta_title": "Chléb: jak ho pečeme",
    "meta_description": "Chléb a jak vzniká: postup, suroviny a rady, jak ho doma uložit, aby vydržel.",
    "slug": "chleb-jak-ho-peceme",
    "primary_keyword": "chléb",
    "internal_links": [{"url": "/chleb"}],
}


def article(text: str = CS, **other: Any) -> dict[str, str]:
    given = {
        "title": "Chléb: jak ho pečeme",
        "markdown": f"## Chléb zblízka\n\n{text}",
        "seo": SEO,
        "language": "cs",
    }
    found = check_article(**{**given, "words": {"min": 20, "max": 400}, **other})
    return {finding.rule: finding.severity for finding in found}


def social(text: str, **other: Any) -> dict[str, str]:
    given: dict[str, Any] = {"platform": "facebook", "text": text, "hashtags": [], "language": "cs", **other}
    return {finding.rule: finding.severity for finding in check_social(**given)}


def test_a_good_article_has_no_findings() -> None:
    assert article() == {}


@pytest.mark.parametrize(
    ("text", "rule", "severity"),
    [
        (EN, "language", "block"),
        (CS + " Lorem ipsum dolor.", "placeholder", "block"),
        (CS + " [doplnit cenu]", "placeholder", "block"),
        (CS + " V dnešní uspěchané době je to jinak.", "cliche", "warn"),
        (CS + " Přijďte!", "exclamation", "warn"),
        (CS + " Víte, že vám i tobě chutná?", "address", "warn"),
        (CS + " Klikněte [sem](https://cizi.example).", "links", "block"),
        (CS + " Je to levný chléb.", "banned", "block"),
        ("slovo " * 60, "long_sentence", "warn"),
    ],
)
def test_what_embarrasses_is_found(text: str, rule: str, severity: str) -> None:
    assert article(text, banned=["levný"])[rule] == severity


def test_length_is_judged_against_the_plan() -> None:
    assert article(words={"min": 80, "max": 400}) == {"too_short": "warn"}
    assert article(words={"min": 1500, "max": 4000}) == {"too_short": "block"}
    assert article(words={"min": 10, "max": 40}) == {"too_long": "warn"}


@pytest.mark.parametrize(
    ("markdown", "severity"),
    [
        (CS, "block"),
        (f"# Chléb\n\n## Chléb dál\n\n{CS}", "warn"),
        (f"## Chléb\n\n#### Hned čtvrtá\n\n{CS}", "warn"),
        (f"## Chléb\n\n{CS}\n\n## Chléb\n\nDál.", "warn"),
        (f"## Chléb\n\n{CS * 8}", "warn"),
    ],
)
def test_the_tree_of_headings_is_checked(markdown: str, severity: str) -> None:
    assert article(markdown=markdown, words={"min": 10, "max": 4000})["headings"] == severity


def test_search_data_is_checked() -> None:
    assert article(seo={**SEO, "meta_title": "x" * 70}) == {"seo": "warn"}
    assert article(seo={**SEO, "primary_keyword": ""}) == {"seo": "warn"}
    assert article(seo={**SEO, "primary_keyword": "vánočka"}) == {"seo": "warn"}


def test_formality_of_the_voice_is_kept() -> None:
    assert article(CS + " Poznáš to sám, až budeš ochutnávat.", formality="vykani") == {"address": "warn"}
    assert article(CS + " Budete ochutnávat.", formality="tykani") == {"address": "warn"}
    assert article(CS + " Budete ochutnávat.", formality="vykani") == {}


def test_a_post_is_checked_against_its_network() -> None:
    assert social("Dnes pečeme žitný chléb.") == {}
    assert social("a " * 300, platform="x")["platform_too_long"] == "block"
    assert social("Levný chléb.", banned=["levný"]) == {"banned": "block"}
    assert social("", platform="x")["platform_empty"] == "block"
    assert social("Text", hashtags=["#a#b"])["platform_bad_hashtag"] == "block"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (CS, "cs"),
        (EN, "en"),
        (
            "Chlieb pečieme každé ráno a múku naň melie mlyn, ktorý je za kopcom, lebo sme z dediny a nie sme veľkí.",
            "sk",
        ),
        (
            "Wir backen das Brot jeden Morgen und das Mehl wird in der Mühle gemahlen, die hinter dem Hügel ist.",
            "de",
        ),
        ("Krátké.", ""),
        ("zzz " * 30, ""),
    ],
)
def test_languages_are_told_apart(text: str, language: str) -> None:
    assert guess(text) == language
