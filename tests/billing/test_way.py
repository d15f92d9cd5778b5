"""The life of a subscription against the stand-in for Stripe, by the pages a person uses."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format

from posthub.billing import stripe_api
from posthub.billing.catalogue import sync_plans
from posthub.billing.mirror.keeping import model
from posthub.billing.models import BillingDetails, ExitSurvey, Feature, Invoice, Plan, Price, Subscription
from posthub.billing.operations import choose_plan, reserve
from posthub.billing.operations.plans import set_amount
from posthub.billing.queries import allowance, terms_of
from posthub.billing.reminders import remind
from posthub.billing.standing import Standing
from posthub.core.tenancy import in_schema
from posthub.jobs.models import Job
from posthub.organizations.models import Organization
from tests.billing.conftest import Shop


def mails(outbox: list[Any]) -> list[str]:
    """Subjects since the last time, in the order of the alphabet."""
    said = sorted(message.subject for message in outbox)
    outbox.clear()
    return said


def test_from_the_trial_to_a_plan_and_out_again(
    shop: Shop, acme: Organization, mailoutbox: list[Any]
) -> None:
    assert "It ends on" in shop.page()
    assert terms_of(acme).standing == Standing.TRIAL

    shop.buy("pro", "video")
    assert terms_of(acme).standing == Standing.TRIAL  # the way back gives nothing
    assert "Confirming payment" in shop.page("/billing/returned/?session=cs_made_up")
    shop.tell(times=2)
    assert (shop.row.plan.code, shop.row.status, shop.row.amount) == ("pro", "active", 278000)
    page = shop.page()
    assert "PRO, CZK 2,780 monthly" in page
    assert "It is charged to the card Visa 4242." in page
    assert allowance(acme, Feature.VIDEOS).limit == 12
    assert mails(mailoutbox) == ["Acme: payment of CZK 2,780 received"]
    assert Job.objects.filter(task="billing.begin_work").count() == 1

    page = shop.page("/billing/plans/ultimate/up/")
    at, due = re.search(r'name="at" value="(\d+)"', page), re.search(r"Move now and pay CZK ([\d,.]+)<", page)
    assert at is not None
    assert due is not None
    shop.post("/billing/plans/ultimate/up/", at=at[1], attempt="up")
    assert (shop.row.plan.code, allowance(acme, Feature.VIDEOS).limit) == ("ultimate", 12)
    shop.tell()
    assert mails(mailoutbox) == [
        f"Acme: payment of CZK {due[1]} received",
        "Acme: you are on ULTIMATE now",
    ]

    shop.stripe.next_payments("declined")
    shop.stripe.advance(months=1, days=0.1)
    shop.tell()
    assert (shop.row.status, terms_of(acme).standing) == ("past_due", Standing.PAST_DUE)
    assert (allowance(acme, Feature.VIDEOS).limit, allowance(acme, Feature.POSTS).limit) == (0, 72)
    page = shop.page()
    assert "Payment failed" in page
    assert "paused until the payment is made" in page
    assert mails(mailoutbox) == ["Acme: the payment of CZK 5,580 failed"]

    shop.stripe.advance(days=4)
    shop.tell()
    assert (shop.row.status, allowance(acme, Feature.VIDEOS).limit) == ("active", 12)
    assert mails(mailoutbox) == ["Acme: payment of CZK 5,580 received"]
    assert "Paid after another attempt" in shop.page()

    with in_schema(acme.schema_name):
        acme.refresh_from_db()
    shop.post("/billing/plans/basic/down/", attempt="down", networks=["x", "tiktok"])
    assert (shop.row.plan.code, shop.row.next_plan and shop.row.next_plan.code) == ("ultimate", "basic")
    shop.tell()
    assert "Changes to BASIC on" in shop.page()
    shop.post("/billing/keep/", attempt="keep")
    assert (shop.row.next_plan, allowance(acme, Feature.VIDEOS).limit) == (None, 12)
    shop.post("/billing/plans/basic/down/", attempt="down again", networks=["x", "tiktok"])
    shop.tell()
    shop.stripe.advance(months=1, days=0.1)
    shop.tell()
    acme.refresh_from_db()
    assert (shop.row.plan.code, shop.row.next_plan) == ("basic", None)
    assert acme.platforms == ["facebook", "instagram", "linkedin"]
    assert "Acme: you are on BASIC now" in mails(mailoutbox)

    assert shop.post("/billing/cancel/", attempt="end")["Location"] == "/billing/survey/"
    shop.tell()
    page = shop.page()
    assert "The plan is cancelled" in page
    assert [offer for offer in ("Move to PRO", "/billing/plans/", "/billing/add-ons/") if offer in page] == []
    shop.post("/billing/plans/pro/up/", at=1, attempt="more of what ends")
    assert "Take that back first." in shop.page()
    shop.post("/billing/resume/", attempt="not yet")
    assert shop.row.cancels_at is None
    shop.post("/billing/cancel/", attempt="at last")
    for _press in range(2):
        shop.post("/billing/survey/", reason="price", comment="A plan for one network.")
    shop.tell()
    mails(mailoutbox)
    shop.stripe.advance(months=1, days=0.1)
    shop.tell(times=3)
    assert (shop.row.status, terms_of(acme).standing) == ("canceled", Standing.OVER)
    assert mails(mailoutbox) == ["Acme: your plan has ended"]
    assert ExitSurvey.objects.get().reason == "price"
    assert "Your plan has ended" in shop.page()
    assert Invoice.objects.filter(organization=acme).count() == shop.page().count('data-label="Issued"')
    assert model("Subscription").objects.get().stripe_data["status"] == "canceled"


def test_a_year_costs_ten_months_and_its_usage_begins_anew_each_month(shop: Shop, acme: Organization) -> None:
    shop.buy("basic", interval="year")
    shop.tell()
    assert (shop.row.interval, shop.row.amount) == ("year", 990000)
    terms = terms_of(acme)
    since = terms.facts["usage_since"]
    assert (timezone.now() - since).total_seconds() < 60
    assert (terms.facts["paid_until"] - since).days in {365, 366}


def test_a_month_becomes_a_year_at_once_and_a_year_a_month_when_it_is_over(
    shop: Shop, mailoutbox: list[Any]
) -> None:
    shop.buy("basic")
    shop.tell()
    page = shop.page()
    assert "A year of BASIC costs CZK 9,900, CZK 1,980 less than twelve months." in page
    path = "/billing/plans/basic/up/?interval=year"
    assert path in page
    at = re.search(r'name="at" value="(\d+)"', shop.page(path))
    assert at is not None
    shop.post(path, at=at[1], attempt="yearly")
    shop.tell()
    assert (shop.row.interval, shop.row.amount) == ("year", 990000)
    mails(mailoutbox)

    down = "/billing/plans/basic/down/?interval=month"
    assert ["A month of BASIC costs CZK 990." in shop.page(), down in shop.page()] == [True, True]
    assert "Until" in shop.page(down)
    for attempt in ("monthly", "monthly"):  # pressed twice
        shop.post(down, attempt=attempt)
    row = shop.row
    assert (row.interval, row.next_plan and row.next_plan.code, row.next_interval) == (
        "year",
        "basic",
        "month",
    )
    page = shop.page()
    assert ["Go on paying yearly" in page, "Add </button>" in page] == [True, False]
    assert ["Paid monthly from" in page, "The next invoice is CZK 990." in page] == [True, True]
    shop.post("/billing/keep/", attempt="keep")
    assert (shop.row.next_plan, shop.row.next_interval, shop.row.amount) == (None, "", 990000)
    shop.post(down, attempt="after all")
    shop.post(
        "/billing/cancel/", attempt="leave"
    )  # Stripe refuses this while a schedule holds the subscription
    assert (shop.row.cancels_at is None, shop.row.next_plan) == (False, None)
    shop.post("/billing/resume/", attempt="stay")
    shop.post(down, attempt="at last")
    shop.tell()
    assert mails(mailoutbox) == ["Acme: your plan ends on " + date_format(shop.row.period_end, "DATE_FORMAT")]

    shop.stripe.advance(months=12, days=0.1)
    shop.tell()
    row = shop.row
    assert (row.plan.code, row.interval, row.amount, row.next_plan) == ("basic", "month", 99000, None)
    assert mails(mailoutbox) == ["Acme: payment of CZK 990 received", "Acme: you are on BASIC, monthly now"]
    shop.post("/billing/cancel/", attempt="the schedule is still there")
    assert shop.row.cancels_at is not None


def test_a_smaller_plan_by_the_month_can_follow_a_year(shop: Shop) -> None:
    Price.objects.filter(plan__code="pro", interval="year").update(active=True)
    sync_plans()
    shop.buy("pro", interval="year")
    shop.tell()
    shop.post("/billing/plans/basic/down/?interval=month", attempt="less", networks=["x", "tiktok"])
    assert "Changes to BASIC on" in shop.page()
    assert "paid monthly from then on." in shop.page()
    shop.stripe.advance(months=12, days=0.1)
    shop.tell()
    assert (shop.row.plan.code, shop.row.interval, shop.row.leaving) == ("basic", "month", {})
    shop.organization.refresh_from_db()
    assert len(shop.organization.platforms) == 3


def test_add_ons_go_along_from_a_year_to_a_month(shop: Shop, acme: Organization) -> None:
    Price.objects.filter(plan__code="pro", interval="year").update(active=True)
    Price.objects.filter(add_on__code="video", interval="year", currency="czk").update(active=True)
    sync_plans()
    shop.buy("pro", "video", interval="year")
    shop.tell()
    shop.post("/billing/plans/pro/down/?interval=month", attempt="monthly")
    assert (shop.row.amount, shop.row.next_interval) == (278000, "month")
    shop.stripe.advance(months=12, days=0.1)
    shop.tell()
    assert (shop.row.interval, shop.row.amount, allowance(acme, Feature.VIDEOS).limit) == (
        "month",
        278000,
        12,
    )


def test_who_comes_back_to_a_smaller_plan_has_what_fits_into_it(shop: Shop, acme: Organization) -> None:
    """The plan that was given had room for five networks."""
    choose_plan(acme, Plan.objects.get(code="ultimate"))
    shop.buy("basic")
    shop.tell()
    acme.refresh_from_db()
    assert (shop.row.plan.code, len(acme.platforms)) == ("basic", 3)


def test_a_card_that_runs_out_is_told_once_and_again_when_the_next_one_does(
    shop: Shop, acme: Organization, mailoutbox: list[Any]
) -> None:
    shop.buy("basic")
    shop.tell()
    mailoutbox.clear()
    today = timezone.now().replace(hour=12)
    assert (shop.details.card, str(shop.details.card_until)) == ("Visa 4242", "2032-12-31")
    assert remind(today) == 0
    method = shop.row.stripe_id and next(iter(shop.stripe.world.rows["payment_method"]))
    soon = today + timedelta(days=1)
    body = {"card": {"exp_month": soon.month, "exp_year": soon.year}}
    stripe_api.change(f"payment_methods/{method}", key="older", **body)
    shop.tell(times=2)
    until = shop.details.card_until
    assert until is not None
    assert (until.year, until.month) == (soon.year, soon.month)
    near = datetime.combine(until, time(12), UTC)
    steps = [
        near - timedelta(days=40),
        near - timedelta(days=20),
        near - timedelta(days=3),
        near + timedelta(days=1),
    ]
    assert [remind(now) for now in steps] == [0, 1, 0, 0]
    shop.work()
    (mail,) = mailoutbox
    assert mail.subject == f"Acme: the card Visa 4242 runs out on {date_format(until, 'DATE_FORMAT')}"
    assert "http://acme.posthub.localhost" in mail.body
    Subscription.objects.update(cancels_at=near)
    BillingDetails.objects.update(card="visa 0000")
    assert remind(steps[1]) == 0
    Subscription.objects.update(cancels_at=None)
    assert remind(steps[1]) == 1


def test_usage_counts_anew_once_the_next_month_is_paid_and_not_before(shop: Shop, acme: Organization) -> None:
    shop.buy("basic")
    shop.tell()
    first = reserve(acme, Feature.REWRITES)
    shop.stripe.next_payments("declined")
    shop.stripe.advance(months=1, days=0.1)
    shop.tell()
    assert terms_of(acme).facts["usage_since"].date().isoformat() == first
    shop.stripe.advance(days=4)
    shop.tell(times=3)
    since, until = shop.row.usage_since, shop.row.paid_until
    assert since is not None
    assert until is not None
    assert (since.date().isoformat() > first, (until - since).days in {28, 29, 30, 31}) == (True, True)


def test_an_upgrade_whose_payment_fails_changes_nothing(shop: Shop) -> None:
    shop.buy("basic")
    shop.tell()
    shop.stripe.next_payments("declined")
    at = re.search(r'name="at" value="(\d+)"', shop.page("/billing/plans/pro/up/"))
    assert at is not None
    shop.post("/billing/plans/pro/up/", at=at[1], attempt="up")
    assert shop.row.plan.code == "basic"
    shop.tell()
    assert (shop.row.plan.code, shop.row.status) == ("basic", "active")
    assert "The payment did not go through" in shop.page()


def test_a_button_pressed_twice_buys_once(shop: Shop) -> None:
    form = {"interval": "month", "add_on": [], "attempt": "same"}
    addresses = {shop.post("/billing/plans/pro/", **form)["Location"] for _press in range(3)}
    assert len(addresses) == 1
    assert len({shop.post("/billing/plans/pro/", **form, more="x")["Location"] for _n in range(2)}) == 1
    assert len(shop.stripe.world.rows["customer"]) == 1
    shop.buy("pro")
    shop.tell()
    answer = shop.post("/billing/plans/pro/", **form)
    assert answer["Location"].endswith("/billing/plans/pro/down/")


def test_syncing_twice_changes_nothing_and_a_new_amount_is_a_new_price(shop: Shop) -> None:
    assert sync_plans().done == []
    old = Price.objects.get(plan__code="pro", currency="czk", interval="month", active=True)
    shop.buy("pro")
    shop.tell()
    new = set_amount(old, 219000)
    assert sync_plans().done == ["price pro_month_czk", "retired pro_month_czk"]
    new.refresh_from_db()
    assert (new.stripe_id != old.stripe_id, shop.row.plan.code, shop.row.amount) == (True, "pro", 199000)
    shop.stripe.advance(months=1, days=0.1)
    shop.tell()
    assert (shop.row.plan.code, shop.row.amount) == ("pro", 199000)


def test_details_go_to_stripe_with_the_numbers_of_a_czech_company(shop: Shop) -> None:
    form = {
        "name": "Pekařství Novák s. r. o.", "street": "Kostelní 12", "city": "Litomyšl", "postcode": "570 01",
        "country": "CZ", "company_number": "252 04 254", "vat_number": "cz 25204254", "email": "ucetni@novak.example",
    }  # fmt: skip
    shop.buy("basic")  # Stripe knows them by now; nothing was filled in yet
    Organization.objects.update(country="DE")
    asked = shop.page("/billing/details/")
    assert 'value="sofia@example.com"' in asked
    assert '<option value="DE" selected>' in asked
    assert [name for name in form if f'name="{name}"' not in asked] == []
    wrongs = (
        {"company_number": "12345678"},
        {"company_number": "abc"},
        {"vat_number": "25204254"},
        {"vat_number": "CZ123"},
    )
    for wrong in wrongs:
        assert shop.post("/billing/details/", **(form | wrong)).status_code == 422
    assert shop.post("/billing/details/", **form).status_code == 303
    assert [one["value"] for one in shop.stripe.world.rows["tax_id"].values()] == ["CZ25204254"]
    shop.post("/billing/details/", **(form | {"city": "Brno"}))
    shop.post("/billing/details/", **(form | {"vat_number": "CZ699001237"}))
    (customer,) = shop.stripe.world.rows["customer"].values()
    assert customer["invoice_settings"]["custom_fields"] == [{"name": "IČO", "value": "25204254"}]
    assert customer["address"]["postal_code"] == "570 01"
    assert [one["value"] for one in shop.stripe.world.rows["tax_id"].values()] == ["CZ699001237"]
    assert "Pekařství Novák s. r. o." in shop.page()
    # Of the right shape for the form, but no number that Stripe would take: the invoices do without.
    shop.post("/billing/details/", **(form | {"vat_number": "DE12"}))
    assert (list(shop.stripe.world.rows["tax_id"]), shop.details.tax_id) == ([], "")
    assert "Stripe does not take this number" in shop.page()
    british = {"country": "GB", "company_number": "SC 123456", "vat_number": "GB980780684"}
    assert shop.post("/billing/details/", **(form | british)).status_code == 303
    (tax_id,) = shop.stripe.world.rows["tax_id"].values()
    (customer,) = shop.stripe.world.rows["customer"].values()
    named = customer["invoice_settings"]["custom_fields"]
    assert (tax_id["type"], named) == ("gb_vat", [{"name": "Company No.", "value": "SC 123456"}])
    assert "Stripe does not take this number" not in shop.page()


def test_what_was_filled_in_on_stripe_s_page_stands_here_and_what_stands_here_stays(shop: Shop) -> None:
    answer = shop.post("/billing/plans/basic/", interval="month", attempt="first")
    filled = {
        "name": "Pekařství Novák s. r. o.", "line1": "Kostelní 12", "city": "Litomyšl", "postal_code": "570 01",
        "country": "CZ", "vat_id": "CZ25204254",
    }  # fmt: skip
    shop.stripe.complete(answer["Location"].rpartition("/")[2], **filled)
    shop.tell(order=reversed)
    made = shop.details
    assert (made.name, made.street, made.city, made.postcode, made.country) == tuple(filled.values())[:5]
    assert (made.vat_number, made.tax_id in shop.stripe.world.rows["tax_id"]) == ("CZ25204254", True)
    stripe_api.change(
        f"customers/{made.customer_id}", key="moved", name="Other", address={"line1": "Elsewhere 1"}
    )
    shop.tell()
    assert (shop.details.name, shop.details.street) == ("Pekařství Novák s. r. o.", "Kostelní 12")


def test_stripe_s_pages_for_cards_and_for_leaving_are_one_press_away(shop: Shop) -> None:
    shop.buy("basic")
    shop.tell()
    for flow in ("", "payment_method_update", "subscription_cancel"):
        assert "/p/session/" in shop.post("/billing/portal/", flow=flow)["Location"]
    assert shop.post("/billing/portal/", flow="steal")["Location"] == "/billing/"


def test_who_is_not_the_client_sees_the_page_and_changes_nothing(shop: Shop, browser_of: Any) -> None:
    marek = browser_of("marek")
    assert marek.get("/billing/").status_code == 200
    assert marek.post("/billing/plans/pro/", {"interval": "month"}).status_code == 403
    connection.set_schema_to_public()


def test_while_stripe_is_away_nothing_changes_and_the_page_says_so(shop: Shop) -> None:
    shop.buy("basic")
    shop.tell()
    shop.stripe.world.faults.down = "503"
    assert shop.post("/billing/cancel/", attempt="x")["Location"] == "/billing/"
    assert "The payment service does not answer" in shop.page()
    shop.stripe.world.faults.down = ""
    shop.post("/billing/cancel/", attempt="x")
    assert shop.row.cancels_at is not None
