"""The stand-in as it is spoken to on the wire: forms, headers, named requests, pages of lists, and what it refuses."""

import base64
import http.client
import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest

from posthub.demo.stripe import paying
from tests.demo.stripe.conftest import checkout
from tests.support.payments import KEY, Payments

Said = tuple[int, str, str]
UNKNOWN, MISSING, GONE = "parameter_unknown", "parameter_missing", "resource_missing"


class Wire:
    """One connection that is kept; `error` is (status, code, param)."""

    def __init__(self, payments: Payments) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(payments.url).netloc, timeout=20)

    def say(self, method: str, path: str, sent: str = "", **headers: str) -> tuple[int, Any, Any]:
        given = {"Authorization": f"Bearer {KEY}"} | {
            name.replace("_", "-"): said for name, said in headers.items()
        }
        if method == "GET":
            path, sent = f"{path}?{sent}", ""
        self.connection.request(method, f"/v1/{path}", sent.encode(), given)
        answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read()), answer.headers

    def error(self, method: str, path: str, sent: str = "", **headers: str) -> Said:
        status, body, _headers = self.say(method, path, sent, **headers)
        about = body.get("error", {})
        return status, about.get("code", ""), about.get("param", "")


@pytest.fixture
def wire(payments: Payments) -> Iterator[Wire]:
    made = Wire(payments)
    yield made
    made.connection.close()


def differing(wire: Wire, table: list[tuple[str, str, str, Said]]) -> dict[str, Said]:
    """What is answered otherwise than the table says."""
    found = {
        f"{method} {path} {sent[:60]}": (wire.error(method, path, sent), said)
        for method, path, sent, said in table
    }
    return {name: heard for name, (heard, said) in found.items() if heard != said}


def test_forms_are_read_as_stripe_reads_them(wire: Wire, payments: Payments) -> None:
    status, made, _headers = wire.say(
        "POST", "customers",
        "name=Acme&metadata[a]=1&metadata[b]=2&preferred_locales[]=cs&preferred_locales[]=en&balance=-500"
        "&address[line1]=Kostelní%2012&address[city]=",
    )  # fmt: skip
    assert (status, made["metadata"], made["preferred_locales"]) == (200, {"a": "1", "b": "2"}, ["cs", "en"])
    assert (made["balance"], made["address"]["line1"], made["address"]["city"]) == (-500, "Kostelní 12", None)
    about = f"customers/{made['id']}"
    _status, after, _headers = wire.say(
        "POST", about, "metadata[a]=&address[city]=Brno&preferred_locales=&balance="
    )
    assert (after["metadata"], after["address"]["city"], after["address"]["line1"]) == (
        {"b": "2"},
        "Brno",
        "Kostelní 12",
    )
    _status, after, _headers = wire.say("POST", about, "metadata=&address=&name=")
    assert (after["metadata"], after["address"], after["name"]) == ({}, None, None)
    many = "&".join(f"metadata[k{number}]=v" for number in range(51))
    table: list[tuple[str, str, str, Said]] = [
        ("POST", about, "shoes=1", (400, UNKNOWN, "shoes")),
        ("POST", about, "address[planet]=Mars", (400, UNKNOWN, "address[planet]")),
        ("POST", about, "name=a&name[b]=c", (400, "", "name")),
        ("POST", about, "name[]=a", (400, "", "name")),
        ("POST", about, f"name={'x' * 5001}", (400, "", "name")),
        ("POST", about, "metadata=x", (400, "", "metadata")),
        ("POST", about, "metadata[a][b]=c", (400, "", "metadata[a]")),
        ("POST", about, f"metadata[a]={'x' * 501}", (400, "", "metadata[a]")),
        ("POST", about, many, (400, "", "metadata")),
        ("POST", about, "preferred_locales=cs", (400, "", "preferred_locales")),
        ("POST", about, "balance=much", (400, "parameter_invalid_integer", "balance")),
        ("POST", about, "balance[0]=1", (400, "parameter_invalid_integer", "balance")),
        ("POST", about, "&".join(["a=1"] * 2001), (400, "", "")),
        ("POST", "products", "name=PRO&active=perhaps", (400, "", "active")),
        ("POST", "products", "active=true", (400, MISSING, "name")),
        ("POST", "products", "name=", (400, MISSING, "name")),
        ("POST", "webhook_endpoints", "url=ftp://a.example&enabled_events[]=*", (400, "url_invalid", "url")),
        ("POST", f"{about}/tax_ids", "type=ch_vat&value=GB123456789", (400, "", "type")),
        ("POST", f"{about}/tax_ids", "type=eu_vat&value=CZ12", (400, "tax_id_invalid", "value")),
        ("GET", "customers", "limit=0", (400, "", "limit")),
        ("GET", "customers", "limit=", (400, "", "limit")),
        ("GET", "customers", "starting_after=cus_nobody", (400, GONE, "starting_after")),
        ("GET", "customers/cus_nobody", "", (404, GONE, "id")),
        ("GET", "shoes", "", (404, "", "")),
    ]  # fmt: skip
    assert differing(wire, table) == {}


