from __future__ import annotations

from html import escape

from posthub.demo.stripe import invoicing, paying, subscribing
from posthub.demo.stripe.errors import Refused
from posthub.demo.stripe.hosted import look
from posthub.demo.stripe.hosted.look import Page, Words
from posthub.demo.stripe.periods import Wanted
from posthub.demo.stripe.resources.subscriptions import changed_items, end_with_period
from posthub.demo.stripe.world import Row, World


def show(world: World, words: Words, session: Row, *, error: str = "", done: bool = False) -> Page:
    customer = world.find("customer", session["customer"])
    flow = (session["flow"] or {}).get("type", "")
    parts = [
        f'<p class="done" role="status">{escape(words["saved"])}</p>' if done else "",
        look.problem(words, error),
    ]
    live = [
        row
        for row in world.of("subscription", customer=customer["id"])
        if row["status"] not in subscribing.OVER
    ]
    if flow.startswith("subscription"):
        parts.append(_flow(world, words, session, flow))
    elif flow != "payment_method_update":
        parts += [_subscription(world, words, row) for row in live]
    if flow in ("", "payment_method_update"):
        parts.append(_cards(world, words, customer, live))
    if not flow:
        parts.append(_invoices(world, words, customer))
    parts.append(look.link(session["return_url"], words["return"]))
    return look.page(words, words["portal"], *parts, status=402 if error else 200)


def _flow(world: World, words: Words, session: Row, flow: str) -> str:
    about = session["flow"][flow]
    subscription = world.find("subscription", about["subscription"])
    if flow == "subscription_cancel":
        return _cancelling(world, words, subscription)
    if flow == "subscription_update":
        return _choosing(world, words, subscription)
    wanted = changed_items(world, subscription, about["items"])
    rows = [_row(words, world, one) for one in wanted]
    return look.section(
        words["update_plan"],
        look.post_form(look.table(rows), look.button(words["confirm_update"], name="do", value="confirm")),
    )


def _row(words: Words, world: World, one: Wanted) -> tuple[str, str]:
    product = world.find("product", one.price["product"])
    per = words["per"][one.price["recurring"]["interval"]]
    return (
        f"{one.quantity} × {product['name']}",
        f"{look.money(words, one.cost, one.price['currency'])} {per}",
    )


def _subscription(world: World, words: Words, subscription: Row) -> str:
    rows = [_row(words, world, one) for one in subscribing.held(world, subscription)]
    end = look.day(words, subscribing.period_of(world, subscription)[1])
    ending = subscription["cancel_at_period_end"]
    when = (
        words["ends"]
        if ending
        else words["tested_until"]
        if subscription["status"] == "trialing"
        else words["renews"]
    )
    state = f"{words['sub_statuses'][subscription['status']]}, {when.format(day=end)}"
    act = "resume" if ending else "ask_cancel"
    return look.section(
        words["current"],
        look.table(rows),
        f'<p class="quiet">{escape(state)}</p>',
        look.post_form(
            f'<input type="hidden" name="subscription" value="{subscription["id"]}">',
            look.button(
                words["resume"] if ending else words["cancel_plan"], name="do", value=act, plain=True
            ),
        ),
    )


def _cancelling(world: World, words: Words, subscription: Row) -> str:
    end = look.day(words, subscribing.period_of(world, subscription)[1])
    return look.section(
        words["cancel_plan"],
        f"<p>{escape(words['cancel_question'].format(day=end))}</p>",
        look.post_form(
            f'<input type="hidden" name="subscription" value="{subscription["id"]}">',
            look.button(words["confirm_cancel"], name="do", value="cancel"),
        ),
    )


def _choosing(world: World, words: Words, subscription: Row) -> str:
    """One of the other prices of the same length and currency in place of the first item's."""
    held = subscribing.held(world, subscription)
    recurring, currency = held[0].price["recurring"], held[0].price["currency"]
    options = {
        price["id"]: " · ".join(_row(words, world, Wanted("", price, 1, {})))
        for price in world.of("price", active=True, currency=currency, recurring=recurring)
        if price["id"] not in {one.price["id"] for one in held}
    }
    if not options:
        return ""
    return look.section(
        words["update_plan"],
        look.post_form(
            f'<input type="hidden" name="subscription" value="{subscription["id"]}">',
            look.choices("price", options),
            look.button(words["confirm_update"], name="do", value="switch"),
        ),
    )


def _cards(world: World, words: Words, customer: Row, live: list[Row]) -> str:
    method = invoicing.method_of(world, live[0] if live else None, customer)
    card = method and method["card"]
    said = f"{card['brand'].capitalize()} •••• {card['last4']}" if card else words["no_card"]
    offered = f"<legend>{escape(words['new_card'])}</legend>{look.choices('card', words['new_cards'])}"
    return look.section(
        words["payment_method"],
        f'<p class="quiet">{escape(said)}</p>',
        look.post_form(
            f"<fieldset>{offered}</fieldset>",
            look.button(words["save_card"], name="do", value="card"),
        ),
    )


def _invoices(world: World, words: Words, customer: Row) -> str:
    rows = "".join(
        f'<tr><td><a href="/i/{row["id"]}">{escape(row["number"])}</a> · '
        f"{escape(words['statuses'][row['status']])}</td>"
        f"<td>{escape(look.money(words, row['total'], row['currency']))}</td></tr>"
        for row in reversed(world.of("invoice", customer=customer["id"]))
        if row["number"]
    )
    return look.section(words["invoices"], f"<table><tbody>{rows}</tbody></table>") if rows else ""


def act(world: World, words: Words, session: Row, sent: dict[str, str]) -> Page:
    if sent.get("do") == "ask_cancel":
        subscription = _own(world, session, sent)
        return look.page(words, words["portal"], _cancelling(world, words, subscription))
    try:
        _do(world, session, sent)
    except Refused as problem:
        return show(world, words, session, error=look.code_of(problem.body))
    after = ((session["flow"] or {}).get("after_completion") or {}).get("redirect")
    if after:
        return look.see(after["return_url"])
    if session["flow"]:
        done = f'<p class="done" role="status">{escape(words["saved"])}</p>'
        return look.page(words, words["done"], done, look.link(session["return_url"], words["return"]))
    return look.see(f"/p/session/{session['_page_token']}?done")


def _own(world: World, session: Row, sent: dict[str, str]) -> Row:
    subscription = world.find("subscription", sent.get("subscription", ""), param="subscription")
    if subscription["customer"] != session["customer"]:
        return world.find("subscription", "", param="subscription")
    return subscription


def _do(world: World, session: Row, sent: dict[str, str]) -> None:
    verb = sent.get("do")
    if verb == "card":
        paying.replace_card(world, world.find("customer", session["customer"]), sent.get("card", ""))
    elif verb in ("cancel", "resume"):
        subscription = _own(world, session, sent)
        with world.changing(subscription, "customer.subscription.updated"):
            end_with_period(world, subscription, verb == "cancel")
    elif verb == "confirm":
        about = session["flow"]["subscription_update_confirm"]
        _change(world, world.find("subscription", about["subscription"]), about["items"])
    elif verb == "switch":
        subscription = _own(world, session, sent)
        first = world.items_of(subscription)[0]
        _change(world, subscription, [{"id": first["id"], "price": sent.get("price", "")}])


def _change(world: World, subscription: Row, items: list[Row]) -> None:
    wanted = changed_items(world, subscription, items)
    with world.changing(subscription, "customer.subscription.updated"):
        subscribing.change(
            world, subscription, wanted, proration="always_invoice", payment="error_if_incomplete"
        )
