"""The page about plan and billing, in each state that an organization can be in, and what it costs to show."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from posthub.billing.models import BillingDetails, Feature, Invoice, Plan, Status, Subscription
from posthub.billing.operations import choose_plan, reserve
from posthub.billing.standing import GRACE
from posthub.core.statements import HEADER
from posthub.organizations.models import Invitation, Organization
from tests.billing.conftest import Shop
from tests.support.payments import KEY

MOST_STATEMENTS = 12


@pytest.fixture
def sofia(settings: Any, browser_of: Any) -> Client:
    settings.STRIPE_SECRET_KEY = KEY
    connection.set_schema_to_public()
    sofia: Client = browser_of("sofia")
    return sofia


def page_of(browser: Client) -> str:
    text = browser.get("/billing/").content.decode()
    connection.set_schema_to_public()
    main = text[text.index("<main") : text.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main.replace("\u00a0", " ")))


def test_without_a_plan_it_says_what_ended_what_stays_and_what_can_be_had(
    sofia: Client, acme: Organization
) -> None:
    """No figure of what nobody has: there is no limit to measure against."""
    ends = timezone.now() - timedelta(days=1)
    Organization.objects.filter(pk=acme.pk).update(trial_ends=ends)
    page = page_of(sofia)
    assert re.search(r"No plan The trial ended on \d+ \w{3} \d{4}\. ", page), page
    assert "Your trial is over, so nothing new is written." in page
    assert page.count("Your trial is over") == 1
    assert ["What stays" in page, "Usage" in page, " of 0" in page] == [True, False, False]
    assert re.search(r"What stays People with access 1 Networks 5 ", page), page
    assert ["Choose a plan" in page, "What would change" in page] == [True, False]
    assert re.search(r"BASIC CZK 990 monthly .*without Networks: 3 instead of 5 Choose BASIC PRO", page), page
    Organization.objects.filter(pk=acme.pk).update(trial_ends=ends - GRACE)
    page = page_of(sofia)
    assert ["Reading only" in page, page.count("Your trial is over")] == [True, 1]
    choose_plan(acme, Plan.objects.get(code="pro"))
    rows = Subscription.objects.filter(organization=acme)
    rows.update(status=Status.CANCELED, stripe_id="sub_1", currency="czk", ended_at=ends)
    page = page_of(sofia)
    assert re.search(r"No plan PRO ended on \d+ \w{3} \d{4}\. ", page), page
    assert ["Your plan has ended" in page, "Your plan " in page.split("BASIC")[1]] == [True, False]


def test_a_plan_that_was_given_is_marked_and_others_are_compared_with_it(
    sofia: Client, acme: Organization
) -> None:
    choose_plan(acme, Plan.objects.get(code="pro"))
    page = page_of(sofia)
    assert "PRO Given to you by our team, without payment." in page
    assert ["0 of 24" in page, "What would change" in page, "Choose a plan" in page] == [True, True, False]
    assert re.search(r"BASIC .*without Articles with their posts: 12 instead of 24 .*Choose BASIC", page), (
        page
    )
    assert re.search(r"PRO Your plan CZK 1,990", page), page
    assert ["Choose PRO" in page, "Choose ULTIMATE" in page] == [False, True]
    assert "Add-ons" not in page


def test_articles_are_metered_for_each_month_that_is_planned_and_the_trial_has_a_name(
    sofia: Client, acme: Organization, settings: Any
) -> None:
    settings.STRIPE_SECRET_KEY = ""
    reserve(acme, Feature.POSTS, period="2099-01", units=3)
    page = page_of(sofia)
    assert re.search(
        r"Trial Payments are not set up here.* Articles with their posts: \w+ \d{4} 0 of 12 ", page
    ), page
    assert "Articles with their posts: January 2099 3 of 12" in page, page
    assert "TRIAL" not in page


def test_a_card_that_runs_out_is_said_where_it_is_to_pay(sofia: Client, acme: Organization) -> None:
    choose_plan(acme, Plan.objects.get(code="pro"))
    bought = Subscription.objects.filter(organization=acme)
    bought.update(
        stripe_id="sub_1", currency="czk", interval="month", amount=199000, period_end=timezone.now()
    )
    details = BillingDetails.objects.create(organization=acme, customer_id="cus_1", card="Visa 4242")
    today = timezone.localdate()
    for days, said in (
        (40, ""),
        (20, "The card Visa 4242 runs out soon"),
        (-1, "The card Visa 4242 has run out"),
    ):
        details.card_until = today + timedelta(days=days)
        details.save()
        page = page_of(sofia)
        assert (days, said in page, "Change the card" in page) == (days, True, bool(said))
    bought.update(cancels_at=timezone.now())
    assert "has run out" not in page_of(sofia)


def test_the_page_takes_few_statements_however_much_there_is(shop: Shop, acme: Organization) -> None:
    taken = {}
    for state in ("trial", "bought", "much"):
        if state == "bought":
            shop.buy("pro", "video")
            shop.tell()
        if state == "much":
            bills = [
                Invoice(
                    organization=acme, stripe_id=f"in_{n}", number=str(n), status="paid", currency="czk", total=1,
                    issued_at=timezone.now(),
                )
                for n in range(30)
            ]  # fmt: skip
            Invoice.objects.bulk_create(bills)
            Invitation.objects.bulk_create(
                Invitation(organization=acme, email=f"{n}@example.com", sent_at=timezone.now())
                for n in range(30)
            )
        answer = shop.buyer.get("/billing/")
        connection.set_schema_to_public()
        taken[state] = int(answer.headers[HEADER])
    assert {state: count for state, count in taken.items() if count > MOST_STATEMENTS} == {}
    assert taken["much"] == taken["bought"]
