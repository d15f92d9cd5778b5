from __future__ import annotations

import unicodedata
from html import escape

from fpdf import FPDF

from posthub.demo.stripe import paying
from posthub.demo.stripe.errors import Refused
from posthub.demo.stripe.hosted import look
from posthub.demo.stripe.hosted.look import Page, Words
from posthub.demo.stripe.world import Row, World


def show(world: World, words: Words, invoice: Row, *, error: str = "") -> Page:
    currency = invoice["currency"]
    rows = [
        (line["description"], look.money(words, line["amount"], currency))
        for line in invoice["lines"]["data"]
    ]
    due = look.money(words, invoice["amount_due"], currency)
    state = (
        f"{words['issued']} {look.day(words, invoice['created'])} · {words['statuses'][invoice['status']]}"
    )
    pay = ""
    if invoice["status"] == "open":
        pay = look.section(
            words["card"],
            look.post_form(
                look.choices("card", {name: label for name, label in words["cards"].items() if name}),
                look.button(words["pay_invoice"].format(amount=due)),
            ),
        )
    return look.page(
        words,
        f"{words['invoice']} {invoice['number']}",
        look.problem(words, error),
        f'<p class="quiet">{escape(state)}</p>',
        look.section(words["customer"], f'<p class="quiet">{escape(_who(invoice))}</p>'),
        look.section(
            words["invoice"],
            look.table(rows, (words["total"], look.money(words, invoice["total"], currency))),
        ),
        pay,
        look.link(invoice["invoice_pdf"], words["download"]),
        status=402 if error else 200,
    )


def _who(invoice: Row) -> str:
    address = invoice["customer_address"] or {}
    tax = ", ".join(one["value"] for one in invoice["customer_tax_ids"])
    known = (invoice["customer_name"], invoice["customer_email"], *address.values(), tax)
    return ", ".join(part for part in known if part)


def pay(world: World, words: Words, invoice: Row, sent: dict[str, str]) -> Page:
    card = sent.get("card", "")
    try:
        paying.pay_invoice(
            world, invoice, card if card in words["cards"] and card else "pm_card_chargeCustomerFail"
        )
    except Refused as problem:
        return show(world, words, invoice, error=look.code_of(problem.body))
    return look.see(f"/i/{invoice['id']}")


def pdf(words: Words, invoice: Row) -> Page:
    """Plain, in the letters that every reader of PDF has by itself: marks above letters are left out."""
    document = FPDF()
    document.add_page()
    document.set_font("Helvetica", size=11)
    currency = invoice["currency"]
    parts = [(line["description"], line["amount"]) for line in invoice["lines"]["data"]]
    lines = [
        f"{words['stand_in']}: {words['nothing_moves']}",
        f"{words['invoice']} {invoice['number']}, {look.day(words, invoice['created'])}",
        f"{words['customer']}: {_who(invoice)}",
        *(f"{name}: {look.money(words, amount, currency)}" for name, amount in parts),
        f"{words['total']}: {look.money(words, invoice['total'], currency)}",
    ]
    for line in lines:
        document.multi_cell(0, 7, _plain(line), new_x="LMARGIN", new_y="NEXT")
    name = {"Content-Disposition": f'attachment; filename="{invoice["number"]}.pdf"'}
    return Page(200, bytes(document.output()), "application/pdf", name)


def _plain(text: str) -> str:
    spelled = text.replace("€", "EUR").replace("−", "-").replace("\u00a0", " ").replace("×", "x")
    return "".join(sign for sign in unicodedata.normalize("NFD", spelled) if sign.isascii())
