"""Name, numbers and seat, taken from the lines that speak of the company itself."""

import pytest

from posthub.company.extraction import find_dna
from posthub.company.extraction.uk_address import seats
from posthub.company.reader import SiteReading
from posthub.company.reader.furniture import set_repeated_apart
from posthub.company.reader.parsing import parse


def dna(**pages: str) -> dict[str, object]:
    """Values by key; each page is named by its path, "index" is the start page."""
    read = [
        parse(html, "http://firma.cz/" + ("" if name == "index" else name.replace("_", "-")))
        for name, html in pages.items()
    ]
    set_repeated_apart(read)
    return {key: point.value for key, point in find_dna(SiteReading("http://firma.cz/", read)).items()}


@pytest.mark.parametrize(
    ("text", "street", "city", "postcode"),
    [
        ("14 Otley Road, Leeds LS6 2AL", "14 Otley Road", "Leeds", "LS6 2AL"),
        ("Unit 3, Canal Works, Mill Lane, Shipley, BD17 7EZ", "Mill Lane", "Shipley", "BD17 7EZ"),
        (
            "Visit us at 9 Arwenack Street, Falmouth, Cornwall, TR11 3JA",
            "9 Arwenack Street",
            "Falmouth",
            "TR11 3JA",
        ),
        (
            "The Old Chandlery, 9 Arwenack Street, Falmouth TR11 3JA",
            "9 Arwenack Street",
            "Falmouth",
            "TR11 3JA",
        ),
        (
            "2a High Street\nStow-on-the-Wold\nGloucestershire\nGL54 1AA",
            "2a High Street",
            "Stow-on-the-Wold",
            "GL54 1AA",
        ),
    ],
)
def test_a_british_address_is_read_backwards_from_its_postcode(
    text: str, street: str, city: str, postcode: str
) -> None:
    [seat] = seats(text)
    assert seat.street.endswith(street)
    assert (seat.city, seat.postcode) == (city, postcode)


@pytest.mark.parametrize(
    "text", ["Postcode LS6 2AL", "We deliver to LS6 2AL and around", "Model AB1 2CD, 14 kg"]
)
def test_a_postcode_alone_is_no_address(text: str) -> None:
    assert seats(text) == []


def test_the_name_is_what_titles_heads_and_copyright_agree_on() -> None:
    head = "<div>Dílna Na Kopci<br>truhlářství</div>"
    foot = "<footer>© 2012–2024 Dílna Na Kopci</footer>"
    page = "<title>{} | Dílna Na Kopci</title>" + head + "<p>{}</p>" + foot
    found = dna(
        index=page.format("Stoly a židle", "Stoly z dubu."),
        o_nas=page.format("O nás", "Jsme dva bratři z Poličky."),
    )
    assert found["identity.brand_name"] == "Dílna Na Kopci"


CONTACT = """<title>Kontakt | Novák</title><p>Novák &amp; Dvořák, lékárna s.r.o.<br>Hlavní 12<br>602 00 Brno<br>
IČO: 27074358, DIČ: CZ27074358</p><p>Pobočka Zlín<br>Dlouhá 55, 760 01 Zlín</p>
<p>Dozor nad lékárnou vykonává Česká lékárnická komora, Rozárčina 9, 140 00 Praha 4, IČO 40763048.</p>"""


def test_numbers_and_seat_are_the_companys_own_not_those_of_its_supervisor_or_branch() -> None:
    found = dna(index="<title>Novák</title><p>Lékárna.</p>", kontakt=CONTACT)
    assert found["identity.legal_name"] == "Novák & Dvořák, lékárna s.r.o."
    assert found["identity.registration_id"] == "27074358"
    seat = {"street": "Hlavní 12", "city": "Brno", "zip": "602 00", "country": "CZ"}
    assert found["identity.hq_address"] == seat


def test_what_stands_in_news_about_others_is_nobody_of_ours() -> None:
    news = "<p>Soud dal za pravdu firmě Lhota a.s. (IČO 27074358), Hlavní 12, 602 00 Brno.</p>"
    found = dna(index="<title>Novák</title><p>Lékárna.</p>", aktuality=news)
    assert not {"identity.registration_id", "identity.hq_address", "identity.legal_name"} & found.keys()


@pytest.mark.parametrize(
    "sentence",
    [
        "Můj učitel vyučoval truhláře od roku 1974 a pořád nám chodí radit.",
        "Továrna Lesní hračka vyrábí od roku 1921 a má 120 zaměstnanců.",
    ],
)
def test_the_years_of_others_do_not_become_ours(sentence: str) -> None:
    found = dna(index="<title>Dílna</title><p>Stoly z dubu.</p>", o_nas=f"<h1>O nás</h1><p>{sentence}</p>")
    assert "identity.founded" not in found
