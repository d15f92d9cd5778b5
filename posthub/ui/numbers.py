"""Numbers as the active language writes them: 63 206 in Czech, 63,206 in English."""

from django.utils.formats import number_format


def grouped(number: int | None) -> str:
    return "" if number is None else number_format(number, use_l10n=True, force_grouping=True)
