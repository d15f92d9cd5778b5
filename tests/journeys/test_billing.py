"""From the trial to a paid plan, up, through a payment that fails, down, and out: on the page about billing."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from posthub.accounts.models import User
from posthub.billing.catalogue import sync_plans
from posthub.organizations.models import Organization
from posthub.organizations.operations import register_organization
from tests.conftest import PASSWORD
from tests.journeys.visitor import Visitor
from tests.support.databases import pointed_at
from tests.support.live import Live
from tests.support.payments import KEY

pytestmark = pytest.mark.browser
LOOKS = (("wide", 1280, 900, "light"), ("phone", 360, 740, "dark"))
SOON = 60_000  # milliseconds: a message of Stripe's, the work that follows, and the page's own look


@pytest.fixture
def bakery(live: Live, django_db_blocker: Any, settings: Any) -> str:
    """The host of an organization of its own on its trial, with plans that can be bought."""
    settings.STRIPE_SECRET_KEY, settings.STRIPE_API_HOST = KEY, live.payments.url
    tag = secrets.token_hex(3)
    with django_db_blocker.unblock(), pointed_at(live.database):
        sync_plans()
        vera = User.objects.create_user(f"vera-{tag}@example.com", PASSWORD, name="Věra", language="cs")
        vera.emailaddress_set.create(email=vera.email, verified=True, primary=True)
        register_organization(
            name=f"Cukrárna {tag}", label=f"cukrarna-{tag}", by=vera, language="cs", country="CZ"
        )
        organization = Organization.objects.get(name=f"Cukrárna {tag}")
        assert organization.trial_ends is not None
    return f"cukrarna-{tag}.posthub.localhost"


def enter(visitor: Visitor, host: str) -> Page:
    page = visitor.page
    page.goto(visitor.live.url("/accounts/login/?next=/billing/", host))
    page.locator("input[name=login]").fill(host.replace("cukrarna", "vera").split(".")[0] + "@example.com")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    expect(page.locator("#billing")).to_be_visible()
    return page


def test_a_plan_is_bought_changed_owed_recovered_and_left(
    bakery: str, visitor: Callable[..., Visitor], live: Live
) -> None:
    vera = visitor("cs", looks=LOOKS)
    page = enter(vera, bakery)
    title = page.locator("#billing h1")
    expect(title).to_have_text(vera.words("Trial"))
    buy(vera, page)
    expect(title).to_contain_text("PRO")
    expect(page.locator("#billing")).to_contain_text("2\u00a0780")
    vera.look_well("subscribed")
    move_up(vera, page)
    expect(title).to_contain_text("ULTIMATE")
    fail_and_recover(vera, page, live)
    move_down(vera, page)
    vera.look_well("going-down")
    leave(vera, page)
    expect(page.locator("#billing")).to_contain_text(vera.words("The plan is cancelled"))
    vera.look_well("left")
    live.payments.advance(months=1, days=1)
    expect(title).to_have_text(vera.words("No plan"), timeout=SOON)
    assert vera.problems == []


def buy(vera: Visitor, page: Page) -> None:
    """PRO by the month with video, on the stand-in's own page; first with a card that is declined."""
    vera.link("Choose %(plan)s", plan="PRO").click()
    expect(vera.button("Continue to payment")).to_be_visible()
    page.locator("input[name=interval][value=month]").check(force=True)
    page.locator("input[name=add_on][value=video]").check(force=True)
    vera.look_well("choose")
    vera.button("Continue to payment").click()
    expect(page.get_by_text("Náhrada za Stripe", exact=True)).to_be_visible()
    vera.expecting(402)
    page.get_by_label("Karta bez peněz (9995)").check()
    page.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Karta, která funguje (4242)").check()
    page.get_by_role("button").click()
    expect(page.locator("#billing")).to_be_visible(timeout=SOON)
    vera.expecting()


def move_up(vera: Visitor, page: Page) -> None:
    """The price is shown before it is paid, and is what is on the invoice."""
    vera.link("Move to %(plan)s now", plan="ULTIMATE").click()
    expect(page.locator("table tbody tr")).to_have_count(2)
    vera.look_well("up")
    page.locator("form.form button").click()
    expect(page.locator("#billing h1")).to_contain_text("ULTIMATE", timeout=SOON)
    expect(page.locator("#billing table tbody tr")).to_have_count(2, timeout=SOON)


def fail_and_recover(vera: Visitor, page: Page, live: Live) -> None:
    """A month goes by and the card fails: the page says so by itself, and again when it is paid."""
    billing = page.locator("#billing")
    live.payments.next_payments("card_declined")
    live.payments.advance(months=1, days=1)
    expect(billing).to_contain_text(vera.words("Payment failed"), timeout=SOON)
    expect(billing).to_contain_text(vera.words("paused until the payment is made"))
    vera.look_well("owing")
    payer = page.context.new_page()
    payer.goto(live.payments.world.of("invoice", status="open")[-1]["hosted_invoice_url"])
    payer.get_by_role("button").click()
    payer.close()
    expect(billing).not_to_contain_text(vera.words("Payment failed"), timeout=SOON)


def move_down(vera: Visitor, page: Page) -> None:
    page.locator("a[href$='/billing/plans/basic/']").click()
    expect(vera.heading("Move to %(plan)s", plan="BASIC")).to_be_visible()
    vera.look_well("down")
    page.locator("form.form button").click()
    expect(page.locator("#billing")).to_contain_text("BASIC")
    expect(vera.button("Stay on this plan")).to_be_visible()


def leave(vera: Visitor, page: Page) -> None:
    """Two clicks, and one question that may be answered."""
    vera.link("Cancel the plan").click()
    expect(vera.button("Cancel the plan")).to_be_visible()
    vera.look_well("cancel")
    vera.button("Cancel the plan").click()
    expect(vera.heading("Why are you leaving?")).to_be_visible()
    vera.look_well("survey")
    page.locator("[name=reason]").first.check(force=True)
    vera.button("Send").click()
    expect(page.locator("#billing")).to_be_visible()