def test_who_asks_and_how_is_looked_at_first(wire: Wire) -> None:
    basic = base64.b64encode(f"{KEY}:".encode()).decode()
    table = [
        ({"Authorization": ""}, 401), ({"Authorization": "Bearer sk_test_other"}, 401),
        ({"Authorization": f"Basic {basic}"}, 200), ({"Authorization": "Basic *"}, 401),
        ({"Stripe_Version": "2026-05-27.dahlia"}, 200), ({"Stripe_Version": "2019-01-01"}, 400),
        ({"Stripe_Version": "newest"}, 400),
    ]  # fmt: skip
    assert [wire.say("GET", "products", **headers)[0] for headers, _said in table] == [
        said for _headers, said in table
    ]
    status, body, headers = wire.say("GET", "customers/cus_nobody")
    assert (status, headers["Request-Id"] in body["error"]["request_log_url"]) == (404, True)


def test_a_name_stands_for_one_request(wire: Wire, payments: Payments) -> None:
    first = wire.say("POST", "customers", "name=A", Idempotency_Key="one")
    again = wire.say("POST", "customers", "name=A", Idempotency_Key="one")
    assert (again[1]["id"], again[2]["Idempotent-Replayed"]) == (first[1]["id"], "true")
    assert (
        wire.say("POST", "customers", "name=B", Idempotency_Key="one")[1]["error"]["type"]
        == "idempotency_error"
    )
    assert wire.error("POST", "customers", "name=A", Idempotency_Key="x" * 256)[0] == 400
    # What was refused before the work began is not kept under the name.
    assert wire.error("POST", "customers", "shoes=1", Idempotency_Key="two")[0] == 400
    assert wire.error("POST", "customers", "name=C", Idempotency_Key="two")[0] == 200
    tax_id = wire.say("POST", f"customers/{first[1]['id']}/tax_ids", "type=eu_vat&value=CZ25204254")[1]["id"]
    for _time in range(2):
        gone = wire.say("DELETE", f"customers/{first[1]['id']}/tax_ids/{tax_id}", Idempotency_Key="three")
        assert (gone[0], gone[1]["deleted"]) == (200, True)


def test_lists_come_in_pages_and_what_is_pointed_to_is_written_out_on_demand(
    wire: Wire, shop: SimpleNamespace, subscribed: Any
) -> None:
    seen: list[str] = []
    after = ""
    while True:
        _status, page, _headers = wire.say("GET", "prices", f"limit=2{after}&expand[]=data.product")
        seen += [price["product"]["name"] for price in page["data"]]
        if not page["has_more"]:
            break
        after = f"&starting_after={page['data'][-1]['id']}"
    assert seen == ["Video", "PRO", "ULTIMATE", "PRO"]
    found = wire.say("GET", "prices", "lookup_keys[]=pro-month&active=true")[1]["data"]
    assert [price["id"] for price in found] == [shop.pro]
    about = f"subscriptions/{subscribed.id}"
    whole = wire.say("GET", about, "expand[]=customer&expand[]=latest_invoice.customer&expand[]=schedule")[1]
    assert (whole["customer"]["name"], whole["latest_invoice"]["customer"]["name"]) == ("Acme", "Acme")
    table: list[tuple[str, str, str, Said]] = [
        ("GET", about, "expand[]=shoes", (400, "", "expand")),
        ("GET", about, "expand[]=status.shoes", (400, "", "expand")),
        ("GET", about, "expand=customer", (400, "", "expand")),
        ("GET", "events", "type=customer.created", (200, "", "")),
        ("GET", "events", "", (200, "", "")),
        ("GET", "invoices", f"subscription={subscribed.id}&status=paid", (200, "", "")),
        ("GET", "subscriptions", "", (200, "", "")),
    ]
    assert differing(wire, table) == {}


