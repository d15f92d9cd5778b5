"""What people do with their own account."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone, translation

from posthub.accounts import mail
from posthub.accounts.devices import device_in_words
from posthub.accounts.models import Consent, SignIn, User
from posthub.core.tenancy import base_url

# So long a device is known after its last session; of a session that is over nothing is kept but the device.
DEVICE_KNOWN = timedelta(days=180)
# The version of each document as of the day its text last changed.
DOCUMENT_VERSIONS = {Consent.Document.TERMS: "2026-11-22", Consent.Document.PRIVACY: "2026-11-22"}


@transaction.atomic
def accept_documents(user: User) -> None:
    """Record that `user` agreed to the terms and the privacy notice as they read today."""
    for document, version in DOCUMENT_VERSIONS.items():
        Consent.objects.get_or_create(user=user, document=document, version=version)
    user.terms_accepted_at = timezone.now()
    user.save(update_fields=["terms_accepted_at", "updated_at"])


def change_profile(user: User, *, name: str, language: str, morning_mail: bool | None = None) -> User:
    """`morning_mail` is asked of staff only; None leaves it as it is."""
    user.name, user.language = name, language
    if morning_mail is not None:
        user.morning_mail = morning_mail
    user.save(update_fields=["name", "language", "morning_mail", "updated_at"])
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


def warn_of_new_device(user: User, *, agent: str) -> None:
    """A mail to whoever has signed in before, and never from such a device. It holds nobody up who signs in."""
    agents = set(SignIn.objects.filter(user=user).values_list("agent", flat=True))
    if not agents or device_in_words(agent) in {device_in_words(known) for known in agents}:
        return
    language = user.language or translation.get_language() or "en"
    with translation.override(language):
        context = {
            "device": device_in_words(agent),
            "at": timezone.now(),
            "zone": timezone.get_current_timezone_name(),
            "action_url": f"{base_url()}/profile/",
        }
    mail.send_after_commit("new_device", to=user.email, language=language, context=context)


@transaction.atomic
def end_sign_in(sign_in: SignIn) -> None:
    """The session is none from this moment on; whoever holds its cookie is asked to sign in."""
    Session.objects.filter(session_key=sign_in.session_key).delete()
    sign_in.delete()


@transaction.atomic
def purge_sign_ins() -> None:
    """Sessions that have run out, and what was noted of sessions that are none any more, but for the device."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    live = Session.objects.filter(session_key=OuterRef("session_key"))
    over = SignIn.objects.filter(~Exists(live))
    over.filter(used_at__lt=now - DEVICE_KNOWN).delete()
    over.exclude(ip=None, host="").update(ip=None, host="")
