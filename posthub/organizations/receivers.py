"""Whoever signs in for the first time, their address confirmed by then, gets the organization they asked for."""

from typing import Any

from allauth.account.signals import user_logged_in
from django.dispatch import receiver

from posthub.accounts.models import User
from posthub.organizations import operations


@receiver(user_logged_in)
def register_what_was_asked_for(request: Any, user: User, **kwargs: Any) -> None:
    # An organization's host works in that organization's schema; registering belongs to the apex host.
    if request.tenant is None:
        operations.finish_registration(user)
