"""Which sentences state facts, and which of them can be traced."""

import pytest

from posthub.content.claims import sentences_of, settled, unverified

FACTS = [
    {
        "id": "s:1",
        "text": "Ročně vyčistíme přes 2 600 komínů.",
        "source_url": "https://x.example/",
        "subject": "",
    },
    {"id": "dna:proof.awards_certs.0", "text": "Mistr cechu (2021)", "source_url": "", "subject": ""},
    {"id": "s:2", "text": "Na vložkování dáváme záruku 10 let.", "source_url": "", "subject": ""},
    {"id": "d:3", "text": "We have fitted over 6,300 boilers since 1989.", "source_url": "", "subject": ""},
    {
        "id": "s:4",
        "text": "Our bread won the gold medal of the county fair.",
        "source_url": "",
        "subject": "",
    },
]


@pytest.mark.parametrize(
    ("language", "text", "loose"),
    [
        ("cs", "Komín je důležitý. Ročně vyčistíme přes 2 600 komínů.", []),
        ("cs", "Za rok vyčistíme 2600 komínů, ročně tedy hodně.", []),
        ("cs", "Ročně vyčistíme 9 000 komínů.", ["Ročně vyčistíme 9 000 komínů."]),
        ("cs", "Jsme nejlepší v kraji.", ["Jsme nejlepší v kraji."]),
        ("cs", "Nejčastější otázka zní jinak.", []),
        ("cs", "Máme certifikát ISO 9001.", ["Máme certifikát ISO 9001."]),
        ("cs", "Kolik je to korun za 10 let?", []),
        ("cs", "## Rok 2027\n\n1. První krok\n2. Druhý krok", []),
        ("cs", "## Nejlepší optika v kraji\n\nVybíráme spolu.", ["Nejlepší optika v kraji"]),
        ("en", "We have fitted over 6,300 boilers since 1989.", []),
        ("en", "We fitted 6300 boilers.", []),
        ("en", "We fitted 7,000 boilers.", ["We fitted 7,000 boilers."]),
        ("en", "We are the best plumbers in Leeds.", ["We are the best plumbers in Leeds."]),
        ("en", "Our bread won the gold medal of the county fair.", []),
        ("en", "Our cake won the gold medal in Paris.", ["Our cake won the gold medal in Paris."]),
        ("en", "See [the page](/a-2024-page) for more.", []),
    ],
)
def test_figures_boasts_and_named_proofs_need_a_source(language: str, text: str, loose: list[str]) -> None:
    assert unverified(settled(text, tongue=language, facts=FACTS)) == loose


def test_a_claim_carries_its_source_and_the_quote() -> None:
    (claim,) = settled("Ročně vyčistíme přes 2 600 komínů.", tongue="cs", facts=FACTS)
    assert claim == {
        "sentence": "Ročně vyčistíme přes 2 600 komínů.",
        "fact_id": "s:1",
        "quote": "Ročně vyčistíme přes 2 600 komínů.",
        "url": "https://x.example/",
    }


def test_a_writer_is_believed_only_where_the_fact_bears_it_out() -> None:
    text = "We fitted 9,999 boilers. We like copper pipes. We know every street."
    said = [
        {"sentence": "We fitted 9,999 boilers.", "fact_id": "d:3"},
        {"sentence": "We like copper pipes.", "fact_id": "d:3"},
        {"sentence": "We know every street.", "fact_id": "made-up"},
        {"sentence": "This stands nowhere in the text.", "fact_id": "d:3"},
    ]
    found = settled(text, tongue="en", facts=FACTS, said=said)
    assert [(claim["sentence"], claim["fact_id"]) for claim in found] == [
        ("We fitted 9,999 boilers.", ""),
        ("We know every street.", ""),
    ]


def test_sentences_are_told_apart_as_people_would() -> None:
    text = "Firma Komín s.r.o. Brno čistí. Je 1. ledna a č. 5 je **naše.** A dál?\n\n- Bod jedna\n- Bod dvě"
    assert sentences_of(text) == [
        "Firma Komín s.r.o. Brno čistí.",
        "Je 1. ledna a č. 5 je **naše.",
        "A dál?",
        "Bod jedna",
        "Bod dvě",
    ]


def test_the_name_of_a_page_that_is_linked_to_is_its_own_sentence() -> None:
    facts = [
        {"id": "p", "subject": "Spelt loaf 750 g", "text": "Spelt loaf 750 g costs 129.", "source_url": ""}
    ]
    related = "A page that belongs here: [Spelt loaf 750 g](https://bakery.example/spelt/750)."
    assert unverified(settled(related, tongue="en", facts=facts)) == []
    invented = "A page that belongs here: [Spelt loaf 900 g](https://bakery.example/spelt/750)."
    assert unverified(settled(invented, tongue="en", facts=facts)) == [invented]


def test_what_stands_around_a_text_promises_too() -> None:
    beside = [
        "The best bakery in Leeds",
        *sentences_of("We fitted 7,000 boilers. We have fitted over 6,300 boilers."),
    ]
    found = settled("Bread is bread.", tongue="en", facts=FACTS, beside=beside)
    assert unverified(found) == ["The best bakery in Leeds", "We fitted 7,000 boilers."]
