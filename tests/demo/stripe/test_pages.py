"""The hosted pages, as a browser without scripts uses them, and the control behind the key."""

import json
import re
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlencode

from tests.demo.stripe.conftest import checkout
from tests.support.payments import KEY, Payments


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **more: Any) -> None:
        return None


def visit(url: str, sent: dict[str, str] | None = None, **headers: str) -> tuple[int, str, str]:
    """Status, text, and where it leads."""
    body = urlencode(sent).encode() if sent is not None else None
    request = urllib.request.Request(url, body, {"Accept-Language": "en", **headers})
    try:
        answer = urllib.request.build_opener(_Stay).open(request, timeout=10)
    except urllib.error.HTTPError as other:
        answer = other
    with answer:
        return answer.status, answer.read().decode(errors="replace"), answer.headers.get("Location", "")


def control(stand_in: Payments, order: str, /, key: str = KEY, **given: Any) -> tuple[int, dict[str, Any]]:
    body = json.dumps(given).encode() if given else None
    headers = {"Authorization": f"Bearer {key}"}
    request = urllib.request.Request(f"{stand_in.url}/_control/{order}", body, headers)
    try:
        answer = urllib.request.urlopen(request, timeout=10)
    except urllib.error.HTTPError as other:
        answer = other
    with answer:
        return answer.status, json.loads(answer.read())


def test_a_checkout_is_paid_on_its_page_and_says_that_it_is_none(
    ask: Any, shop: Any, payments: Payments
) -> None:
    session = ask.checkout.sessions.create(checkout(shop, shop.pro, shop.video))
    status, text, _to = visit(session.url)
    assert (status, "Náhrada za Stripe" in text, "2\u00a0490\u00a0Kč" in text) == (200, True, True)
    status, text, _to = visit(session.url, {"card": "pm_card_visa_chargeDeclinedInsufficientFunds"})
    assert (status, "není dost peněz" in text) == (402, True)
    assert visit(session.url, {"card": "pm_card_visa"}, Origin="http://elsewhere.example")[0] == 403
    done = f"http://acme.posthub.localhost/billing/?session={session.id}"
    assert visit(session.url, {"card": "pm_card_visa", "name": "Acme <b>"})[::2] == (303, done)
    assert visit(session.url, {"card": "pm_card_visa"})[::2] == (303, done)
    assert len(ask.subscriptions.list({"customer": shop.customer}).data) == 1
    assert visit(session.url)[0] == 404
    assert visit(session.url.replace("cs_test", "cs_none"))[0] == 404


def test_the_portal_leads_where_its_link_says(
    ask: Any, shop: Any, subscribed: Any, payments: Payments
) -> None:
    def portal(flow: dict[str, Any] | None = None) -> str:
        given = {
            "customer": shop.customer,
            "return_url": "http://acme.posthub.localhost/billing/",
            "locale": "cs",
        }
        return str(ask.billing_portal.sessions.create(given | ({"flow_data": flow} if flow else {})).url)

    about = {"subscription": subscribed.id}
    home = portal()
    _status, text, _to = visit(home)
    assert (text.count("STANDIN-0001"), "Visa •••• 4242" in text) == (1, True)
    ending = portal({"type": "subscription_cancel", "subscription_cancel": about})
    assert visit(ending, {"do": "cancel", "subscription": subscribed.id})[0] == 200
    assert ask.subscriptions.retrieve(subscribed.id).cancel_at_period_end is True
    assert visit(home, {"do": "resume", "subscription": subscribed.id})[0] == 303
    assert ask.subscriptions.retrieve(subscribed.id).cancel_at_period_end is False
    back = {"type": "redirect", "redirect": {"return_url": "http://acme.posthub.localhost/billing/?card"}}
    card = portal({"type": "payment_method_update", "after_completion": back})
    assert visit(card, {"do": "card", "card": "pm_card_chargeCustomerFail"})[::2] == (
        303,
        back["redirect"]["return_url"],
    )
    payments.advance(months=1, days=1)
    assert ask.subscriptions.retrieve(subscribed.id).status == "past_due"
    assert visit(card, {"do": "card", "card": "pm_card_visa_chargeDeclinedInsufficientFunds"})[0] == 402
    assert visit(card, {"do": "card", "card": "pm_card_visa"})[0] == 303
    assert ask.subscriptions.retrieve(subscribed.id).status == "active"
    item = next(item for item in subscribed["items"].data if item.price.id == shop.pro)
    confirm = {**about, "items": [{"id": item.id, "price": shop.ultimate}]}
    confirmed = portal({"type": "subscription_update_confirm", "subscription_update_confirm": confirm})
    assert "ULTIMATE" in visit(confirmed)[1]
    assert visit(confirmed, {"do": "confirm"})[0] == 200
    choosing = portal({"type": "subscription_update", "subscription_update": about})
    assert visit(choosing, {"do": "switch", "subscription": subscribed.id, "price": shop.pro})[0] == 200
    assert shop.pro in {item.price.id for item in ask.subscriptions.retrieve(subscribed.id)["items"].data}


def test_an_open_invoice_is_paid_on_its_page(ask: Any, subscribed: Any, payments: Payments) -> None:
    payments.next_payments("card_declined")
    payments.advance(months=1, days=1)
    invoice = ask.invoices.list({"subscription": subscribed.id}).data[0]
    assert (invoice.status, len(re.findall("<table>", visit(invoice.hosted_invoice_url)[1]))) == ("open", 1)
    assert visit(invoice.hosted_invoice_url, {"card": "pm_card_chargeCustomerFail"})[0] == 402
    assert visit(invoice.hosted_invoice_url, {"card": "pm_card_visa"})[0] == 303
    assert ask.invoices.retrieve(invoice.id).status == "paid"
    assert visit(invoice.hosted_invoice_url, {"card": "pm_card_visa"})[0] == 402
    assert visit(invoice.invoice_pdf)[1].startswith("%PDF-1.")


def test_the_control_wants_the_key_and_moves_the_clock(ask: Any, subscribed: Any, payments: Payments) -> None:
    assert control(payments, "report", key="sk_test_wrong")[0] == 401
    before = control(payments, "report")[1]["now"]
    status, after = control(payments, "advance", months=1)
    assert (status, 27 < (after["now"] - before) / 86400 < 32) == (200, True)
    assert control(payments, "advance", to=before)[0] == 400
    assert control(payments, "faults", payments=["card_declined"])[1]["faults"]["payments"] == [
        "card_declined"
    ]
    assert control(payments, "faults", payments=["lost_in_the_post"])[0] == 400
    assert control(payments, "faults", storms=3)[0] == 400
    assert control(payments, "nothing")[0] == 404
    assert control(payments, "tell_again", now=1)[1]["waiting"] == 0
    session = ask.checkout.sessions.create(
        {
            "mode": "subscription",
            "customer": subscribed.customer,
            "line_items": [{"price": subscribed["items"].data[0].price.id, "quantity": 1}],
            "success_url": "http://acme.posthub.localhost/",
        }
    )
    assert control(payments, "complete", session=session.id)[0] == 402
    assert control(payments, "complete", session=session.id)[1]["status"] == "active"
