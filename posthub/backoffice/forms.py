from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from posthub.accounts.models import User
from posthub.core.collation import alphabetical
from posthub.organizations.models import Organization


class AssignForm(forms.Form):
    """Which client goes to whom, among those that are the asker's to give."""

    organization = forms.ModelChoiceField(label=_("Client"), queryset=Organization.objects.none())
    marketer = forms.ModelChoiceField(label=_("Marketer"), queryset=User.objects.none())

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], marketers: QuerySet[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations.order_by(alphabetical("name"))  # type: ignore[attr-defined]
        self.fields["marketer"].queryset = marketers.order_by(alphabetical("name"))  # type: ignore[attr-defined]
