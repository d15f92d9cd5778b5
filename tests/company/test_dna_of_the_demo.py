"""The demo's own website is what newcomers see first: what is found on it is what a baker would say of it."""

from functools import cache
from typing import Any

import pytest

from posthub.ai.providers.offline.dna_text import plain
from posthub.company.extraction import Findings, find_all
from posthub.company.reader import SiteReading
from posthub.company.reader.furniture import set_repeated_apart
from posthub.company.reader.parsing import parse
from posthub.demo.site.pages import pages
from posthub.demo.site.server import render

ORIGIN = "http://pekarna.example"
GOODS = {
    "cs": [
        "Celozrnný špaldový chléb 750 g",
        "Podhorský kváskový chléb 1,2 kg",
        "Půlka Podhorského chleba",
        "Pšeničná kvásková bageta",
        "Dalamánek se sádlem a kmínem",
        "Orlický koláč tvarohový, makový nebo povidlový",
        "Máslový loupák",
        "Orlické koláče",
    ],
    "en": [
        "Wholegrain spelt loaf 750 g",
        "Podhorka sourdough loaf 1.2 kg",
        "Half a Podhorka loaf",
        "Wheat sourdough baguette",
        "Rye roll with lard and caraway",
        "Orlice kolach with curd, poppy seed or plum",
        "Butter crescent",
        "Orlice kolaches",
    ],
}
PRAISED_BY = ("Michalcov", "Truhl", "Zámečníkov", "Ježkov", "Koukalov", "Louda", "Kateřina")


@cache
def found(language: str) -> Findings:
    own = [page for page in pages().values() if page.language == language]
    read = [parse(render(page, ORIGIN), ORIGIN + page.path) for page in own]
    set_repeated_apart(read)
    return find_all(SiteReading(ORIGIN + min((page.path for page in own), key=len), read))


def value(language: str, key: str) -> Any:
    return found(language).points[key].value


@pytest.mark.parametrize("language", ["cs", "en"])
def test_the_goods_are_the_goods_alone(language: str) -> None:
    goods = value(language, "offer.products_services")
    assert sorted(entry["name"] for entry in goods) == sorted(GOODS[language])
    assert [entry["desc"] for entry in goods if "›" in entry["desc"] or not entry["desc"]] == []
    words = [*value(language, "seo.primary_keywords"), *value(language, "seo.secondary_keywords")]
    assert [
        word for word in words if "°" in word or plain(word) in ("ptaji", "the whole year", "testo")
    ] == []


@pytest.mark.parametrize("language", ["cs", "en"])
def test_whoever_praises_is_a_person(language: str) -> None:
    praise = value(language, "proof.testimonials")
    assert len(praise) == len(PRAISED_BY)
    assert [entry for entry in praise if not any(name in entry["author"] for name in PRAISED_BY)] == []


@pytest.mark.parametrize("language", ["cs", "en"])
def test_numbers_prove_something(language: str) -> None:
    claims = [entry["claim"] for entry in value(language, "proof.numbers")]
    odd = ("60 %", "18 %", "18%", "210", "prosím", "please", "3,1", "3.1")
    assert [claim for claim in claims if any(part in claim for part in odd)] == []
    assert [claim[:6] for claim in claims if claim.startswith("2022")] == ["2022: "]


@pytest.mark.parametrize("language", ["cs", "en"])
def test_a_season_lasts_from_its_first_to_its_last_month(language: str) -> None:
    months = [entry["month"] for entry in value(language, "market.seasonality")]
    assert [month for month in (6, 7, 8) if month not in months] == []
