"""Text typed about a company turned into typed values, and what is wrong said."""

import re
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from posthub.company.labels import CHOICES, FIELDS, NETWORKS
from posthub.company.models import Company
from posthub.company.points import Point
from posthub.company.register import Entry, RegisterError, register
from posthub.company.register.points import brand_of
from posthub.company.values import entries, known, part_text
from posthub.organizations.models import Organization

LANGUAGES = [("cs", "Čeština"), ("en", "English")]
WEBSITE = re.compile(
    r"(https?://)?[^\s/.:]+(\.[^\s/.:]+)+(:\d{1,5})?(/\S*)?|[^\s/.:]+:\d{2,5}(/\S*)?|https?://[^\s/]+(/\S*)?",
    re.IGNORECASE,
)
NO_NAME = re.compile(r"[<>{}]|\b(?:javascript|vbscript|data):", re.IGNORECASE)
DAYS = WEEKDAYS  # 0 is Monday
ZONES = sorted(
    zone for zone in available_timezones() if zone.startswith(("Europe/", "America/", "Asia/", "UTC"))
)
SPARE_ENTRIES = 2
LONGEST_NAME = 160
MOST_LINES = 60
WHOLE = frozenset({"month", "year", "number"})  # fields of objects that are numbers where they look like one


class CompanyForm(forms.Form):
    """One field for both: what looks like an address is the website, anything else the name.

    `entry` is the number of the company that was chosen in the register, `site` the website beside a name.
    """

    company = forms.CharField(label=_("Company name or website"), max_length=300)
    entry = forms.RegexField(r"^\d{8}$", required=False, widget=forms.HiddenInput)
    site = forms.CharField(label=_("Website"), max_length=300, required=False)
    language = forms.ChoiceField(label=_("Language of your content"), choices=LANGUAGES)

    @classmethod
    def of(cls, company: Company) -> "CompanyForm":
        return cls(initial={"company": company.website or company.name, "language": company.language})

    def clean_company(self) -> str:
        text = _without_password(str(self.cleaned_data["company"]).strip())
        if NO_NAME.search(text):
            raise ValidationError(gettext("This is no name of a company. Write it as customers know it."))
        if len(text) > LONGEST_NAME and not looks_like_website(text):
            raise ValidationError(
                gettext("A company's name has at most %(most)s characters; this has %(count)s.")
                % {"most": LONGEST_NAME, "count": len(text)}
            )
        return text

    def clean_site(self) -> str:
        text = _without_password(str(self.cleaned_data["site"]).strip())
        if text and not looks_like_website(text):
            raise ValidationError(gettext("This is no address of a website. Write it like acme.example."))
        return text

    def clean_entry(self) -> Entry | None:
        """As the register has it now; what the browser sent is only the number."""
        number = str(self.cleaned_data["entry"])
        if not number:
            return None
        try:
            entry = register().by_number(number)
        except RegisterError:
            entry = None
        if entry is None:
            raise ValidationError(
                gettext("The register did not give us this company. Try again, or enter it by hand.")
            )
        return entry

    @property
    def entry_chosen(self) -> Entry | None:
        entry: Entry | None = self.cleaned_data["entry"]
        return entry

    @property
    def website(self) -> str:
        text = str(self.cleaned_data["company"])
        return text if looks_like_website(text) else str(self.cleaned_data["site"])

    @property
    def name(self) -> str:
        if self.entry_chosen:
            return brand_of(self.entry_chosen.name)
        text = str(self.cleaned_data["company"])
        return "" if looks_like_website(text) else text


def _without_password(text: str) -> str:
    if "://" in text and not text.lower().startswith(("http://", "https://")):
        raise ValidationError(gettext("A website begins with http:// or https://."))
    if looks_like_website(text) and urlsplit(text).username:
        raise ValidationError(gettext("Leave the name and password out of the address."))
    return text