def test_what_does_not_go_together_is_refused(wire: Wire, shop: SimpleNamespace, subscribed: Any) -> None:
    def price(sent: str) -> str:
        return str(wire.say("POST", "prices", sent)[1]["id"])

    product = wire.say("GET", "products")[1]["data"][0]["id"]
    euro = price(f"currency=eur&unit_amount=900&product={product}&recurring[interval]=month")
    once = price(f"currency=czk&unit_amount=900&product={product}")
    old = price(f"currency=czk&unit_amount=1&product={product}&recurring[interval]=month&active=false")
    other = wire.say("POST", "customers", "name=Other")[1]["id"]
    page = f"mode=subscription&customer={shop.customer}&success_url=http://a.example/"
    sub, item = f"subscriptions/{subscribed.id}", subscribed["items"].data[0].id
    portal = f"customer={shop.customer}&flow_data[type]="
    about = f"flow_data[subscription_cancel][subscription]={subscribed.id}"
    card = subscribed.default_payment_method
    cancel, confirm = "flow_data[subscription_cancel]", "flow_data[subscription_update_confirm]"
    table: list[tuple[str, str, str, Said]] = [
        ("POST", "prices", f"currency=czk&unit_amount=-1&product={product}", (400, "", "unit_amount")),
        ("POST", "prices", f"currency=btc&unit_amount=1&product={product}", (400, "", "currency")),
        ("POST", "prices", "currency=czk&unit_amount=1&product=prod_none", (400, GONE, "product")),
        ("POST", f"prices/{euro}", "lookup_key=pro-month", (400, "", "lookup_key")),
        ("POST", f"prices/{shop.pro}", "lookup_key=pro-month", (200, "", "")),
        ("POST", "checkout/sessions", page, (400, MISSING, "line_items")),
        ("POST", "checkout/sessions", f"{page}&line_items[0][quantity]=1", (400, MISSING, "line_items[0][price]")),
        ("POST", "checkout/sessions", f"{page}&line_items[0][price]=price_none", (400, GONE, "line_items[0][price]")),
        ("POST", "checkout/sessions", f"{page}&line_items[0][price]={old}", (400, "", "line_items[0][price]")),
        ("POST", "checkout/sessions", f"{page}&line_items[0][price]={once}", (400, "", "line_items[0][price]")),
        ("POST", "checkout/sessions", f"{page}&line_items[0][price]={shop.pro}&line_items[1][price]={euro}",
         (400, "", "line_items")),
        ("POST", "checkout/sessions", f"{page}&line_items[0][price]={shop.pro}&line_items[1][price]={shop.pro}",
         (400, "", "line_items")),
        ("POST", "checkout/sessions", f"{page}&line_items[0][price]={shop.pro}&subscription_data[trial_period_days]=0",
         (400, "", "subscription_data[trial_period_days]")),
        ("POST", "subscriptions", f"customer={other}&items[0][price]={shop.pro}", (400, GONE, "")),
        ("POST", sub, "items[0][id]=si_none&items[0][quantity]=2", (400, GONE, "items[0][id]")),
        ("POST", sub, f"items[0][id]={item}&items[0][deleted]=true&items[1][id]="
         f"{subscribed['items'].data[1].id}&items[1][deleted]=true", (400, "", "items")),
        ("POST", sub, "default_payment_method=pm_none", (400, GONE, "default_payment_method")),
        ("POST", sub, f"default_payment_method={card}", (200, "", "")),
        ("POST", sub, f"items[0][id]={item}&items[0][quantity]=2&proration_date=1", (400, "", "proration_date")),
        ("POST", f"payment_methods/{card}", "card[exp_month]=x", (400, "parameter_invalid_integer", "card[exp_month]")),
        ("POST", "billing_portal/sessions", f"{portal}subscription_cancel", (400, MISSING, cancel)),
        ("POST", "billing_portal/sessions", f"customer={other}&flow_data[type]=subscription_cancel&{about}",
         (400, "", f"{cancel}[subscription]")),
        ("POST", "billing_portal/sessions",
         f"{portal}subscription_update_confirm&{confirm}[subscription]={subscribed.id}&{confirm}[items][0][id]=si_none",
         (400, GONE, f"{confirm}[items]")),
        ("POST", "invoices/create_preview", f"subscription={subscribed.id}", (400, MISSING, "subscription_details")),
        ("POST", f"invoices/{subscribed.latest_invoice}/pay", "", (400, "", "")),
        ("POST", f"{sub}/resume", "", (400, "", "")),
        ("POST", sub, "cancel_at_period_end=true", (200, "", "")),
        ("POST", "billing_portal/sessions", f"{portal}subscription_cancel&{about}",
         (400, "", f"{cancel}[subscription]")),
        ("POST", "subscription_schedules", f"from_subscription={subscribed.id}", (400, "", "")),
        ("DELETE", sub, "", (200, "", "")), ("DELETE", sub, "", (404, GONE, "id")),
        ("POST", sub, "cancel_at_period_end=false", (400, "", "")),
        ("POST", sub, "metadata[why]=price", (200, "", "")),
        ("POST", "billing_portal/sessions", f"{portal}subscription_cancel&{about}",
         (400, "", f"{cancel}[subscription]")),
        ("POST", "invoices/create_preview", f"subscription={subscribed.id}&subscription_details[items][0][id]={item}",
         (400, "invoice_upcoming_none", "")),
        ("DELETE", f"customers/{shop.customer}", "", (200, "", "")),
        ("POST", f"customers/{shop.customer}", "name=Back", (404, GONE, "id")),
        ("GET", f"customers/{shop.customer}", "", (200, "", "")),
    ]  # fmt: skip
    assert differing(wire, table) == {}


