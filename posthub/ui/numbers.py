"""Numbers as the active language writes them: 63 206 in Czech, 63,206 in English."""

from django.utils.formats import number_format
from django.utils.translation import get_language


def grouped(number: int | None) -> str:
    return "" if number is None else number_format(number, use_l10n=True, force_grouping=True)


def percent(number: object) -> str:
    """ "80 %" with a hard space in Czech, "80%" in English."""
    return f"{number}\u00a0%" if get_language() == "cs" else f"{number}%"
