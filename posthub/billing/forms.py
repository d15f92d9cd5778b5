import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from posthub.billing.models import BillingDetails, ExitSurvey, Reason
from posthub.billing.queries import NETWORKS

COUNTRIES = [
    ("CZ", _("Czechia")),
    ("SK", _("Slovakia")),
    ("DE", _("Germany")),
    ("AT", _("Austria")),
    ("PL", _("Poland")),
    ("GB", _("United Kingdom")),
    ("IE", _("Ireland")),
]


class NetworksForm(forms.Form):
    """Which networks one posts to; the plan says how many."""

    platforms = forms.MultipleChoiceField(
        label=_("Networks"), choices=list(NETWORKS.items()), widget=forms.CheckboxSelectMultiple
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


class DetailsForm(forms.ModelForm):
    """What a Czech invoice has to say about its buyer."""

    class Meta:
        model = BillingDetails
        fields = ["name", "street", "city", "postcode", "country", "company_number", "vat_number", "email"]
        widgets = {"country": forms.Select(choices=COUNTRIES)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "street", "city", "postcode", "email"):
            self.fields[name].required = True

    def clean_company_number(self) -> str:
        """Czech and Slovak numbers are checked alike; other countries have their own."""
        number = self.cleaned_data["company_number"].strip()
        if self.cleaned_data.get("country") not in {"CZ", "SK"}:
            return str(number)
        number = re.sub(r"\s", "", number)
        if number and not is_company_number(number):
            raise forms.ValidationError(
                _("This is no company number (IČO): eight digits, the last one checks them.")
            )
        return number

    def clean_vat_number(self) -> str:
        number = re.sub(r"[\s.-]", "", self.cleaned_data["vat_number"]).upper()
        shape = r"CZ\d{8,10}" if number.startswith("CZ") else r"[A-Z]{2}[A-Z0-9]{2,12}"
        if number and not re.fullmatch(shape, number, re.ASCII):
            raise forms.ValidationError(
                _("This is no VAT number (DIČ): it begins with the country, like CZ12345678.")
            )
        return number


def is_company_number(number: str) -> bool:
    """Eight digits, of which the last is computed from the others; shorter ones are meant with zeros before them."""
    if not re.fullmatch(r"\d{1,8}", number, re.ASCII):
        return False
    digits = [int(digit) for digit in number.zfill(8)]
    rest = sum(weight * digit for weight, digit in zip(range(8, 1, -1), digits, strict=False)) % 11
    return digits[7] == (11 - rest) % 10


class SurveyForm(forms.ModelForm):
    """Why somebody leaves."""

    reason = forms.ChoiceField(label=_("Why are you leaving?"), choices=Reason, widget=forms.RadioSelect)

    class Meta:
        model = ExitSurvey
        fields = ["reason", "comment"]
        widgets = {"comment": forms.Textarea(attrs={"rows": 4})}
