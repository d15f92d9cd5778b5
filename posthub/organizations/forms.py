"""What people say about an organization, and what is wrong with it."""

import re
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import SignupForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from posthub.accounts.models import User
from posthub.organizations.models import Organization
from posthub.organizations.operations import free_labels, label_problem

DAYS = [
    ("1", _("Monday")),
    ("2", _("Tuesday")),
    ("3", _("Wednesday")),
    ("4", _("Thursday")),
    ("5", _("Friday")),
    ("6", _("Saturday")),
    ("7", _("Sunday")),
]
COUNTRIES = [
    ("AT", _("Austria")),
    ("CZ", _("Czechia")),
    ("DE", _("Germany")),
    ("GB", _("United Kingdom")),
    ("HU", _("Hungary")),
    ("IE", _("Ireland")),
    ("PL", _("Poland")),
    ("SK", _("Slovakia")),
    ("US", _("United States")),
]
REGIONS = ("Europe/", "America/", "Asia/", "Africa/", "Atlantic/", "Australia/", "Pacific/")
TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class AddressFields(forms.Form):
    """An organization's name and its address; an address left empty is made from the name."""

    name = forms.CharField(
        label=_("Organization name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    label = forms.CharField(
        label=_("Your address"),
        required=False,
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()

    def clean_label(self) -> str:
        return clean_label(self)


def clean_label(form: forms.Form) -> str:
    """What was typed, or picked among the suggestions (`pick`), or made from the name."""
    label = (form.data.get("pick") or form.cleaned_data["label"]).strip().lower()
    label = label.removesuffix(f".{settings.BASE_HOST}")
    if not label:
        return (free_labels(form.cleaned_data.get("name", "")) or [""])[0]
    if problem := label_problem(label):
        raise forms.ValidationError(problem)
    return str(label)


class RegisterForm(SignupForm):  # type: ignore[misc]
    """Sign-up of a person together with their organization."""

    name = AddressFields.base_fields["name"]
    label = AddressFields.base_fields["label"]
    language = AddressFields.base_fields["language"]
    terms = forms.BooleanField(
        label=_("I agree to the terms of service"),
        error_messages={"required": _("To go on, agree to the terms of service.")},
    )
    privacy = forms.BooleanField(
        label=_("I have read the privacy notice"),
        error_messages={"required": _("To go on, confirm that you have read the privacy notice.")},
    )
    field_order = ["email", "password1", "name", "label", "language", "terms", "privacy"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Work e-mail")
        self.fields["password1"].label = _("Password")
        self.fields["password1"].help_text = _("At least 10 characters.")
        self.fields["language"].initial = get_language()

    def clean_label(self) -> str:
        return clean_label(self)

    def save(self, request: Any) -> User:
        """The person speaks the language they chose from the first mail on."""
        user: User = super().save(request)
        user.language = self.cleaned_data["language"]
        user.save(update_fields=["language"])
        return user


class SettingsForm(forms.ModelForm):
    """`platforms` are not here: how many there may be is the plan's business (posthub.billing)."""

    post_days = forms.MultipleChoiceField(
        label=_("Posting days"), choices=DAYS, widget=forms.CheckboxSelectMultiple
    )
    post_hours = forms.CharField(
        label=_("Posting times"), max_length=60, help_text=_("One or more, such as 09:00, 15:30.")
    )
    zone = forms.ChoiceField(label=_("Time zone"))
    country = forms.ChoiceField(
        label=_("Country"), choices=COUNTRIES, help_text=_("Its holidays appear in your calendar.")
    )

    class Meta:
        model = Organization
        fields = [
            "name",
            "language",
            "country",
            "zone",
            "post_days",
            "post_hours",
            "staff_stage",
            "block_unverified",
            "staff_quorum",
            "client_quorum",
            "own_words",
            "review_mail",
            "review_hour",
        ]
        help_texts = {
            "block_unverified": _(
                "A text with a claim that nobody can trace waits until the claim is cut or proved."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [(zone, zone.replace("_", " ")) for zone in zones()]  # type: ignore[attr-defined]
        self.initial["post_days"] = self.instance.post_days.split(",")
        self.initial["post_hours"] = self.instance.post_hours.replace(",", ", ")

    def clean_post_days(self) -> str:
        return ",".join(sorted(self.cleaned_data["post_days"]))

    def clean_post_hours(self) -> str:
        given = [part.strip() for part in self.cleaned_data["post_hours"].split(",") if part.strip()]
        if not given or not all(TIME.fullmatch(part) for part in given):
            raise forms.ValidationError(_("Write times as 09:00, with commas between them."))
        return ",".join(sorted({part.zfill(5) for part in given}))


@cache
def zones() -> list[str]:
    return sorted(zone for zone in available_timezones() if zone.startswith(REGIONS))


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off", "autocapitalize": "none"})
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class JoinForm(forms.Form):
    """A new person who came by an invitation: the address is known, the rest is asked for."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters."),
    )
    terms = RegisterForm.base_fields["terms"]
    privacy = RegisterForm.base_fields["privacy"]

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self._email))
        return password
