"""From the trial to a plan and out again, in a browser and at the stand-in's own pages; nobody reloads by hand."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from posthub.billing.models import ExitSurvey
from posthub.organizations.models import Organization
from tests.billing.conftest import sell_little
from tests.conftest import PASSWORD
from tests.journeys.visitor import Visitor
from tests.support.databases import pointed_at
from tests.support.live import Live
from tests.support.payments import KEY

pytestmark = pytest.mark.browser
HOST = "beta.posthub.localhost"
PATIENCE = 25_000


@pytest.fixture
def prices(live: Live, settings: Any, django_db_blocker: Any) -> None:
    settings.STRIPE_SECRET_KEY, settings.STRIPE_API_HOST = KEY, live.payments.url
    with django_db_blocker.unblock(), pointed_at(live.database):
        sell_little()


def headline(page: Page, text: str | re.Pattern[str]) -> None:
    """The page says so by itself."""
    expect(page.locator("#billing h1")).to_have_text(text, timeout=PATIENCE)


def test_a_client_buys_grows_fails_pays_shrinks_and_leaves(
    visitor: Callable[..., Visitor], live: Live, prices: None, django_db_blocker: Any
) -> None:
    oscar = visitor("cs")
    page = oscar.page
    page.goto(live.url("/accounts/login/?next=/billing/", HOST))
    page.locator("input[name=login]").fill("oscar@example.com")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    headline(page, "Zkušební období")
    oscar.look_well("trial")

    page.get_by_role("link", name="Vybrat PRO").click()
    page.get_by_label("Video").check()
    oscar.look_well("choose")
    page.get_by_role("button", name="Pokračovat k platbě").click()
    page.wait_for_url(re.compile("/c/pay/"))
    for name, value in (("line1", "Kostelní 12"), ("city", "Litomyšl"), ("postal_code", "570 01")):
        page.locator(f"input[name={name}]").fill(value)
    page.locator("form button").first.click()
    headline(page, re.compile(r"PRO, 2.780.Kč měsíčně"))

    page.get_by_role("link", name="Přejít na ULTIMATE hned").click()
    oscar.look_well("up")
    page.get_by_role("button", name=re.compile("Přejít hned a zaplatit")).click()
    headline(page, re.compile(r"ULTIMATE, 5.580.Kč měsíčně"))

    live.payments.next_payments("declined")
    live.payments.advance(months=1, days=0.1)
    expect(page.get_by_text("Platba neprošla")).to_be_visible(timeout=PATIENCE)
    oscar.look_well("failed")
    live.payments.advance(days=4)
    expect(page.get_by_text("Platba neprošla")).to_be_hidden(timeout=PATIENCE)
    expect(page.get_by_text("Zaplaceno po dalším pokusu")).to_be_visible()

    page.get_by_role("link", name=re.compile("Přejít na BASIC od")).click()
    for network in ("X", "Tiktok"):
        page.get_by_label(network, exact=True).check()
    oscar.look_well("down")
    page.get_by_role("button", name=re.compile("Změnit od")).click()
    expect(page.get_by_text(re.compile("se změní na BASIC"))).to_be_visible(timeout=PATIENCE)
    live.payments.advance(months=1, days=0.1)
    headline(page, re.compile(r"BASIC, 990.Kč měsíčně"))
    oscar.look_well("basic")

    page.get_by_role("link", name="Zrušit tarif").click()
    page.get_by_role("button", name="Zrušit tarif").click()
    page.get_by_label("Je to drahé").check()
    page.get_by_role("button", name="Odeslat").click()
    expect(page.get_by_text("Tarif je zrušený")).to_be_visible(timeout=PATIENCE)
    live.payments.advance(months=1, days=0.1)
    headline(page, "Bez tarifu")
    oscar.look_well("ended")
    with django_db_blocker.unblock(), pointed_at(live.database):
        beta = Organization.objects.get(name="Beta")
        assert list(ExitSurvey.objects.filter(organization=beta).values_list("reason", flat=True)) == [
            "price"
        ]
    # The stand-in has no icon for browsers that ask for one; the page asks what five apps have in use.
    ours = [problem for problem in oscar.problems if live.payments.url not in problem]
    assert [problem for problem in ours if " statements for " not in problem] == []
    assert max(oscar.statements.values()) <= 15
