"""What a site says of itself, by the class of its wording or markup; and what is not told of the company at all."""

import json

import pytest

from posthub.company.extraction import Findings, find_all
from posthub.company.reader import SiteReading
from posthub.company.reader.furniture import set_repeated_apart
from posthub.company.reader.parsing import parse

HOST = "http://firm.example/"
SEAT = "<footer>Weir & Sons Limited, 4 High Street, Norwich NR2 2RS</footer>"


def reading(**pages: str) -> SiteReading:
    """Each page is named by its path, "index" is the start page."""
    read = [
        parse(html, HOST + ("" if name == "index" else name.replace("_", "-")))
        for name, html in pages.items()
    ]
    set_repeated_apart(read)
    return SiteReading(HOST, read)


def findings(language: str = "en", **pages: str) -> Findings:
    head = f"<html lang='{language}'><title>Weir</title><meta property='og:site_name' content='Weir'>"
    return find_all(reading(**{name: head + html for name, html in pages.items()}))


def value(found: Findings, key: str) -> str:
    """The value as text, with the ASCII escapes undone; "" where nothing was found."""
    return json.dumps(found.points[key].value, ensure_ascii=False) if key in found.points else ""


@pytest.mark.parametrize(
    "html",
    [
        "<h3>No call-out charge</h3><p>You pay for work.</p><h3>With you in 60 minutes</h3><p>Day and night.</p>"
        "<h3>Fixed prices in writing</h3><p>Before we lift a spanner.</p>",
        "<h2>Why here</h2><p>No call-out charge</p><p>With you in 60 minutes</p><p>Fixed prices in writing</p>",
        "<div class='txt-h2'>Why us</div><div>✔ No call-out charge</div><div>✔ With you in 60 minutes</div>"
        "<div>✔ Fixed prices in writing</div>",
        "<p><b>No call-out charge.</b> You pay for the work we do.</p>"
        "<p><b>With you in 60 minutes.</b> We come day and night.</p>"
        "<p><b>Fixed prices in writing.</b> Before we lift a spanner.</p>",
    ],
)
def test_reasons_stand_in_cards_lines_and_bold_openings(html: str) -> None:
    found = findings(index=f"<h1>Plumbers who turn up</h1>{html}{SEAT}")
    assert found.points["offer.usp"].value == [
        "No call-out charge",
        "With you in 60 minutes",
        "Fixed prices in writing",
    ]


def test_a_selling_point_may_stand_in_the_headline_alone() -> None:
    found = findings(index=f"<h1>Shoes made by hand, one at a time</h1><p>Open on weekdays.</p>{SEAT}")
    assert found.points["offer.usp"].value == ["Shoes made by hand, one at a time"]


@pytest.mark.parametrize(
    "html",
    [
        "<dl><dt>Wet rooms</dt><dd>Level-access showers for every age.</dd>"
        "<dt>Heat pumps</dt><dd>The grant is handled for you.</dd></dl>",
        "<h3>Wet rooms</h3><p>Level-access showers for every age.</p>"
        "<h3>Heat pumps</h3><p>The grant is handled for you.</p>",
        "<div class='txt-h3'>Wet rooms</div><div>Level-access showers.</div>"
        "<div class='txt-h3'>Heat pumps</div><div>With the grant.</div>",
        "<ul><li>Wet rooms – level access</li><li>Heat pumps – with the grant</li><li>Boilers – in a day</li></ul>",
    ],
)
def test_offers_stand_in_cards_terms_and_lists_of_their_own_page(html: str) -> None:
    found = findings(index=f"<h1>Plumbers</h1>{SEAT}", heating=f"<h1>Heating</h1>{html}")
    assert {"Wet rooms", "Heat pumps"} <= {
        entry["name"] for entry in found.points["offer.products_services"].value
    }


def test_people_days_and_carriage_are_no_offers() -> None:
    found = findings(
        index=f"<h1>Dancing</h1>{SEAT}",
        teachers="<h1>Teachers</h1><h2>Carlos</h2><p>Born in Cuba.</p><h2>Mary</h2><p>Dances salsa.</p>",
        cards="<h1>Why mediate</h1><h2>Agreement fails</h2><p>It is cheaper.</p><h2>Courts wait</h2><p>Months go.</p>",
        prices="<h1>Prices</h1><table><tr><td>Lesson</td><td>£20</td></tr>"
        "<tr><td>Free delivery over</td><td>£80</td></tr></table>",
    )
    assert [entry["name"] for entry in found.points["offer.products_services"].value] == ["Lesson"]


