"""What staff type about AI: a key that is never shown again, and a prompt that has to be sound."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posthub.ai import gateway, overrides
from posthub.ai.models import PromptOverride, ProviderAccount, ProviderName
from posthub.ai.prompts import LANGUAGES, PromptError, in_language
from posthub.ai.vault import seal


class AccountForm(forms.ModelForm):
    key = forms.CharField(
        label=_("key"),
        required=False,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Kept encrypted and never shown again. Empty: the key stays as it is."),
    )

    base_url = forms.URLField(
        label=_("address"),
        required=False,
        assume_scheme="https",
        help_text=_("Empty: as in the settings."),
    )

    class Meta:
        model = ProviderAccount
        fields = ["provider", "organization", "base_url", "answers", "enabled"]

    def save(self, commit: bool = True) -> Any:
        if key := self.cleaned_data["key"]:
            self.instance.sealed_key = seal(key)
        return super().save(commit)


class OwnKeyForm(forms.Form):
    """An organization's own key. Where the provider is, staff say: no client sends PostHub to an address."""

    provider = forms.ChoiceField(
        label=_("Provider"),
        choices=[(one.value, one.label) for one in (ProviderName.GEMINI, ProviderName.PERPLEXITY)],
    )
    key = forms.RegexField(
        r"^[!-~]+$",
        label=_("Key"),
        min_length=16,
        max_length=300,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Kept encrypted. Nobody is shown it again, not even you."),
        error_messages={
            "invalid": _(
                "This is no key: it has no spaces and only plain letters, digits and signs. Copy it again."
            )
        },
    )


NAMES = tuple(
    in_language(name, language)
    for name in (*gateway.PROMPTS.values(), *gateway.MEDIA_PROMPTS.values())
    for language in LANGUAGES
)


class PromptForm(forms.ModelForm):
    name = forms.ChoiceField(
        label=_("prompt"),
        choices=[(name, name) for name in NAMES],
    )

    class Meta:
        model = PromptOverride
        fields = ["name", "body", "note"]
        widgets = {"body": forms.Textarea(attrs={"rows": 40, "cols": 120, "spellcheck": "false"})}
        help_texts = {"body": _("Empty: the prompt's file counts again.")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("name") and cleaned.get("body"):
            try:
                overrides.refuse_unsound(cleaned["name"], cleaned["body"])
            except PromptError as problem:
                self.add_error("body", str(problem))
        return cleaned
