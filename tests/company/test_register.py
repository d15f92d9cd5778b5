"""Companies found in a register: one contract for the sample and ARES, and the set-up that searches them."""

from collections.abc import Iterator
from dataclasses import asdict
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache

from posthub.company.extraction.registration import valid_ico
from posthub.company.models import Company, DnaPoint
from posthub.company.pipeline.readings import write_points
from posthub.company.register import Entry, Register, SampleRegister, TooMany, Unavailable, register
from posthub.company.register.ares import Ares
from posthub.company.register.numbers import as_number
from posthub.company.register.offline import sample
from posthub.company.register.points import brand_of
from posthub.company.register.search import search
from posthub.jobs.models import Job
from tests.company.ares import FakeAres, ares, subject
from tests.company.conftest import found, point

BAKERY = "99001276"


def as_subject(entry: Entry) -> dict[str, object]:
    """An entry of the sample the way ARES would write it."""
    street, _space, number = entry.street.rpartition(" ")
    house, _slash, door = number.partition("/")
    seat = {
        "kodStatu": entry.country,
        "nazevObce": entry.city,
        "nazevUlice": "" if street == "č. p." else street,
        "cisloDomovni": int(house),
        "psc": int(entry.zip.replace(" ", "")),
    }
    seat |= {"cisloOrientacni": int(door)} if door else {}
    return subject(entry.registration_id, entry.name, sidlo=seat, dic=entry.vat_id, datumVzniku=entry.founded)


@pytest.fixture
def fake(settings) -> Iterator[FakeAres]:
    cache.clear()
    with ares(*(as_subject(entry) for entry in sample())) as started:
        settings.ARES_URL = started.url
        yield started
    cache.clear()


@pytest.fixture(params=["sample", "ares"])
def any_register(request, fake) -> Register:
    return SampleRegister() if request.param == "sample" else Ares(fake.url)


# -- The contract, kept by both -------------------------------------------------------------------


def test_every_register_keeps_the_contract(any_register):
    found = any_register.by_name("Podhorka")
    assert [entry.registration_id for entry in found] == [BAKERY]
    entry = any_register.by_number(BAKERY)
    assert entry == found[0]
    assert {**asdict(entry), "source_url": ""} == {**asdict(sample()[0]), "source_url": ""}
    assert any_register.by_name("Nobody is called so") == []
    assert any_register.by_number("99999994") is None
    assert [entry.address for entry in any_register.by_name("Samotě")] == ["č. p. 41, 395 99 Vysoká Lhota"]


def test_the_sample_holds_numbers_that_a_register_could_give():
    assert all(valid_ico(entry.registration_id) for entry in sample())
    assert [entry.name for entry in SampleRegister().by_name("PEKARNA podh")] == ["Pekárna Podhorka s. r. o."]
    assert SampleRegister(shown=False).by_name("Podhorka") == []


def test_the_register_is_chosen_by_its_address(settings):
    assert isinstance(register(), SampleRegister)
    settings.LOCAL = False
    assert register().by_name("Podhorka") == []
    settings.ARES_URL = "http://127.0.0.1:9/rest"
    assert isinstance(register(), Ares)


# -- ARES -----------------------------------------------------------------------------------------


def test_ares_is_asked_once_for_the_same(fake):
    for _again in range(3):
        Ares(fake.url).by_name("Podhorka")
        Ares(fake.url).by_number(BAKERY)
        Ares(fake.url).by_number("99999994")
    assert len(fake.asked) == 3


def test_too_many_matches_are_told_apart_from_a_refusal(fake):
    fake.subjects += [subject("", f"Novák {number}") for number in range(1001)]
    with pytest.raises(TooMany):
        Ares(fake.url).by_name("Novák")
    assert search("Novák").problem == "many"
    with pytest.raises(Unavailable):
        Ares(fake.url).by_name("")


def test_rows_without_a_number_and_companies_that_ended_are_not_offered(fake):
    fake.subjects[:] = [
        subject("", "Les bez čísla"),
        subject("27074358", "Les s.r.o."),
        subject("25596641", "Les starý s.r.o.", datumZaniku="2019-01-01"),
    ]
    (entry,) = Ares(fake.url).by_name("Les")
    assert (entry.registration_id, entry.street, entry.zip) == ("27074358", "Hlavní 12/3", "602 00")
    assert entry.source_url == f"{fake.url}/ekonomicke-subjekty/27074358"


@pytest.mark.parametrize(
    "broken",
    [(500, b"{}"), (503, b"busy"), (200, b"<html>"), (200, b"[]"), (200, b"{}"), (200, b'{"a":' * 400_000)],
)
def test_an_answer_nobody_understands_is_no_answer(fake, broken):
    fake.broken = broken
    assert search("Podhorka").problem == "unavailable"


def test_a_register_that_cannot_be_reached_is_said(settings):
    settings.ARES_URL = "http://127.0.0.1:9/rest"
    cache.clear()
    assert search("Podhorka").problem == "unavailable"


