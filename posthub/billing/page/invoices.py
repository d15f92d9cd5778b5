"""The newest bills, as the table shows them."""

from typing import Any

from django.utils.translation import gettext as _

from posthub.billing.models import Invoice
from posthub.billing.money import money
from posthub.billing.page.words import day
from posthub.organizations.models import Organization

SHOWN = 12


def invoices_of(organization: Organization) -> list[dict[str, Any]]:
    shown = []
    for invoice in Invoice.objects.filter(organization=organization).exclude(status="draft")[:SHOWN]:
        kind, words = _in_words(invoice)
        shown.append({
            "number": invoice.number or invoice.stripe_id,
            "day": day(invoice.issued_at, organization),
            "kind": kind,
            "state": words,
            "amount": money(invoice.total, invoice.currency),
            "pdf": invoice.pdf_url,
            "pay": invoice.hosted_url if invoice.status == "open" else "",
        })  # fmt: skip
    return shown


def _in_words(invoice: Invoice) -> tuple[str, str]:
    if invoice.status == "paid":
        again = invoice.attempts > 1
        return "ok", _("Paid after another attempt") if again else _("Paid")
    if invoice.status == "open":
        return "bad", _("Not paid yet")
    return "neutral", _("Void") if invoice.status == "void" else _("Given up")
