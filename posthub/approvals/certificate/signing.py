"""Signing a certificate and checking one; Ed25519 (RFC 8032) over canonical JSON."""

import base64
import binascii
import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils.translation import gettext as _

from posthub.approvals.certificate.wording import FORMAT
from posthub.content.models import media_hash, post_hash, version_hash


@dataclass(frozen=True, slots=True)
class Verdict:
    """`problems` in whole sentences; none means that the certificate is ours and whole."""

    problems: list[str]

    @property
    def good(self) -> bool:
        return not self.problems


@cache
def _key(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(
        hashlib.sha256(f"posthub.certificate:{secret}".encode()).digest()
    )


def public_key() -> str:
    return base64.b64encode(_key(settings.SECRET_KEY).public_key().public_bytes_raw()).decode()


def signed(certificate: Mapping[str, Any]) -> dict[str, Any]:
    whole = {**certificate, "key": public_key()}
    return {
        **whole,
        "signature": base64.b64encode(_key(settings.SECRET_KEY).sign(_canonical(whole))).decode(),
    }


def as_json(certificate: Mapping[str, Any]) -> bytes:
    return json.dumps(certificate, ensure_ascii=False, indent=1).encode()


def _canonical(certificate: Mapping[str, Any]) -> bytes:
    bare = {name: value for name, value in certificate.items() if name != "signature"}
    return json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def verify(certificate: Any) -> Verdict:
    """Whether this installation signed it and every hash in it fits its words. Never raises on foreign input."""
    if not isinstance(certificate, dict) or certificate.get("format") != FORMAT:
        return Verdict([_("This is not a sign-off certificate of PostHub.")])
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key()))
        key.verify(base64.b64decode(certificate.get("signature", "")), _canonical(certificate))
        return Verdict([problem for item in certificate["items"] for problem in _wrong_in(item)])
    except (InvalidSignature, binascii.Error, KeyError, TypeError, ValueError, AttributeError):
        return Verdict([_("The signature does not fit: something in it was changed, or it is not ours.")])


def _wrong_in(item: Mapping[str, Any]) -> list[str]:
    words = version_hash(item["title"], item["text"], item["beside"])
    shown = words
    if item["kind"] == "post":
        moment = datetime.datetime.fromisoformat(item["goes_out_at"])
        picture = item["media"]
        media = media_hash(picture["sha256"], picture["alt"]) if picture else ""
        shown = post_hash(words, item["network"], moment, media=media)
    name = {"title": item["title"]}
    problems = []
    if (words, shown) != (item["words_hash"], item["content_hash"]):
        problems.append(_("The words of “%(title)s” are not those that were approved.") % name)
    said = [decision for decision in item["decisions"] if decision["content_hash"] == shown]
    if not any(decision["outcome"] == "approved" for decision in said):
        problems.append(_("Nobody is named who approved “%(title)s” as it is.") % name)
    return problems
