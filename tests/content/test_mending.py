"""What one click mends, and what it leaves alone."""

from typing import Any

import pytest

from posthub.content.checks import Reading, findings
from posthub.content.mending import LABELS, MENDS, Draft, without_sentence


def mended(
    fix: str, text: str = "", title: str = "Chléb", extra: dict[str, Any] | None = None, **known: Any
) -> Draft:
    extra = extra or {}
    seo = extra.get("seo", {})
    reading = Reading(title=title, text=text, language="cs", seo=seo, **known)
    return MENDS[fix](Draft(title, text, extra, reading))


def test_every_mend_has_a_label() -> None:
    assert set(LABELS) == set(MENDS)


@pytest.mark.parametrize(
    ("fix", "text", "known", "after"),
    [
        ("exclamation", "Come in! Really?! Now!!", {}, "Come in. Really? Now."),
        ("emoji", "Dobrou chuť 🍞. Voní 🥖 krásně.", {}, "Dobrou chuť. Voní krásně."),
        (
            "voice_rule",
            "Zákazník ví. Náš zákazník.",
            {"rules": [{"avoid": "zákazník", "instead": "host"}]},
            "Host ví. Náš host.",
        ),
        ("headings", "# Chléb\n\nText.\n\n#### Hned čtvrtá\n\nDál.", {}, "Text.\n\n## Hned čtvrtá\n\nDál."),
        ("headings", "## Jedna\n\n#### Dvě\n\n## Tři", {}, "## Jedna\n\n### Dvě\n\n## Tři"),
        ("links", "Viz [ceník](https://evil.example).", {}, "Viz ceník."),
    ],
)
def test_a_text_is_mended_and_nothing_else_changes(
    fix: str, text: str, known: dict[str, Any], after: str
) -> None:
    assert mended(fix, text, **known).text == after


def test_search_fields_are_cut_between_words_and_filled_in() -> None:
    long = "Chléb a všechno, co je dobré o něm vědět, než si ho koupíte, a ještě něco navíc"
    seo = {"meta_title": long, "meta_description": "", "slug": "", "excerpt": f"{long}. {long}."}
    after = mended("search", title="Chléb náš vezdejší", extra={"seo": seo}).extra["seo"]
    assert after["meta_title"] == "Chléb a všechno, co je dobré o něm vědět, než si ho koupíte"
    assert 50 <= len(after["meta_description"]) <= 160
    assert after["slug"] == "chleb-nas-vezdejsi"


def test_hashtags_and_alt_text_are_mended() -> None:
    extra = {"hashtags": ["#chléb ze mlýna", "#2027", "#pec", "#a", "#b"], "image_brief": "Bochník na stole"}
    assert mended("hashtags", extra=extra, platform="facebook").extra["hashtags"] == ["#chlébzemlýna", "#pec"]
    assert mended("alt_text", extra=extra, platform="instagram").extra["alt_text"] == "Bochník na stole"


@pytest.mark.parametrize(
    ("text", "sentence", "after"),
    [
        ("Jedna. Máme 500 lidí. Dvě.", "Máme 500 lidí.", "Jedna. Dvě."),
        ("Jedna.\n\nMáme 500 lidí.\n\nDvě.", "Máme 500 lidí.", "Jedna.\n\nDvě."),
        ("- Jedna\n- Máme 500 lidí.\n- Dvě", "Máme 500 lidí.", "- Jedna\n- Dvě"),
        ("Máme 500 lidí. Dvě.", "Máme 500 lidí.", "Dvě."),
        ("Nic takového.", "Máme 500 lidí.", "Nic takového."),
    ],
)
def test_a_sentence_is_cut_with_the_line_that_held_nothing_else(text: str, sentence: str, after: str) -> None:
    assert without_sentence(text, sentence) == after


def test_what_a_fix_is_offered_for_is_gone_afterwards() -> None:
    text = "Přijďte! 🍞 [sem](https://evil.example)\n\n#### Hluboko\n\nZákazník."
    rules = [{"text": "", "avoid": "zákazník", "instead": "host"}]
    known = {"emoji": "none", "rules": rules}
    draft = Draft("Chléb!", text, {}, Reading(title="Chléb!", text=text, language="cs", **known))
    offered = {found.fix for found in findings(draft.reading)} - {""}
    for fix in sorted(offered - {"search"}):
        draft = MENDS[fix](draft)
    after = Reading(title=draft.title, text=draft.text, language="cs", **known)
    assert {found.fix for found in findings(after)} - {"", "search"} == set()
