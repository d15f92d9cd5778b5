"""The front page says what the plans cost: what stands in the rows, in the reader's money."""

import re

import pytest
from django.test import Client

from posthub.billing.models import Plan, Price


def told(apex: Client, language: str) -> list[tuple[str, str]]:
    html = apex.get("/", headers={"Accept-Language": language}).content.decode()
    cards = re.findall(r'<h3 class="h">([^<]+)</h3>.*?<p class="price">([^<]+?) ?<span', html, re.DOTALL)
    return [(name, price.replace("\xa0", " ").strip()) for name, price in cards]


@pytest.mark.django_db
def test_the_front_page_offers_what_is_for_sale_at_todays_price(apex: Client) -> None:
    names = list(Plan.objects.filter(for_sale=True).values_list("name", flat=True))
    assert [name for name, _price in told(apex, "cs")] == names
    assert told(apex, "cs")[0][1] == "990 Kč"
    assert told(apex, "en")[0][1] == "€39"
    Price.objects.filter(plan__name=names[0], currency="czk", interval="month").update(amount=105000)
    Plan.objects.filter(name=names[-1]).update(for_sale=False)
    assert told(apex, "cs")[0] == (names[0], "1 050 Kč")
    assert len(told(apex, "cs")) == len(names) - 1
