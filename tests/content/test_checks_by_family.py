"""Each check with a Czech and an English text that passes, and one that does not."""

from typing import Any

import pytest

from posthub.content.checks import Reading, findings
from tests.content.test_checks import CS, EN

CS_SEO = {
    "meta_title": "Chléb: jak ho pečeme",
    "meta_description": "Chléb a jak vzniká: postup, suroviny a rady, jak ho doma uložit, aby vydržel.",
    "slug": "chleb-jak-ho-peceme",
    "primary_keyword": "chléb",
    "internal_links": [{"url": "/chleb"}],
}
EN_SEO = {
    "meta_title": "Bread: how we bake it",
    "meta_description": "Bread and how it comes about: the steps, the flour, and how to keep it at home.",
    "slug": "bread-how-we-bake-it",
    "primary_keyword": "bread",
    "internal_links": [{"url": "/bread"}],
}
ARTICLES: dict[str, dict[str, Any]] = {
    "cs": {"title": "Chléb: jak ho pečeme", "text": f"## Chléb zblízka\n\n{CS}", "seo": CS_SEO},
    "en": {"title": "Bread: how we bake it", "text": f"## Bread up close\n\n{EN}", "seo": EN_SEO},
}
POSTS = {
    "cs": "Dnes pečeme žitný chléb z mouky od souseda.",
    "en": "We bake rye bread with a neighbour's flour.",
}
BOTH = {"cs": ("cs", "cs-CZ"), "en": ("en", "en-GB")}


def article(language: str, add: str = "", **other: Any) -> dict[str, tuple[str, str]]:
    given = {**ARTICLES[language], "words": {"min": 20, "max": 900}, **other}
    given["text"] += add
    return {
        found.rule: (found.severity, found.fix) for found in findings(Reading(language=language, **given))
    }


def post(language: str, add: str = "", **other: Any) -> dict[str, tuple[str, str]]:
    given = {"title": "", "platform": "facebook", "text": POSTS[language] + add, **other}
    return {
        found.rule: (found.severity, found.fix) for found in findings(Reading(language=language, **given))
    }


@pytest.mark.parametrize("language", ["cs", "en"])
def test_a_good_text_has_no_findings(language: str) -> None:
    assert article(language) == {}
    assert post(language) == {}


@pytest.mark.parametrize(
    ("language", "add", "known", "rule", "said"),
    [
        ("cs", " Text [doplnit jméno].", {}, "placeholder", ("block", "")),
        ("en", " Ask [your name] about it.", {}, "placeholder", ("block", "")),
        ("cs", " V neposlední řadě voní.", {}, "cliche", ("warn", "")),
        ("en", " It is a game-changer.", {}, "cliche", ("warn", "")),
        ("cs", " Je levný.", {"banned": ["levný"]}, "banned", ("block", "")),
        ("en", " It is cheap.", {"banned": ["cheap"]}, "banned", ("block", "")),
        ("cs", " Přijďte!", {}, "exclamation", ("warn", "exclamation")),
        ("en", " Come and see!", {}, "exclamation", ("warn", "exclamation")),
        ("cs", " Dobrou chuť 🍞", {"emoji": "none"}, "emoji", ("warn", "emoji")),
        ("en", " Enjoy 🍞🥖🥐🥨", {"emoji": "sparse"}, "emoji", ("warn", "")),
        ("cs", " Máš rád kůrku? Přijďte k vám domů a budete vědět.", {}, "address", ("warn", "")),
        (
            "cs",
            " Každý zákazník to ví.",
            {"rules": [{"text": "", "avoid": "zákazník", "instead": "host"}]},
            "voice_rule",
            ("warn", "voice_rule"),
        ),
        (
            "en",
            " Every customer knows.",
            {"rules": [{"text": "", "avoid": "customer", "instead": ""}]},
            "voice_rule",
            ("warn", ""),
        ),
        ("cs", " " + "slovo " * 50, {}, "long_sentence", ("warn", "")),
        ("en", " " + "word " * 50, {}, "long_sentence", ("warn", "")),
    ],
)
def test_what_would_embarrass_is_found_in_articles_and_in_posts(
    language: str, add: str, known: dict[str, Any], rule: str, said: tuple[str, str]
) -> None:
    assert article(language, add, **known)[rule] == said
    assert post(language, add, **known)[rule] == said


@pytest.mark.parametrize(
    ("language", "known", "rule", "said"),
    [
        ("cs", {"text": f"## Chléb\n\n{EN}"}, "language", ("block", "")),
        ("en", {"text": f"## Bread\n\n{CS}"}, "language", ("block", "")),
        ("cs", {"words": {"min": 500, "max": 900}}, "too_short", ("block", "")),
        ("en", {"words": {"min": 20, "max": 40}}, "too_long", ("warn", "")),
        ("cs", {"text": f"# Chléb: jak ho pečeme\n\n## Chléb\n\n{CS}"}, "headings", ("warn", "headings")),
        ("en", {"text": f"## Bread\n\n#### Deep\n\n{EN}"}, "headings", ("warn", "headings")),
        ("cs", {"seo": {**CS_SEO, "meta_title": "x" * 70}}, "seo", ("warn", "search")),
        ("en", {"seo": {**EN_SEO, "primary_keyword": "cake"}}, "seo", ("warn", "")),
        ("cs", {"past": [("Chléb: jak ho pečeme doma", "")]}, "repeats_title", ("warn", "")),
        ("en", {"past": [("Another", f"## Bread up close\n\n{EN}")]}, "repeats", ("block", "")),
    ],
)
def test_what_only_articles_have_is_checked(
    language: str, known: dict[str, Any], rule: str, said: tuple[str, str]
) -> None:
    assert article(language, **known)[rule] == said


@pytest.mark.parametrize("language", ["cs", "en"])
def test_links_lead_where_the_plan_and_the_company_say(language: str) -> None:
    target = "/chleb" if language == "cs" else "/bread"
    assert article(language, f" [x]({target})", targets=[target, "/"]) == {}
    assert article(language, " [x](https://evil.example)")["links"] == ("block", "links")
    # A writer cannot put an address on the list by planning it itself.
    assert article(language, f" [x]({target})", targets=["/"])["links"] == ("block", "links")
    assert post(language, " https://evil.example/x", hosts=["novak.example"])["links"] == ("block", "")
    assert post(language, " https://www.novak.example/x", hosts=["novak.example"]) == {}


@pytest.mark.parametrize("language", ["cs", "en"])
def test_networks_and_pictures_are_checked(language: str) -> None:
    assert post(language, platform="instagram", alt_text="Bochník na stole") == {}
    assert post(language, platform="instagram", alt_text="")["alt_text"] == ("warn", "alt_text")
    assert post(language, platform="instagram", alt_text="x" * 200)["alt_text"] == ("warn", "alt_text")
    assert post(language, hashtags=["#a b"])["platform_bad_hashtag"] == ("block", "hashtags")
    assert post(language, " a" * 200, platform="x")["platform_too_long"] == ("block", "")


def test_hard_words_in_long_sentences_are_hard_to_read() -> None:
    cs = (
        "Nejnevyzpytatelnějšími charakteristikami multidimenzionálních pekařských technologií disponují. "
        * 20
    )
    en = (
        "Characteristically multidimensional fermentation methodologies necessitate considerable sophistication. "
        * 20
    )
    assert article("cs", text=f"## Chléb\n\n{cs}")["readability"] == ("warn", "")
    assert article("en", text=f"## Bread\n\n{en}")["readability"] == ("warn", "")
