"""What people say about themselves."""

from django import forms
from django.utils.translation import get_language

from posthub.accounts.models import User
from posthub.accounts.policies import is_staff_member


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "language", "morning_mail"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in ("name", "language"):
            self.fields[name].required = True
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = [choice for choice in User._meta.get_field("language").choices or () if choice[0]]
        if not self.instance.language:
            self.initial["language"] = get_language()
        if not is_staff_member(self.instance):
            del self.fields["morning_mail"]
