"""A day and a clock time, as the organization's clocks show them."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from posthub.core.days import DayField


class MoveForm(forms.Form):
    version = forms.CharField(widget=forms.HiddenInput)
    date = DayField(label=_("Day"))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}))

    @property
    def wall(self) -> datetime.datetime:
        """The time people meant, without a zone."""
        return datetime.datetime.combine(self.cleaned_data["date"], self.cleaned_data["time"])


class MoveDayForm(forms.Form):
    """All that a topic has on the day `on`, or only its post `post`; without a time each keeps its own."""

    topic = forms.UUIDField(widget=forms.HiddenInput)
    on = DayField(widget=forms.HiddenInput)
    version = forms.CharField(widget=forms.HiddenInput)
    post = forms.UUIDField(widget=forms.HiddenInput, required=False)
    date = DayField(label=_("New day"))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}), required=False)
