"""Mails about one's account. allauth sends them; the templates are ours."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posthub.accounts.mail import Letter, declare
from posthub.core.tenancy import base_url

ACCOUNT = {
    "email_confirmation_signup": _("To somebody who registers: the code that confirms the address."),
    "email_confirmation": _("To somebody who adds an address: the code that confirms it."),
    "account_already_exists": _("To somebody who registers although there is an account."),
    "login_code": _("To somebody who signs in by a code from a mail."),
    "unknown_account": _("To an address without an account that asked for a code or a new password."),
    "password_reset_key": _("To somebody who forgot the password: the link to a new one."),
    "password_reset": _("After a new password was set through the link."),
    "password_changed": _("After the password was changed."),
    "password_set": _("After an account without a password got one."),
    "email_confirm": _("After an address was confirmed."),
    "email_changed": _("After the address was changed."),
    "email_deleted": _("After an address was removed."),
}
SECOND_STEP = {
    "totp_activated": _("After an authenticator app was added."),
    "totp_deactivated": _("After the authenticator app was removed."),
    "recovery_codes_generated": _("After new recovery codes were made."),
    "webauthn_added": _("After a passkey was added."),
    "webauthn_removed": _("After a passkey was removed."),
}


def said() -> dict[str, Any]:
    return {
        "code": "482915",
        "host_url": base_url(),
        "signup_url": f"{base_url()}/register/",
        "password_reset_url": f"{base_url()}/accounts/password/reset/",
        "from_email": "tereza@podhorka.example",
        "to_email": "tereza.hanakova@podhorka.example",
        "deleted_email": "tereza@podhorka.example",
    }


def letters() -> Iterator[Letter]:
    for prefix, occasions in (("account/email/", ACCOUNT), ("mfa/email/", SECOND_STEP)):
        for name, occasion in occasions.items():
            yield Letter(name, occasion, said, prefix=prefix)


def signed_in() -> dict[str, Any]:
    return {
        "device": "Firefox, Windows",
        "at": timezone.now(),
        "zone": timezone.get_current_timezone_name(),
        "action_url": f"{base_url()}/profile/",
    }


NEW_DEVICE = Letter(
    "new_device", _("To somebody who signs in from a kind of device they never used before."), signed_in
)
declare(_("Account and signing in"), [*letters(), NEW_DEVICE])
