"""What people do with their own account."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from posthub.accounts.models import Consent, User

# The version of each document as of the day its text last changed.
DOCUMENT_VERSIONS = {Consent.Document.TERMS: "2026-11-22", Consent.Document.PRIVACY: "2026-11-22"}


@transaction.atomic
def accept_documents(user: User) -> None:
    """Record that `user` agreed to the terms and the privacy notice as they read today."""
    for document, version in DOCUMENT_VERSIONS.items():
        Consent.objects.get_or_create(user=user, document=document, version=version)
    user.terms_accepted_at = timezone.now()
    user.save(update_fields=["terms_accepted_at", "updated_at"])


def change_profile(user: User, *, name: str, language: str) -> User:
    user.name, user.language = name, language
    user.save(update_fields=["name", "language", "updated_at"])
    return user


def sign_out_elsewhere(user: User) -> User:
    """No session of the person holds any more. Whoever asks renews the one they ask from."""
    User.objects.filter(pk=user.pk).update(sign_outs=F("sign_outs") + 1)
    user.refresh_from_db(fields=["sign_outs"])
    return user