@pytest.mark.parametrize(
    ("language", "text", "key", "part"),
    [
        ("cs", "Na montáž dáváme záruku 12 let, na panely platí záruka výrobce.", "offer.guarantees", "12 let"),
        ("cs", "Rozbije se sklenice cestou? Pošleme vám novou zdarma.", "offer.guarantees", "zdarma"),
        ("cs", "Jsme pojištěni do 5 milionů korun.", "offer.guarantees", "5 milionů"),
        ("cs", "Rezervaci zrušíš do 48 hodin předem bez poplatku.", "offer.guarantees", "bez poplatku"),
        ("en", "Unused passes are refunded within 14 days.", "offer.guarantees", "14 days"),
        ("cs", "Jezdí s námi rodiny, školy i firmy.", "audience.segments", "firmy"),
        ("cs", "Med od nás berou domácnosti, kavárny a obchody.", "audience.segments", "domácnosti"),
        ("en", "We dress bridegrooms, musicians and people who work in court.", "audience.segments", "musicians"),
        ("en", "We have sent 900 knives to home cooks and professional kitchens.", "audience.segments", "home cooks"),
        ("en", "We were named Yorkshire Installer of the Year 2021.", "proof.awards_certs", "Installer"),
        ("en", "Accreditations: FORS Gold, ISO 14001, and BRCGS Storage.", "proof.awards_certs", "FORS Gold"),
        ("cs", "Nosíme i známku Regionální produkt Malá Haná.", "proof.awards_certs", "Regionální produkt"),
        ("en", "Weir now employs 135 people.", "identity.size_band", "50-249"),
        ("en", "Ann is our cutter. She works with four tailors and one apprentice.", "identity.size_band", "2-9"),
        ("en", "Five of us now work at the forge.", "identity.size_band", "2-9"),
        ("en", "Joe Weir forged his first knife in a rented garage in 2013.", "identity.founded", "2013"),
        ("cs", "S včelami začal tatínek Josef v roce 1987.", "identity.founded", "1987"),
        ("en", "Ann Weir bought the business in 1996.", "identity.founded", "1996"),
        ("cs", "První pytle s hlívou jsme pověsili v únoru 2016.", "identity.founded", "2016-02"),
        ("en", "We put right anything that moves within ten years, free of charge.", "offer.guarantees", "ten years"),
        ("en", "Join us in May or September and learn to build.", "market.seasonality", "September"),
        ("cs", "Jsme držiteli značky Regionální potravina 2022.", "proof.awards_certs", "Regionální potravina"),
        ("en", "Mead of 13% alcohol, aged in oak.", "constraints.regulated_topics", "alcohol"),
        ("en", "Pregnancy yoga, with your midwife's blessing.", "constraints.regulated_topics", "health"),
        ("en", "Every June and October we take guests to Exmoor.", "market.seasonality", "October"),
        ("en", "Our main advantage over competitors is that we watch it.", "market.differentiators", "watch"),
    ],
)  # fmt: skip
def test_a_sentence_states_the_point(language: str, text: str, key: str, part: str) -> None:
    found = findings(language, index=f"<h1>Weir</h1>{SEAT}", about=f"<h1>Weir</h1><p>{text}</p>")
    assert part in value(found, key)


@pytest.mark.parametrize(
    ("line", "key", "is_"),
    [
        ("Weir (Removals) Limited, company number 05829164", "identity.legal_name", "Weir (Removals) Limited"),
        ("Včelaři Hané, z. s., IČO 60934719", "identity.legal_name", "Včelaři Hané, z. s."),
        ("Divadlo Na Půdě, spolek, IČO 60934719", "identity.legal_name", "Divadlo Na Půdě, spolek"),
        ("Weir Limited. Registered in Scotland SC 418 227.", "identity.registration_id", "SC418227"),
        ("Weir s.r.o., DIČ CZ60934719", "identity.registration_id", "60934719"),
        ("Weir s.r.o., skupinové DIČ CZ699000001", "identity.registration_id", ""),
        ("Weir s.r.o., Krkonošská 318, 468 61 Desná", "audience.geo_markets", ["CZ-51"]),
        ("Weir s.r.o., Hlavní 3, 394 70 Kamenice nad Lipou", "audience.geo_markets", ["CZ-63"]),
    ],
)  # fmt: skip
def test_lines_of_law_and_place(line: str, key: str, is_: object) -> None:
    found = findings("cs", index=f"<h1>Vítejte</h1><footer><p>{line}</p></footer>")
    assert (found.points[key].value if key in found.points else "") == is_


def test_machine_data_names_prizes_and_the_regions_served() -> None:
    areas = [
        {"@type": "AdministrativeArea", "name": f"{name} kraj"} for name in ("Olomoucký", "Moravskoslezský")
    ]
    data = {"@type": "LocalBusiness", "name": "Weir", "award": "Instalace roku 2022", "areaServed": areas}
    found = findings(
        "cs", index=f"<script type='application/ld+json'>{json.dumps(data)}</script><h1>Weir</h1>"
    )
    assert found.points["audience.geo_markets"].value == ["CZ-71", "CZ-80"]
    assert found.points["proof.awards_certs"].value == [{"name": "Instalace roku", "year": 2022}]


