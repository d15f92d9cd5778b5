"""From a request for changes to a rule that every later text keeps, and what it brought."""

from typing import Any

import pytest

from posthub.content import material
from posthub.content.guard import guarded
from posthub.personas.models import VoiceRule
from posthub.personas.operations import confirm_rule
from posthub.personas.rules import rule_in
from tests.shelf import Shelf


@pytest.mark.parametrize(
    ("remark", "avoid", "instead"),
    [
        ("Prosím nahraďte „zákazník“ slovem „host“.", "zákazník", "host"),
        ("Místo „levný“ pište „výhodný“.", "levný", "výhodný"),
        ("Say “guest”, not “customer”.", "customer", "guest"),
        ("Please don't use “cheap” at all.", "cheap", ""),
        ("Nepoužívejte „levný“.", "levný", ""),
        ("No exclamation marks please", "", ""),
        ("Příště prosím bez otázek v nadpisu.", "", ""),
        ("Never start with a question.", "", ""),
    ],
)
def test_what_should_hold_from_now_on_is_a_rule(remark: str, avoid: str, instead: str) -> None:
    found = rule_in(remark)
    assert found is not None
    assert (found.avoid, found.instead) == (avoid, instead)


@pytest.mark.parametrize(
    "remark",
    [
        "The price is wrong.",
        "Zkraťte druhý odstavec.",
        "Adresa prodejny je jiná.",
        "Facts: it was 1994, not 1995",
    ],
)
def test_what_is_about_one_text_only_is_none(remark: str) -> None:
    assert rule_in(remark) is None


def ask(browser: Any, article: Any, text: str) -> None:
    form = {"version": article.content_hash, "text": text}
    assert browser.post(f"/review/article/{article.pk}/changes/", form).status_code == 303


def test_a_request_proposes_a_rule_that_the_marketer_confirms_and_can_take_back(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    sofia, marek = browser_of("sofia"), browser_of("marek")
    ask(sofia, shelf.article(), "Say “guest”, not “customer”.")
    ask(sofia, shelf.article(), "Say “guest”, not “customer”.")
    ask(sofia, shelf.article(), "The price is wrong.")
    back()
    rule = VoiceRule.objects.get()
    assert (rule.state, rule.asked, rule.text) == ("PROPOSED", 2, "Say “guest”, not “customer”.")
    assert sofia.post(f"/voice-rules/{rule.pk}/confirm/").status_code == 403
    page = marek.get("/voice-rules/").content.decode()
    assert (rule.text in page, "asked for 2 times" in page, "Confirm" in page) == (True, True, True)
    for verb, state in (("confirm", "ACTIVE"), ("retire", "RETIRED"), ("confirm", "ACTIVE")):
        assert marek.post(f"/voice-rules/{rule.pk}/{verb}/").status_code == 303
        back()
        rule.refresh_from_db()
        assert rule.state == state
    assert marek.post(f"/voice-rules/{rule.pk}/dismiss/").status_code == 303  # refused in words: it holds
    assert marek.post(f"/voice-rules/{rule.pk}/forget/").status_code == 404
    read_only = sofia.get("/voice-rules/").content.decode()
    assert (rule.text in read_only, "Let it go" in read_only) == (True, False)
    back()
    rule.refresh_from_db()
    assert rule.state == "ACTIVE"


def test_a_confirmed_rule_is_given_to_every_later_prompt_and_checked_in_every_text(
    shelf: Shelf, cast: Any, browser_of: Any, back: Any
) -> None:
    article = shelf.article()
    ask(browser_of("sofia"), article, "Say “guest”, not “customer”.")
    back()
    (rule,) = VoiceRule.objects.all()
    assert material.of_company(shelf.company)["voice_rules"] == []
    confirm_rule(rule, by=cast.marek)
    given = [
        material.for_topics(shelf.company, []),
        material.for_article(article, words={"min": 1, "max": 2}, remarks=[]),
        material.for_rewrite(article, remarks=[], words={"min": 1, "max": 2}),
        material.for_post(shelf.posts()[0], remarks=[]),
    ]
    assert [inputs["voice_rules"] for inputs in given] == [[rule.text]] * 4
    assert all("customer" in inputs["dna"]["voice.vocabulary_banned"] for inputs in given)
    extra = guarded(article, title="A title", text="Every customer knows.", extra={})
    (found,) = [finding for finding in extra["findings"] if finding["rule"] == "voice_rule"]
    assert (found["severity"], found["fix"]) == ("warn", "voice_rule")


def test_first_looks_are_counted_before_and_since(shelf: Shelf, browser_of: Any, back: Any) -> None:
    sofia, marek = browser_of("sofia"), browser_of("marek")
    ask(sofia, shelf.article(), "Never start with a question.")
    back()
    rule = VoiceRule.objects.get()
    marek.post(f"/voice-rules/{rule.pk}/confirm/")
    for _number in range(2):
        article = shelf.article()
        sofia.post(f"/review/article/{article.pk}/approve/", {"version": article.content_hash})
    page = " ".join(marek.get("/voice-rules/").content.decode().split())
    assert "Approved at the first look: 67% (2 of 3 texts)" in page
    assert "0% before (of 1), 100% since (of 2)" in page


def test_the_team_adds_a_rule_of_its_own(shelf: Shelf, browser_of: Any, back: Any) -> None:
    marek = browser_of("marek")
    assert marek.post("/voice-rules/", {"text": "Hm"}).status_code == 422
    assert marek.post("/voice-rules/", {"text": "Do not say “cheap”."}).status_code == 303
    back()
    rule = VoiceRule.objects.get()
    assert (rule.state, rule.avoid) == ("ACTIVE", "cheap")
    assert browser_of("sofia").post("/voice-rules/", {"text": "Do not say “x y”."}).status_code == 403