# -- What was typed -------------------------------------------------------------------------------


def test_numbers_are_looked_up_and_wrong_ones_said():
    assert [as_number(text) for text in ("990 01 276", "9900127", "12345", "Novák 12345678", "²³⁴⁵⁶⁷⁸")] == [
        "99001276",
        "09900127",
        "",
        "",
        "",
    ]
    assert [entry.registration_id for entry in search("990 01 276").entries] == [BAKERY]
    assert search("99001277").problem == "number"
    assert search("Po").problem == "short"


def test_how_a_company_calls_itself_is_its_name_without_the_legal_form():
    names = ["Pekárna Podhorka s. r. o.", "Truhlářství Javor, spol. s r. o.", "Pivovar Medvěd a. s.", "a.s."]
    assert [brand_of(name) for name in names] == [
        "Pekárna Podhorka",
        "Truhlářství Javor",
        "Pivovar Medvěd",
        "a.s.",
    ]


# -- The set-up -----------------------------------------------------------------------------------


def test_a_name_is_searched_and_the_list_ends_with_ones_own_hand(sofia, tenant):
    page = sofia.get("/welcome/company/", {"company": "podhorka", "language": "cs"}).content.decode()
    assert page.count('type="radio" name="entry"') == 2
    assert page.index("Pekárna Podhorka s. r. o.") < page.index("My company is not here")
    assert 'value="podhorka"' in page
    part = sofia.get("/welcome/company/", {"company": "podhorka"}, headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<div id="found"')
    assert part["Vary"].count("HX-Request") == 1
    empty = sofia.get("/welcome/company/", {"company": "podhorka.example"}, headers={"HX-Request": "true"})
    assert "radio" not in empty.content.decode()


def test_the_search_button_works_without_scripts(sofia, tenant):
    said = {"company": "Podhorka", "language": "cs", "search": "1"}
    response = sofia.post("/welcome/company/", said)
    assert (response.status_code, Company.objects.count()) == (303, 0)
    assert "Pekárna Podhorka s. r. o." in sofia.get(response["Location"]).content.decode()
    # An address needs no register, and a number alone is no name.
    assert urlsplit(sofia.post("/welcome/company/", {**said, "company": "a.example"})["Location"]).path == (
        "/welcome/dna/"
    )
    again = sofia.post("/welcome/company/", {"company": BAKERY, "language": "cs"})
    assert urlsplit(again["Location"]).path == "/welcome/company/"


def test_a_chosen_company_fills_in_points_that_no_reading_overwrites(sofia, tenant, cast):
    chosen = {"company": "podhorka", "language": "cs", "entry": BAKERY, "site": "podhorka.example"}
    response = sofia.post("/welcome/company/", chosen)
    assert urlsplit(response["Location"]).path == "/welcome/dna/"
    company = Company.objects.get()
    assert (company.name, company.website) == ("Pekárna Podhorka", "podhorka.example")
    assert Job.objects.get().payload["website"] == "podhorka.example"
    write_points(
        company, [found("identity.legal_name", "Somebody Else Ltd"), found("identity.brand_name", "Podhorka")]
    )
    said = dict(DnaPoint.objects.exclude(value=None).values_list("key", "value"))
    assert said == {
        "identity.legal_name": "Pekárna Podhorka s. r. o.",
        "identity.brand_name": "Podhorka",
        "identity.registration_id": BAKERY,
        "identity.vat_id": f"CZ{BAKERY}",
        "identity.founded": "1996-05-14",
        "identity.hq_address": {
            "street": "Mlýnská 27",
            "city": "Lhotka nad Orlicí",
            "zip": "517 99",
            "country": "CZ",
        },
    }
    vat = point(company, "identity.vat_id")
    assert (vat.verdict, vat.by_person, vat.confidence) == ("right", False, 1)
    assert "sample register" in sofia.get("/welcome/dna/?by_hand=1").content.decode()


def test_a_register_that_fell_silent_keeps_what_was_typed(sofia, tenant, fake):
    fake.broken = (503, b"")
    said = {"company": "Podhorka", "language": "cs", "entry": BAKERY, "site": "podhorka.example"}
    response = sofia.post("/welcome/company/", said)
    page = response.content.decode()
    assert (response.status_code, Company.objects.count()) == (422, 0)
    assert "did not give us this company" in page
    assert 'value="podhorka.example"' in page
    assert "does not answer" in page


def test_another_company_may_be_chosen_while_nothing_is_settled(sofia, tenant):
    sofia.post("/welcome/company/", {"company": "Lípa", "language": "cs"})
    sofia.post("/welcome/company/", {"company": "Lípa", "language": "cs", "entry": BAKERY})
    company = Company.objects.get()
    assert (company.name, Job.objects.count()) == ("Pekárna Podhorka", 0)
    assert point(company, "identity.registration_id").value == BAKERY
