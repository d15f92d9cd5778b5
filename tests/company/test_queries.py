"""What the AI is given about a company: nothing the client refused, under ids that stay."""

from typing import Any

import pytest

from posthub.company.models import Company, Dna, DnaPoint, Fact, Verdict
from posthub.company.queries import company_input, usable_dna, usable_facts
from posthub.lifecycle.machine import advance, begin
from posthub.organizations.models import Organization


@pytest.fixture
def company(tenant: Organization) -> Company:
    return Company.objects.create(name="Alder", website="https://alder.example/", language="en")


def version(company: Company, number: int = 1, **points: Any) -> Dna:
    """points: offer__flagship=("Slate roofs", "right")"""
    dna = begin(Dna(company=company, number=number), "DRAFT")
    for name, (value, verdict) in points.items():
        DnaPoint.objects.create(dna=dna, key=name.replace("__", "."), value=value, verdict=verdict)
    return dna


def fact(company: Company, text: str, position: int, **more: Any) -> Fact:
    return Fact.objects.create(company=company, text=text, kind="general", position=position, **more)


def test_the_accepted_version_counts_before_a_newer_draft(company):
    first = version(company, 1, offer__flagship=("Slate roofs", "right"))
    version(company, 2, offer__flagship=("Tin roofs", "unchecked"))
    assert usable_dna(company) == {"offer.flagship": "Tin roofs"}
    advance(first, "ACCEPTED")
    assert usable_dna(company) == {"offer.flagship": "Slate roofs"}


def test_refused_and_unknown_points_are_left_out(company):
    version(
        company,
        offer__flagship=("Slate roofs", "wrong"),
        offer__usp=(["Fast", "  "], "unchecked"),
        market__trends=([], "unchecked"),
        identity__founded=(None, "unchecked"),
    )
    assert usable_dna(company) == {"offer.usp": ["Fast", "  "]}


def test_what_must_never_be_said_leaves_every_other_point_and_becomes_a_forbidden_claim(company):
    version(
        company,
        offer__flagship=("Eternal roof", "never"),
        offer__usp=(["We build the eternal  roof.", "Fast"], "right"),
        constraints__forbidden_claims=(["cheapest"], "right"),
    )
    assert usable_dna(company) == {
        "offer.usp": ["Fast"],
        "constraints.forbidden_claims": ["cheapest", "Eternal roof"],
    }


def test_facts_holding_a_refused_value_are_left_out(company):
    version(company, identity__founded=("1998", "wrong"), offer__price_positioning=("mid", "wrong"))
    fact(company, "We have been on the roof since 1998.", 0)
    fact(company, "Our oldest roof has 11998 slates.", 1)
    fact(company, "Call us by the mid of the week.", 2)
    fact(company, "Refused by the client in so many words.", 3, refused=True)
    assert [(f["id"], f["text"]) for f in usable_facts(company)] == [
        ("s:1", "Our oldest roof has 11998 slates."),
        ("s:2", "Call us by the mid of the week."),
    ]


def test_a_value_corrected_after_a_refusal_stays_refused(company):
    dna = version(company, identity__founded=("1999", "right"))
    dna.points.update(refused_values=["1998"])
    fact(company, "We have been on the roof since 1998.", 0)
    assert [f["text"] for f in usable_facts(company)] == ["1999"]


def test_points_become_facts_under_their_key(company):
    version(
        company,
        offer__products_services=(
            [{"name": "Slate", "desc": "Welsh slate", "url": "/s"}, {"name": "Tin"}],
            "unchecked",
        ),
        identity__hq_address=({"street": "Main 1", "city": "York", "zip": "YO1"}, "unchecked"),
        voice__tone=(["warm"], "right"),
    )
    assert [(f["id"], f["text"], f["kind"], f["subject"]) for f in usable_facts(company)] == [
        ("dna:identity.hq_address", "Main 1, York, YO1", "general", ""),
        ("dna:offer.products_services.0", "Slate: Welsh slate", "product", "Slate"),
        ("dna:offer.products_services.1", "Tin", "product", "Tin"),
    ]


def test_a_guess_is_no_fact_until_somebody_confirms_it(company):
    dna = version(company, offer__flagship=("Slate roofs", "unchecked"))
    dna.points.update(inferred=True, quote="Slate, slate, slate.")
    assert usable_facts(company) == []
    dna.points.update(verdict=Verdict.RIGHT)
    assert [f["text"] for f in usable_facts(company)] == ["Slate roofs"]


def test_a_text_is_told_by_the_sentence_it_stands_in(company):
    dna = version(company, identity__founded=("1998", "unchecked"))
    dna.points.update(quote="On the roof since 1998.")
    assert [f["text"] for f in usable_facts(company)] == ["On the roof since 1998."]


def test_the_company_is_told_by_what_is_known_of_it(company):
    assert company_input(company) == {"brand_name": "Alder", "industry": "", "city": "", "language": "en"}
    version(
        company,
        identity__brand_name=("Alder & Finch", "right"),
        identity__industry=({"label": "Roofing"}, "unchecked"),
        identity__hq_address=({"street": "Main 1", "city": "York"}, "unchecked"),
    )
    assert company_input(company) == {
        "brand_name": "Alder & Finch",
        "industry": "Roofing",
        "city": "York",
        "language": "en",
    }
