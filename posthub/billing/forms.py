from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

PLATFORMS = [
    ("facebook", "Facebook"),
    ("instagram", "Instagram"),
    ("linkedin", "LinkedIn"),
    ("x", "X"),
    ("tiktok", "TikTok"),
]


class NetworksForm(forms.Form):
    """Which networks one posts to; the plan says how many."""

    platforms = forms.MultipleChoiceField(
        label=_("Networks"), choices=PLATFORMS, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, limit: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit = limit

    def clean_platforms(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["platforms"]
        if len(chosen) > self.limit:
            raise forms.ValidationError(
                ngettext(
                    "Your plan has room for %(limit)d network. Choose fewer.",
                    "Your plan has room for %(limit)d networks. Choose fewer.",
                    self.limit,
                )
                % {"limit": self.limit}
            )
        return chosen
