from __future__ import annotations

from html import escape

from posthub.demo.stripe import paying
from posthub.demo.stripe.errors import Refused
from posthub.demo.stripe.hosted import look
from posthub.demo.stripe.hosted.look import Page, Words
from posthub.demo.stripe.routes import lines_of_session
from posthub.demo.stripe.world import Row, World

ADDRESS = ("line1", "city", "postal_code", "country")


def show(
    world: World, words: Words, session: Row, *, error: str = "", filled: dict[str, str] | None = None
) -> Page:
    if session["status"] != "open":
        return look.page(words, words["gone"], f"<p>{escape(words['gone_why'])}</p>", status=404)
    currency = session["currency"]
    lines = lines_of_session(world, session)
    due = look.money(words, session["amount_total"], currency)
    per = words["per"][lines[0]["price"]["recurring"]["interval"]]
    rows = [
        (
            f"{line['quantity']} × {line['description']}",
            f"{look.money(words, line['amount_total'], currency)} {per}",
        )
        for line in lines
    ]
    trial = session["_subscription"].get("trial_period_days")
    pays = words["pay"].format(amount=due) if session["amount_total"] else words["start"]
    cards = {name: label for name, label in words["cards"].items() if name or not paying.needs_card(session)}
    offered = f"<legend>{escape(words['card'])}</legend>{look.choices('card', cards)}"
    return look.page(
        words,
        words["checkout"],
        look.problem(words, error),
        look.section(
            words["subscribe_to"],
            f'<p class="quiet">{escape(words["trial_days"].format(days=trial))}</p>' if trial else "",
            look.table(rows, (words["due_today"], due)),
        ),
        look.post_form(
            look.section(words["who_pays"], *_fields(world, words, session, filled or {})),
            f"<section><fieldset>{offered}</fieldset></section>",
            look.button(pays),
        ),
        look.link(session["cancel_url"], words["back"]),
        status=402 if error else 200,
    )


def _fields(world: World, words: Words, session: Row, filled: dict[str, str]) -> list[str]:
    customer = world.find("customer", session["customer"])
    address = customer.get("address") or {}
    fields = [
        f'<p class="quiet">{escape(customer["email"] or "")}</p>',
        look.text_input("name", words["name"], filled.get("name") or customer.get("name")),
    ]
    if (
        session["billing_address_collection"] == "required"
        or session["_customer_update"].get("address") == "auto"
    ):
        fields += [
            look.text_input(
                name,
                words[name],
                filled.get(name) or address.get(name) or ("CZ" if name == "country" else ""),
            )
            for name in ADDRESS
        ]
    if session["tax_id_collection"]["enabled"]:
        fields.append(look.text_input("vat_id", words["vat_id"], filled.get("vat_id")))
    return fields


def pay(world: World, words: Words, session: Row, sent: dict[str, str]) -> Page:
    if session["status"] == "complete":
        # Pressed twice, or back and again: it was done.
        return look.see(paying.success_url(session))
    if session["status"] != "open":
        return show(world, words, session)
    card = sent.get("card", "")
    if card and card not in words["cards"]:
        card = "pm_card_chargeCustomerFail"
    try:
        paying.complete(world, session, card, {name: value.strip() for name, value in sent.items()})
    except Refused as problem:
        return show(world, words, session, error=look.code_of(problem.body), filled=sent)
    return look.see(paying.success_url(session))
