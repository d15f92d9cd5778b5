"""A voice as typed by a person."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posthub.personas.models import Persona

LISTS = {"do": (2, 6), "dont": (2, 6), "topics": (2, 8), "signature_phrases": (0, 6)}  # least and most lines
LINE = 160


class PersonaForm(forms.Form):
    name = forms.CharField(label=_("Name"), min_length=2, max_length=60)
    role_title = forms.CharField(label=_("Who it is"), min_length=2, max_length=80)
    one_line = forms.CharField(label=_("Style in one line"), min_length=5, max_length=140)
    sample = forms.CharField(
        label=_("Sample paragraph"),
        min_length=120,
        max_length=900,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    do = forms.CharField(label=_("What it does, one a line"), widget=forms.Textarea(attrs={"rows": 4}))
    dont = forms.CharField(label=_("What it avoids, one a line"), widget=forms.Textarea(attrs={"rows": 4}))
    topics = forms.CharField(
        label=_("What it writes about, one a line"), widget=forms.Textarea(attrs={"rows": 4})
    )
    signature_phrases = forms.CharField(
        label=_("Phrases it likes, one a line"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    @classmethod
    def of(cls, persona: Persona) -> "PersonaForm":
        own = {name: getattr(persona, name) for name in ("name", "role_title", "one_line", "sample")}
        lists = {name: "\n".join(persona.voice.get(name) or []) for name in LISTS}
        return cls(initial={**own, **lists})

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name, (least, most) in LISTS.items():
            if name not in said:
                continue
            lines = [line.strip()[:LINE] for line in said[name].splitlines() if line.strip()]
            if not least <= len(lines) <= most:
                message = gettext("Between %(least)s and %(most)s lines, please; there are %(count)s.")
                self.add_error(
                    name, ValidationError(message % {"least": least, "most": most, "count": len(lines)})
                )
            said[name] = lines
        return said