def test_a_schedule_is_held_to_its_subscription(wire: Wire, shop: SimpleNamespace, subscribed: Any) -> None:
    made = wire.say("POST", "subscription_schedules", f"from_subscription={subscribed.id}")[1]
    about, (first,) = f"subscription_schedules/{made['id']}", made["phases"]
    now = f"phases[0][items][0][price]={shop.pro}&phases[0][start_date]={first['start_date']}"
    end, then = first["end_date"], f"phases[1][items][0][price]={shop.ultimate}"
    table: list[tuple[str, str, str, Said]] = [
        ("POST", "subscription_schedules", f"from_subscription={subscribed.id}", (400, "", "")),
        ("POST", "subscription_schedules", f"from_subscription={subscribed.id}&end_behavior=release",
         (400, "", "from_subscription")),
        ("POST", f"subscriptions/{subscribed.id}", "cancel_at_period_end=true", (400, "", "")),
        ("POST", about, now.replace(str(first["start_date"]), "1"), (400, "", "phases[0][start_date]")),
        ("POST", about, f"{now}&phases[0][end_date]=1", (400, "", "phases[0][end_date]")),
        ("POST", about, f"{now}&phases[0][end_date]={end}&phases[0][duration][interval]=month",
         (400, "", "phases[0][end_date]")),
        ("POST", about, f"{now}&phases[0][end_date]={end}&{then}&phases[1][start_date]={end + 1}",
         (400, "", "phases[1][start_date]")),
        ("POST", about, f"{now}&phases[0][end_date]={end - 9}&{then}", (400, "", "phases[1][start_date]")),
        ("POST", about, f"{now}&phases[0][end_date]={end}&{then}&end_behavior=release", (200, "", "")),
        ("GET", about, "", (200, "", "")),
        ("POST", f"{about}/release", "", (200, "", "")),
        ("POST", f"{about}/release", "", (400, "", "")),
        ("POST", about, now, (400, "", "")),
    ]  # fmt: skip
    assert differing(wire, table) == {}
    again = wire.say("POST", "subscription_schedules", f"from_subscription={subscribed.id}")[1]["id"]
    assert wire.say("DELETE", f"subscriptions/{subscribed.id}")[0] == 200
    assert wire.say("GET", f"subscription_schedules/{again}")[1]["status"] == "canceled"


def test_what_nobody_finishes_expires(
    wire: Wire, shop: SimpleNamespace, payments: Payments, ask: Any
) -> None:
    left = ask.checkout.sessions.create(checkout(shop, shop.pro)).id
    payments.advance(days=1.1)
    assert wire.say("GET", f"checkout/sessions/{left}")[1]["status"] == "expired"
    with payments.world.lock:
        paying.replace_card(payments.world, payments.world.find("customer", shop.customer), "pm_card_visa")
    payments.next_payments("authentication_required")
    made = wire.say("POST", "subscriptions", f"customer={shop.customer}&items[0][price]={shop.pro}")[1]
    assert made["status"] == "incomplete"
    assert "invoice.payment_action_required" in [event["type"] for event in payments.take()]
    payments.advance(days=1)
    assert wire.say("GET", f"subscriptions/{made['id']}")[1]["status"] == "incomplete_expired"
    assert wire.say("GET", f"invoices/{made['latest_invoice']}")[1]["status"] == "void"


def test_more_than_a_megabyte_is_not_read(wire: Wire) -> None:
    wire.connection.request("POST", "/v1/customers", "", {"Content-Length": "1000001"})
    assert wire.connection.getresponse().status == 413
