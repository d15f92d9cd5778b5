"""Amounts in the smallest unit of their currency, as people write them."""

from django.utils.formats import number_format
from django.utils.translation import get_language


def money(amount: int, currency: str) -> str:
    """ "1 990 Kč", "CZK 1,990", "79,50 €", "€79.50"; no decimals where there are none."""
    whole = amount % 100 == 0
    number = number_format(
        abs(amount) / 100, decimal_pos=0 if whole else 2, use_l10n=True, force_grouping=True
    )
    sign = "−" if amount < 0 else ""
    if (get_language() or "").startswith("cs"):
        return f"{sign}{number}\u00a0{ {'czk': 'Kč', 'eur': '€'}[currency] }"
    return f"{sign}CZK\u00a0{number}" if currency == "czk" else f"{sign}€{number}"
