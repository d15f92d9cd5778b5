"""What cannot be done and why, messages about nobody, and what staff do about prices."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from posthub.billing import stripe_api
from posthub.billing.following.customers import take_customer
from posthub.billing.following.invoices import take_invoice
from posthub.billing.following.subscriptions import take_subscription
from posthub.billing.models import Invoice, Plan, Price, StripeEvent, SubscribedAddOn, Subscription
from posthub.billing.operations import checkout
from posthub.billing.reminders import remind
from posthub.core.errors import Refused, WrongState
from posthub.demo.stripe import paying
from posthub.demo.stripe.resources import customers, subscriptions
from posthub.organizations.models import Organization
from tests.billing.conftest import Shop
from tests.support.payments import KEY, Payments


def refused(shop: Shop, path: str, **form: Any) -> None:
    """Back to the page about billing, where all that was refused is said."""
    assert (path, shop.post(path, attempt=path, **form)["Location"]) == (path, "/billing/")


def test_what_cannot_be_changed_says_why_and_add_ons_come_and_go(shop: Shop, cast: Any) -> None:
    none = "There is no running plan to change. Choose one first."
    paths = ("cancel/", "resume/", "keep/", "add-ons/video/", "plans/pro/down/")
    for path in paths:
        refused(shop, f"/billing/{path}", quantity="0")
    refused(shop, "/billing/portal/", flow="subscription_cancel")
    page = shop.page()
    assert (page.count(none), page.count("You have no plan yet.")) == (len(paths), 1)
    page = shop.page("/billing/plans/pro/")
    assert ["CZK 1,990" in page, "Video" in page] == [True, True]
    shop.buy("basic")
    shop.tell()
    up, down = "/billing/plans/{}/up/", "/billing/plans/{}/down/"
    now = str(int(time.time()))
    table: list[tuple[str, dict[str, str], str]] = [
        ("/billing/add-ons/video/", {"quantity": "1"}, "This add-on cannot be had with your plan."),
        *(
            ("/billing/add-ons/video/", {"quantity": wrong}, "Choose a number from 0 to 20.")
            for wrong in ("", "21", "9" * 5000)
        ),
        (down.format("pro"), {}, "This plan is not smaller than yours."),
        (up.format("basic"), {"at": now}, "You have this plan."),
        (up.format("pro"), {"at": "soon"}, "Look at the price first."),
        ("/billing/resume/", {}, "Your plan goes on as it is."),
        ("/billing/keep/", {}, "There is no change to take back."),
        ("/billing/portal/", {"flow": "steal"}, "There is no such page."),
    ]
    for path, form, _why in table:
        refused(shop, path, **form)
    page = shop.page()
    assert [why for _path, _form, why in table if why not in page] == []
    basic = {"interval": "month", "add_ons": {}, "attempt": "twice", "by": cast.sofia}
    with pytest.raises(WrongState, match="You have a plan already"):
        checkout.start_checkout(shop.organization, Plan.objects.get(code="basic"), **basic)
    for path in (up.format("basic"), down.format("basic"), down.format("pro")):  # the way back, or a guess
        assert (path, shop.buyer.get(path).status_code) == (path, 303)
    preview = shop.page(up.format("pro"))
    assert "PRO: what is left of the period" in preview
    assert "BASIC: what was paid and is not used" in preview
    at = re.search(r'name="at" value="(\d+)"', preview)
    assert at is not None
    shop.post(up.format("pro"), at=at[1], attempt="up")
    for quantity in (2, 1, 0, 0):
        shop.post("/billing/add-ons/video/", quantity=quantity, attempt=f"now {quantity}")
        shop.tell()
        have = SubscribedAddOn.objects.filter(organization=shop.organization, quantity__gt=0)
        assert list(have.values_list("quantity", flat=True)) == [quantity] * (quantity > 0)
    shop.post(down.format("basic"), attempt="down", networks=["x", "tiktok"])
    refused(shop, "/billing/add-ons/video/", quantity="1")
    assert "Your plan is about to change." in shop.page()
    at = re.search(r'name="at" value="(\d+)"', shop.page(up.format("ultimate")))
    assert at is not None
    shop.post(up.format("ultimate"), at=at[1], attempt="up after all")
    shop.tell()
    assert (shop.row.plan.code, shop.row.next_plan) == ("ultimate", None)


def test_what_is_not_for_sale_together_is_not_sold(db: None) -> None:
    basic, trial = Plan.objects.get(code="basic"), Plan.objects.get(code="trial")
    for plan, add_ons in ((trial, {}), (basic, {"video": 1}), (basic, {})):
        with pytest.raises(Refused):
            checkout.lines(plan, add_ons, currency="czk", interval="month")


def event_of(kind: str, **about: Any) -> dict[str, Any]:
    return {
        "id": f"evt_{kind}_{about['id']}", "object": "event", "type": kind, "livemode": False,
        "created": int(time.time()), "data": {"object": about},
    }  # fmt: skip


def test_messages_about_nobody_about_what_is_gone_and_about_what_is_old_change_nothing(
    shop: Shop, mailoutbox: list[Any]
) -> None:
    world = shop.stripe.world
    trial = {"trial_period_days": 14, "metadata": {"organization": str(shop.organization.pk)}}
    with world.lock:
        stranger = customers.create(world, {"name": "Stranger", "metadata": {"organization": "x"}})
        card = paying.methods.attach_to(world, "pm_card_visa", stranger)
        price = next(one["id"] for one in world.of("price") if one["lookup_key"] == "basic_month_czk")
        wanted = {
            "customer": stranger["id"],
            "items": [{"price": price}],
            "default_payment_method": card["id"],
        }
        theirs = subscriptions.create(world, wanted)
    shop.tell()
    answer = shop.post("/billing/plans/basic/", interval="month", attempt="open")
    session = answer["Location"].rpartition("/")[2]
    shop.deliver(event_of("checkout.session.completed", id=session, object="checkout.session"))
    shop.deliver(event_of("customer.subscription.paused", id="sub_gone", object="subscription"))
    shop.deliver(event_of("payment_method.updated", id="pm_1", object="payment_method", customer=None))
    shop.work()
    outcomes = dict(StripeEvent.objects.exclude(taken_at=None).values_list("kind", "outcome"))
    followed = {kind: said for kind, said in outcomes.items() if said not in ("", "nobody's")}
    assert followed == {"customer.subscription.paused": "gone", "checkout.session.completed": "open"}
    assert not Subscription.objects.filter(organization=shop.organization).exists()
    with world.lock:
        world.rows["checkout.session"][session]["_subscription"] = trial
        world.rows["checkout.session"][session]["amount_total"] = 0
    shop.stripe.complete(session)
    shop.stripe.advance(days=12)
    shop.tell(times=2)
    assert [mail.subject[:25] for mail in mailoutbox] == ["Acme: your trial ends on "]
    assert (shop.row.status, shop.row.stripe_id != theirs["id"]) == ("trialing", True)
    ours = shop.details.customer_id
    data = stripe_api.read(f"customers/{ours}")
    assert take_customer(data, number=0) == "older than what stands"
    assert take_customer({"id": ours, "object": "customer", "deleted": True}, number=10**6) == "deleted"
    bought = stripe_api.read(f"subscriptions/{shop.row.stripe_id}")
    assert take_subscription(bought, number=0) == "older than what stands"
    bill = stripe_api.read(f"invoices/{bought['latest_invoice']}")
    assert take_invoice(bill, number=0) == "older than what stands"


def test_an_open_payment_is_told_of_again_after_three_and_after_seven_days(acme: Organization) -> None:
    since = timezone.now()
    Subscription.objects.create(
        organization=acme,
        plan=Plan.objects.get(code="pro"),
        status="past_due",
        stripe_id="sub_1",
        past_due_since=since,
    )
    Invoice.objects.create(
        organization=acme, stripe_id="in_1", status="open", currency="czk", total=1, issued_at=since,
        hosted_url="https://pay.example/",
    )  # fmt: skip
    assert [remind(since + timedelta(days=day)) for day in (2, 3.1, 4, 7.1, 9)] == [0, 1, 0, 1, 0]


def test_staff_change_amounts_and_bring_stripe_up_to_date(shop: Shop, browser_of: Any) -> None:
    adam = browser_of("adam", host="posthub.localhost")
    assert adam.get("/").status_code == 302  # the front page is for those who are not signed in
    connection.set_schema_to_public()
    price = Price.objects.get(plan__code="pro", currency="czk", interval="month", active=True)
    form = {"plan": str(price.plan_id), "add_on": "", "currency": "czk", "interval": "month", "active": "on"}
    path = f"/admin/billing/price/{price.pk}/change/"
    assert adam.post(path, {**form, "amount": price.amount}).status_code == 302
    assert adam.post(path, {**form, "amount": 219000}).status_code == 302
    assert adam.post(path, {**form, "amount": 219000, "currency": "eur", "active": ""}).status_code == 302
    connection.set_schema_to_public()
    Plan.objects.filter(code="pro").update(name="PROFI")
    out = StringIO()
    call_command("sync_plans", stdout=out)
    assert ["price pro_month_czk" in out.getvalue(), "name of pro" in out.getvalue()] == [True, True]
    call_command("sync_plans", stdout=out)
    action = {"action": "sync", "_selected_action": [str(price.plan_id)]}
    told = adam.post("/admin/billing/plan/", action, follow=True).content.decode()
    assert "Nothing had to be changed." in told
    shop.stripe.world.faults.down = "503"
    assert "does not answer" in adam.post("/admin/billing/plan/", action, follow=True).content.decode()
    connection.set_schema_to_public()


def test_each_answer_of_stripe_s_has_its_words(stripe: Payments, settings: Any) -> None:
    def why(ask: Callable[[], Any]) -> tuple[str, bool]:
        with pytest.raises(stripe_api.WorkFailed) as problem:
            ask()
        return problem.value.message[:34], problem.value.permanent

    away = ("The payment service does not answe", False)
    stripe.world.faults.api = ["429", "500", "409", "reset"]
    assert [why(lambda: stripe_api.read("products")) for _fault in range(4)] == [away] * 4
    assert why(lambda: stripe_api.read("shoes")) == ("The payment service refused this. ", True)
    settings.STRIPE_SECRET_KEY = "sk_test_" + "a" * 30
    assert why(lambda: stripe_api.read("products")) == ("Payments are not set up correctly.", True)
    settings.STRIPE_SECRET_KEY = ""
    assert why(lambda: stripe_api.read("products")) == ("Payments are not set up here.", True)
    settings.STRIPE_SECRET_KEY = KEY
    assert [one["id"] for one in stripe_api.every("products")] == []


def test_networks_are_chosen_within_the_plan(acme: Organization, browser_of: Any) -> None:
    sofia, path = browser_of("sofia"), "/settings/networks/"
    with_room = {"platforms": ["facebook", "x"]}
    assert sofia.get(path).status_code == 200
    assert sofia.post(path, with_room).status_code == 303
    connection.set_schema_to_public()
    Plan.objects.filter(code="trial").update(platforms=1)
    answer = sofia.post(path, with_room)
    assert (answer.status_code, "Your plan has room for 1 network." in answer.content.decode()) == (422, True)
    acme.refresh_from_db()
    assert acme.platforms == ["facebook", "x"]


def test_nobody_pays_on_two_pages(shop: Shop) -> None:
    """Two windows, the way back, and a message that is late: there is one page of Stripe's, and one plan."""

    def opened(plan: str, attempt: str, **form: Any) -> str:
        answer = shop.post(f"/billing/plans/{plan}/", interval="month", attempt=attempt, **form)
        return str(answer["Location"]).rpartition("/")[2]

    def states() -> dict[str, str]:
        with shop.stripe.world.lock:
            return {one["id"]: one["status"] for one in shop.stripe.world.of("checkout.session")}

    first = opened("pro", "one window")
    assert opened("pro", "one window") == first  # pressed twice, or the way back
    second = opened("basic", "another window")
    assert states() == {first: "expired", second: "open"}
    third = opened("pro", "one window")  # the first window again
    fourth = opened("pro", "one window", add_on="video")  # and what was chosen there changed
    assert states() == dict.fromkeys([first, second, third], "expired") | {fourth: "open"}
    shop.stripe.complete(fourth)
    assert not Subscription.objects.filter(organization=shop.organization).exists()
    refused(shop, "/billing/plans/basic/", interval="month")
    assert (shop.row.plan.code, shop.row.status) == ("pro", "active")
    assert "You have a plan already." in shop.page()
    shop.tell()
    with shop.stripe.world.lock:
        assert len(shop.stripe.world.of("subscription")) == 1


def test_a_page_that_is_still_open_beside_the_one_paid_on_is_closed(shop: Shop) -> None:
    one = shop.post("/billing/plans/pro/", interval="month", attempt="a")["Location"].rpartition("/")[2]
    with shop.stripe.world.lock:
        paid = dict(shop.stripe.world.find("checkout.session", one)) | {"id": "cs_test_raced"}
        shop.stripe.world.rows["checkout.session"]["cs_test_raced"] = paid
    shop.stripe.complete("cs_test_raced")
    shop.tell()
    assert shop.stripe.world.find("checkout.session", one)["status"] == "expired"
