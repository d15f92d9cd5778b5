"""Providers' keys at rest: encrypted with a key drawn from SECRET_KEY."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def _fernet() -> Fernet:
    drawn = hashlib.scrypt(settings.SECRET_KEY.encode(), salt=b"posthub.ai.vault", n=2, r=8, p=1, dklen=32)
    return Fernet(base64.urlsafe_b64encode(drawn))


def seal(key: str) -> str:
    return _fernet().encrypt(key.encode()).decode() if key else ""


def unseal(sealed: str) -> str:
    """The key; "" where it was sealed under another SECRET_KEY and has to be given again."""
    try:
        return _fernet().decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        return ""
