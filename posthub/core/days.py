"""Days and months that people, and addresses, name: those of this century, which every calendar here can show."""

import datetime
import re
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

FIRST, LAST = datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)


def is_month(text: str) -> bool:
    """ "2026-12"."""
    return bool(MONTH.fullmatch(text))


def day_in(text: str) -> datetime.date | None:
    """The day that "2026-12-24" names; None for what is no day, or one that no calendar here shows."""
    try:
        day = datetime.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day is not None and FIRST <= day <= LAST else None


class DayField(forms.DateField):
    """A day that a calendar here can show; reckoning with the others would break."""

    widget = forms.DateInput(attrs={"type": "date"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        said = _("Choose a day of this century.")
        self.validators += [MinValueValidator(FIRST, said), MaxValueValidator(LAST, said)]
