"""What a password has to be, said in both languages: Django's own Czech lacks this sentence."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return ngettext(
            "This password is too short. Give it at least %(count)s character.",
            "This password is too short. Give it at least %(count)s characters.",
            self.min_length,
        ) % {"count": self.min_length}