def test_a_feed_on_another_host_of_the_same_name_is_the_companys_own() -> None:
    def feed(host: str) -> str:
        link = f"<link rel='alternate' type='application/rss+xml' href='https://{host}.example/feed/'>"
        return value(
            find_all(reading(index=f"<title>Weir and Sons</title>{link}<h1>Weir</h1>")), "channels.blog_feed"
        )

    assert feed("weirandsons") == '"https://weirandsons.example/feed/"'
    assert feed("newsagency") == ""


def test_the_first_button_is_the_call_where_no_verb_of_acting_is_known() -> None:
    button = "<main><h1>Walls</h1><a class='btn' href='/contact'>Have us look at your wall</a></main>"
    assert "Have us look" in value(findings(index=button + SEAT), "offer.primary_cta")


def test_two_quotes_beside_each_other_are_both_read_with_their_authors() -> None:
    quotes = (
        "<blockquote>It outlived three restaurants.<cite>Marcus D., head chef</cite></blockquote>"
        "<blockquote>Kept to the penny.</blockquote><p>Tom Beran, Leeds</p>"
    )
    found = findings(index=f"<h1>Knives</h1><h2>People say</h2>{quotes}{SEAT}")
    assert [(entry["quote"], entry["author"]) for entry in found.points["proof.testimonials"].value] == [
        ("It outlived three restaurants.", "Marcus D., head chef"),
        ("Kept to the penny.", "Tom Beran, Leeds"),
    ]


OTHERS = (
    "Vaillant was founded in 1874 and employs 16,000 people.",
    "The neighbouring Northern Rail site covers 300 acres.",
    "In a test by Kitchen Monthly, 62% of 1,000 readers had a dull knife.",
    "Japanese maker Kurogane sells 80,000 knives a year.",
    "Booking runs on ClassPal, trusted by 40,000 studios.",
    "Supported by The Bramble Trust, helping 12,000 children since 1974.",
    "Class 1 drivers get £41,000 a year and 33 days' holiday.",
    "Podle průzkumu agentury DataOko tráví Čech u obrazovky 7 hodin denně.",
    "Podle Energetického regulačního úřadu klesla cena o 12 %.",
    "Italská značka Vetro Lido otevřela v Praze třetí obchod.",
    "Podle analytiků z Glass Data vzrostl zájem o ruční sklo.",
    "Vytvořeno v Stavebnici webů, používá ji 2 miliony lidí.",
)


@pytest.mark.parametrize("text", OTHERS)
def test_a_sentence_about_somebody_else_is_no_fact_and_no_number(text: str) -> None:
    found = findings(index=f"<h1>Weir</h1><p>We sharpen knives in Leeds.</p>{SEAT}", more=f"<p>{text}</p>")
    assert [fact.text for fact in found.facts] == ["We sharpen knives in Leeds."]
    assert value(found, "proof.numbers") == ""


def test_the_figures_of_an_article_are_nobodys_unless_it_says_we() -> None:
    said = "Nordsegel of Kiel cuts 9,000 sails a year. We cut 1,200 sails a year."
    article = f"<h1>Woven or not</h1><p>14 January 2026</p><p>{said}</p>"
    found = findings(index=f"<h1>Weir</h1>{SEAT}", woven=article)
    assert [fact.text for fact in found.facts] == ["We cut 1,200 sails a year."]


def test_an_address_is_no_sample_of_the_voice() -> None:
    texts = (
        "<p>We sell through Hale & Co, 12 Mill Lane, Shipley, where you are welcome.</p>"
        "<p>We mend what others throw away, and we like doing it.</p>"
    )
    found = findings(index=f"<h1>Weir</h1>{texts}{SEAT}")
    assert found.points["voice.sample_sentences"].value == [
        "We mend what others throw away, and we like doing it."
    ]


def test_a_table_in_an_article_is_no_price_list_and_one_prize_is_told_once() -> None:
    data = {"@type": "LocalBusiness", "name": "Weir", "award": "Golden Ear 2019, first among loaves"}
    found = findings(
        index=f"<script type='application/ld+json'>{json.dumps(data)}</script><h1>Bakers</h1>"
        f"<p>In 2019 we won the Golden Ear award.</p>{SEAT}",
        prices="<h1>Prices</h1><table><tr><td>Rye loaf</td><td>£4</td></tr>"
        "<tr><td>Baguette</td><td>£2</td></tr></table>",
        blog="<h1>Storing bread</h1><h2>Our products at home</h2>"
        "<table><tr><td>linen bag</td><td>£6 lost</td></tr><tr><td>tea towel</td><td>£9 lost</td></tr></table>",
    )
    names = [entry["name"] for entry in found.points["offer.products_services"].value]
    assert names == ["Rye loaf", "Baguette"]
    assert len(found.points["proof.awards_certs"].value) == 1
