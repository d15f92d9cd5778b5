"""Reading again: what people said stays, what was refused does not come back, facts keep their numbers."""

from posthub.company.models import Fact
from posthub.company.operations import accept_dna, fill_point, judge_point
from posthub.company.pipeline.facts import Sentence, note_facts
from posthub.company.pipeline.readings import write_points
from posthub.company.queries import usable_facts
from tests.company.conftest import found, point, version


def test_before_anything_was_accepted_a_reading_fills_the_same_draft(company):
    write_points(company, [found("offer.flagship", "Slate roofs")])
    write_points(company, [found("offer.flagship", "Tin roofs")])
    assert (version(company, "DRAFT").number, point(company, "offer.flagship").value) == (1, "Tin roofs")


def test_verdicts_and_typed_values_are_never_overwritten(company, cast):
    write_points(
        company,
        [
            found("offer.flagship", "Slate roofs"),
            found("identity.founded", "1998"),
            found("voice.formality", "vykani"),
        ],
    )
    judge_point(point(company, "offer.flagship"), "right", by=cast.sofia)
    judge_point(point(company, "voice.formality"), "wrong", by=cast.sofia)
    fill_point(point(company, "identity.founded"), "1997", by=cast.sofia)
    accept_dna(version(company, "DRAFT"), by=cast.sofia)
    fresh = [
        found("offer.flagship", "Tin roofs"),
        found("identity.founded", "1998"),
        found("voice.formality", "tykani"),
        found("seo.primary_keywords", ["roof"]),
    ]
    draft = write_points(company, fresh)
    assert draft is not None
    values = {p.key: (p.value, p.verdict) for p in draft.points.all() if p.value}
    assert values == {
        "offer.flagship": ("Slate roofs", "right"),
        "identity.founded": ("1997", "right"),
        "voice.formality": ("vykani", "wrong"),
        "seo.primary_keywords": (["roof"], "unchecked"),
    }


def test_a_refused_value_does_not_come_back_under_another_point(company, cast):
    write_points(company, [found("offer.flagship", "Eternal roof")])
    judge_point(point(company, "offer.flagship"), "never", by=cast.sofia)
    write_points(
        company,
        [
            found("offer.usp", ["The eternal roof is ours", "Fast"]),
            found("offer.guarantees", ["Eternal roof"]),
        ],
    )
    assert point(company, "offer.usp").value == ["Fast"]
    assert point(company, "offer.guarantees").value is None


def test_a_site_that_says_the_same_proposes_nothing(company, cast):
    write_points(company, [found("offer.flagship", "Slate roofs")])
    accept_dna(version(company, "DRAFT"), by=cast.sofia)
    assert write_points(company, [found("offer.flagship", "Slate roofs")]) is None
    assert company.versions.count() == 1


def test_what_the_site_no_longer_says_is_no_proposal_to_forget(company, cast):
    write_points(company, [found("offer.flagship", "Slate roofs")])
    accept_dna(version(company, "DRAFT"), by=cast.sofia)
    assert write_points(company, []) is None


def test_a_newer_proposal_takes_the_place_of_an_open_one_and_keeps_what_was_settled(company, cast):
    write_points(company, [found("offer.flagship", "Slate roofs"), found("identity.founded", "1998")])
    accept_dna(version(company, "DRAFT"), by=cast.sofia)
    write_points(company, [found("offer.flagship", "Tin roofs"), found("identity.founded", "1997")])
    fill_point(point(company, "identity.founded"), "1996", by=cast.sofia)
    draft = write_points(company, [found("offer.flagship", "Straw roofs"), found("identity.founded", "1995")])
    assert draft is not None
    assert draft.number == 3
    assert list(company.versions.values_list("state", flat=True)) == ["DRAFT", "DISMISSED", "ACCEPTED"]
    values = {p.key: p.value for p in draft.points.all() if p.value}
    assert values == {"offer.flagship": "Straw roofs", "identity.founded": "1996"}


def site(*texts: str) -> list[Sentence]:
    return [Sentence(text, "general", "", "https://alder.example/") for text in texts]


def test_facts_keep_their_numbers_and_a_number_is_never_given_twice(company):
    note_facts(company, site("One is a sentence.", "Two is a sentence."), document=None)
    note_facts(company, site("One is a sentence."), document=None)
    note_facts(company, site("One is a sentence.", "Three is a sentence."), document=None)
    assert [(f["id"], f["text"]) for f in usable_facts(company)] == [
        ("s:0", "One is a sentence."),
        ("s:2", "Three is a sentence."),
    ]


def test_a_refused_fact_stays_refused_when_the_site_says_it_again(company):
    note_facts(company, site("One is a sentence."), document=None)
    Fact.objects.update(refused=True)
    note_facts(company, [], document=None)
    note_facts(company, site("One is a sentence."), document=None)
    assert usable_facts(company) == []
