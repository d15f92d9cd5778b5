"""Whoever signs in is noted with where and from what, so that they can end that one session from another."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from posthub.accounts import operations
from posthub.accounts.models import User
from posthub.accounts.noting import note


@receiver(user_logged_in)
def note_who_signs_in(request: Any, user: User, **kwargs: Any) -> None:
    operations.warn_of_new_device(user, agent=str(request.META.get("HTTP_USER_AGENT", "")))
    note(request, user)
