"""What people say about an organization, and what is wrong with it."""

import datetime
import re
from functools import cache
from typing import Any, cast
from zoneinfo import available_timezones

from allauth.account.forms import SignupForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from posthub.accounts.models import User
from posthub.core.collation import alphabetical
from posthub.core.days import DayField
from posthub.organizations import mails
from posthub.organizations.models import MAIL_HOURS, Membership, Organization, ReviewMail
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


# What each page of the settings changes. `platforms` are not here: how many there may be is the plan's business.
PARTS = {
    "organization": ("name", "post_days", "post_hours"),
    "language": ("language", "country", "zone"),
    "approving": (
        "staff_stage", "staff_quorum", "client_quorum", "own_words", "block_unverified", "fallback",
    ),
    "notifications": ("review_mail", "review_hour", "quiet_from", "quiet_to"),
}  # fmt: skip


class SettingsForm(forms.ModelForm):
    """One part of an organization's settings."""

    post_days = forms.MultipleChoiceField(
        label=_("Posting days"),
        choices=DAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
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
        fields = [name for names in PARTS.values() for name in names]
        help_texts = {
            "language": _("What screens and mails speak to people who chose no language of their own."),
            "block_unverified": _(
                "A text with a claim that nobody can trace waits until the claim is cut or proved."
            ),
            "quiet_to": _(
                "Mails about what waits, and reminders, are sent when they end. The same hour twice: never quiet."
            ),
            "fallback": _("Decided an hour before the slot. What the checks stop never goes out by itself."),
        }

    def __init__(self, *args: Any, part: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(PARTS[part]):
            del self.fields[name]
        if "zone" in self.fields:
            self.fields["zone"].choices = [(zone, zone.replace("_", " ")) for zone in zones()]  # type: ignore[attr-defined]
        for name in {"fallback", "quiet_from", "quiet_to"} & set(self.fields):
            self.fields[name].required = False  # they stay as they are where a form has none
        self.initial["post_days"] = self.instance.post_days.split(",")
        self.initial["post_hours"] = self.instance.post_hours.replace(",", ", ")

    def clean_fallback(self) -> str:
        return str(self.cleaned_data["fallback"] or self.instance.fallback)

    def clean_quiet_from(self) -> int:
        return self._hour("quiet_from")

    def clean_quiet_to(self) -> int:
        return self._hour("quiet_to")

    def _hour(self, name: str) -> int:
        said = self.cleaned_data[name]
        return int(getattr(self.instance, name) if said in {"", None} else said)

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


class MembershipForm(forms.ModelForm):
    """What one member decides, and which mails they get about it. `today` is the organization's."""

    away_until = DayField(
        label=_("Away until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("That day included. Empty for nobody is away."),
    )

    class Meta:
        model = Membership
        fields = ["approves", "away_until", "stands_in", "review_mail", "review_hour"]
        help_texts = {"approves": _("Otherwise they read and comment, and somebody else decides.")}

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        others = User.objects.filter(memberships__organization=self.instance.organization_id, is_active=True)
        stands_in = cast("forms.ModelChoiceField[User]", self.fields["stands_in"])
        stands_in.queryset = others.exclude(pk=self.instance.user_id).order_by(alphabetical("name"), "email")
        stands_in.empty_label = _("Nobody: it waits")
        mail, hour = (
            cast(forms.TypedChoiceField, self.fields[name]) for name in ("review_mail", "review_hour")
        )
        mail.choices = [("", _("As the organization has set")), *ReviewMail.choices]
        hour.choices = [("", _("The organization's hour")), *MAIL_HOURS]

    def clean_away_until(self) -> datetime.date | None:
        until: datetime.date | None = self.cleaned_data["away_until"]
        if until is not None and until < self._today:
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return until


class MailsForm(forms.Form):
    """The matrix of one member: each kind of mail, and how often it may come."""

    review_hour = forms.TypedChoiceField(
        label=_("At this hour"),
        choices=[("", _("The organization's hour")), *MAIL_HOURS],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        # The organization's own form stands on the same page.
        super().__init__(*args, **{"auto_id": "own_%s", **kwargs})
        chosen = {**membership.mails, mails.REVIEW: membership.review_mail}
        for kind in mails.KINDS:
            self.fields[kind.name] = forms.ChoiceField(
                label=str(kind.label),
                choices=[(often.value, often.label) for often in kind.choices],
                initial=chosen.get(kind.name, kind.choices[0].value),
                required=kind.choices[0] != mails.Often.AS_ALL,
            )
        self.fields["review_hour"].initial = membership.review_hour

    def rows(self) -> list[tuple[mails.Kind, list[tuple[mails.Often, bool]]]]:
        """Each kind with what can be chosen of it, and whether it is."""
        return [
            (kind, [(often, self[kind.name].value() == often) for often in kind.choices])
            for kind in mails.KINDS
        ]

    def chosen(self) -> dict[str, Any]:
        """As a membership keeps it."""
        said = self.cleaned_data
        others = {kind.name: said[kind.name] for kind in mails.KINDS if kind.name != mails.REVIEW}
        return {"review_mail": said[mails.REVIEW], "review_hour": said["review_hour"], "mails": others}


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
