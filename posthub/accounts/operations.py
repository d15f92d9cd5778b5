"""What people do with their own account."""

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from posthub.accounts.models import Consent, SignIn, User

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


def note_sign_in(user: User, *, session_key: str, host: str, agent: str, ip: str | None) -> None:
    """That this session is in use; one statement, whether it was known or not."""
    row = SignIn(
        user=user,
        session_key=session_key,
        standing=user.get_session_auth_hash(),
        host=host.partition(":")[0][:253],
        agent=agent[:300],
        ip=ip,
        used_at=timezone.now(),
    )
    SignIn.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["session_key"],
        update_fields=["user", "standing", "host", "agent", "ip", "used_at", "updated_at"],
    )


@transaction.atomic
def end_sign_in(sign_in: SignIn) -> None:
    """The session is none from this moment on; whoever holds its cookie is asked to sign in."""
    Session.objects.filter(session_key=sign_in.session_key).delete()
    sign_in.delete()


@transaction.atomic
def purge_sign_ins() -> None:
    """Sessions that have run out, and what was noted of sessions that are none any more."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    live = Session.objects.filter(session_key=OuterRef("session_key"))
    SignIn.objects.filter(~Exists(live)).delete()