def looks_like_website(text: str) -> bool:
    """ "novak.cz", "localhost:8001" and "http://localhost/" do; "Novák s.r.o." and "Alder & Finch" do not."""
    if not WEBSITE.fullmatch(text):
        return False
    if "://" in text:
        return True
    host, _colon, port = text.partition("/")[0].lower().partition(":")
    if port:
        return True
    last = host.rpartition(".")[2]
    return len(last) >= 2 and last.isalpha()


class PointForm(forms.Form):
    """The fields of one point, by the kind of its value.

    `value()` is the typed value, None for nothing; where nothing was typed over, the very value that stood there,
    which a field cannot always show in its own shape.
    """

    def __init__(self, point: Point, *args: Any, current: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.point = point
        self.current = current
        getattr(self, f"_build_{point.kind}")(current)

    def value(self) -> Any:
        said = self._said()
        shown = {self.add_prefix(name): text for name, text in self.initial.items()}
        before = PointForm(self.point, shown, current=self.current, prefix=self.prefix)
        return self.current if before.is_valid() and before._said() == said else said

    def _said(self) -> Any:
        return getattr(self, f"_read_{self.point.kind}", self._read_text)()

    # -- one text ---------------------------------------------------------------------------------
    def _build_text(self, current: Any) -> None:
        self.fields["value"] = forms.CharField(label=_("Value"), max_length=400, required=False)
        self.initial["value"] = current or ""

    def _read_text(self) -> Any:
        return self.cleaned_data["value"].strip() or None

    def _build_url(self, current: Any) -> None:
        self.fields["value"] = forms.URLField(
            label=_("Address"), max_length=300, required=False, assume_scheme="https"
        )
        self.initial["value"] = current or ""

    def _build_date(self, current: Any) -> None:
        self.fields["value"] = forms.RegexField(
            r"^\d{4}(-\d{2}(-\d{2})?)?$",
            label=_("Year, or date as 1998-04-01"),
            required=False,
            error_messages={"invalid": _("Write a year such as 1998, or a date such as 1998-04-01.")},
        )
        self.initial["value"] = current or ""

    # -- lists of texts ---------------------------------------------------------------------------
    def _build_texts(self, current: Any) -> None:
        self.fields["value"] = forms.CharField(
            label=_("One a line"), widget=forms.Textarea(attrs={"rows": 5}), required=False, max_length=8000
        )
        self.initial["value"] = "\n".join(str(entry) for entry in entries(current))

    def _read_texts(self) -> list[str] | None:
        lines = (line.strip() for line in self.cleaned_data["value"].splitlines())
        return list(dict.fromkeys(line for line in lines if line)) or None

    # -- choices ----------------------------------------------------------------------------------
    def _choices(self) -> list[tuple[str, Any]]:
        return [(choice, CHOICES.get(choice, choice)) for choice in self.point.choices]

    def _build_choice(self, current: Any) -> None:
        self.fields["value"] = forms.ChoiceField(
            label=_("Value"), choices=[("", _("not known")), *self._choices()], required=False
        )
        self.initial["value"] = current or ""

    def _build_choices(self, current: Any) -> None:
        self.fields["value"] = forms.MultipleChoiceField(
            label=_("Value"),
            choices=self._choices(),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.initial["value"] = current or []

    def _read_choices(self) -> list[str] | None:
        return list(self.cleaned_data["value"]) or None

    # -- objects ----------------------------------------------------------------------------------
    def _build_object(self, current: Any, prefix: str = "") -> None:
        given = current if isinstance(current, dict) else {}
        for name in self.point.fields:
            self.fields[f"{prefix}{name}"] = _field_of(name)
            self.initial[f"{prefix}{name}"] = part_text(given.get(name) or "")

    def _read_object(self, prefix: str = "") -> dict[str, Any] | None:
        said = {name: _typed(name, self.cleaned_data[f"{prefix}{name}"]) for name in self.point.fields}
        return {name: value for name, value in said.items() if known(value)} or None

    def _build_objects(self, current: Any) -> None:
        given = entries(current)
        asked = 0
        for key in self.data:
            place = key.removeprefix(f"{self.prefix}-").partition("-")[0]
            asked = max(asked, int(place) + 1) if place.isascii() and place.isdigit() else asked
        self.count = min(MOST_LINES, max(len(given) + SPARE_ENTRIES, asked))
        for number in range(self.count):
            self._build_object(given[number] if number < len(given) else None, f"{number}-")

    def _read_objects(self) -> list[dict[str, Any]] | None:
        said = (self._read_object(f"{number}-") for number in range(self.count))
        return [entry for entry in said if entry] or None

    def entries(self) -> list[list[forms.BoundField]]:
        """The fields of a list of objects, entry by entry; empty for other kinds."""
        if self.point.kind != "objects":
            return []
        return [[self[f"{number}-{name}"] for name in self.point.fields] for number in range(self.count)]

    def _build_map(self, current: Any) -> None:
        given = current if isinstance(current, dict) else {}
        for name in [*NETWORKS, *(name for name in given if name not in NETWORKS)]:
            self.fields[name] = forms.URLField(
                label=NETWORKS.get(name, name), max_length=300, required=False, assume_scheme="https"
            )
            self.initial[name] = given.get(name) or ""

    def _read_map(self) -> dict[str, str] | None:
        return {name: url for name, url in self.cleaned_data.items() if url} or None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and self.point.most:
            value = self._said()
            if isinstance(value, list) and len(value) > self.point.most:
                message = gettext("At most %(number)s, please; there are %(count)s.")
                self.add_error("value", message % {"number": self.point.most, "count": len(value)})
        return data


def _field_of(name: str) -> forms.Field:
    label = FIELDS[name]
    if name == "b2b_b2c":
        options = [("", _("not known")), *((key, CHOICES[key]) for key in ("b2b", "b2c", "both"))]
        return forms.ChoiceField(label=label, choices=options, required=False)
    return forms.CharField(label=label, max_length=600 if name in {"desc", "quote"} else 300, required=False)


def _typed(name: str, text: str) -> Any:
    text = text.strip()
    return int(text) if name in WHOLE and text.isascii() and text.isdigit() else text


class RhythmForm(forms.Form):
    """When and where posts go out; at most as many networks as the plan allows."""

    platforms = forms.MultipleChoiceField(
        label=_("Networks"),
        choices=[(key, NETWORKS[key]) for key in ("facebook", "instagram", "linkedin", "x", "tiktok")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one network.")},
    )
    post_days = forms.MultipleChoiceField(
        label=_("Posting days"),
        choices=list(enumerate(DAYS.values(), start=1)),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )
    post_hours = forms.TimeField(label=_("Time of day"), widget=forms.TimeInput(format="%H:%M"))
    zone = forms.ChoiceField(label=_("Time zone"), choices=[(zone, zone.replace("_", " ")) for zone in ZONES])

    def __init__(self, *args: Any, networks: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.networks = networks

    @classmethod
    def of(cls, organization: Organization, *, networks: int) -> "RhythmForm":
        chosen = [name for name in organization.platforms if name in NETWORKS][:networks]
        initial = {
            "platforms": chosen,
            "post_days": organization.post_days.split(","),
            "post_hours": organization.post_hours,
            "zone": organization.zone,
        }
        return cls(initial=initial, networks=networks)

    def clean_platforms(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["platforms"]
        if len(chosen) > self.networks:
            message = ngettext(
                "Your plan has room for %(limit)s network and %(count)s are chosen. Untick one.",
                "Your plan has room for %(limit)s networks and %(count)s are chosen. Untick one.",
                self.networks,
            )
            raise ValidationError(message % {"limit": self.networks, "count": len(chosen)})
        return chosen

    def choices_made(self) -> dict[str, Any]:
        """As the organization keeps them."""
        return {
            "platforms": self.cleaned_data["platforms"],
            "post_days": ",".join(sorted(self.cleaned_data["post_days"])),
            "post_hours": self.cleaned_data["post_hours"].strftime("%H:%M"),
            "zone": self.cleaned_data["zone"],
        }
