"""Which addresses of pages may be asked for at all, before any name is looked up."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import idna
from django.utils.translation import gettext

LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")
UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\\\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff<>\"'`{}|^]")
WEB_PORTS = (80, 443)
# Names that never lead to the public web, whatever a resolver says.
LOCAL_ENDINGS = frozenset(
    [
        "localhost",
        "local",
        "internal",
        "intranet",
        "lan",
        "home",
        "corp",
        "private",
        "localdomain",
        "arpa",
        "onion",
        "svc",
        "test",
        "invalid",
        "example",
        "alt",
        "workgroup",
    ]
)


class Refused(Exception):
    """An address the reader must not open; the message is a plain reason."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where one request would go. `host` is the lower-case ASCII name, `allowed` an entry of the allow-list."""

    scheme: str
    host: str
    port: int
    allowed: bool


@dataclass(frozen=True, slots=True)
class AllowList:
    """Pairs of host and port that may lead to this machine itself, named on purpose by whoever runs it."""

    entries: frozenset[tuple[str, int]] = field(default_factory=frozenset)

    @classmethod
    def of(cls, entries: Iterable[str | tuple[str, int]]) -> "AllowList":
        """From "host:port" texts or (host, port) pairs."""
        return cls(frozenset(_entry(entry) if isinstance(entry, str) else entry for entry in entries))

    def __contains__(self, pair: object) -> bool:
        return pair in self.entries


def _entry(text: str) -> tuple[str, int]:
    host, _, port = text.strip().rpartition(":")
    if not host or not port.isdigit():
        raise ValueError(f"“{text}” is not host:port")
    return host.strip("[]").lower(), int(port)


def vet(url: str, allow: AllowList | None = None) -> Target:
    """The target of an address, or Refused with the reason."""
    if len(url) > 2000 or UNSAFE.search(url):
        raise Refused(gettext("the address holds characters that no web address has"))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused(gettext("the address cannot be read")) from error
    if parts.scheme not in ("http", "https"):
        raise Refused(gettext("only http and https addresses are read"))
    if "@" in parts.netloc or "%" in parts.netloc:
        raise Refused(gettext("the address carries a user name or an encoded host"))
    number = port or (443 if parts.scheme == "https" else 80)
    raw = (parts.hostname or "").lower()
    if allow is not None and (raw, number) in allow:
        return Target(parts.scheme, raw, number, allowed=True)
    if number not in WEB_PORTS or port == 0:
        raise Refused(gettext("only the ports 80 and 443 are read"))
    if "[" in parts.netloc or ":" in raw:
        raise Refused(gettext("the address is a number, not a name"))
    return Target(parts.scheme, public_name(raw), number, allowed=False)


def public_name(raw: str) -> str:
    """The ASCII form of a host name that can stand on the public internet, or Refused."""
    name = raw.removesuffix(".")
    if not name.isascii():
        name = _ascii(name)
    labels = name.split(".")
    if len(name) > 253 or len(labels) < 2 or not all(LABEL.match(label) for label in labels):
        raise Refused(gettext("the host is not a full domain name"))
    last = labels[-1]
    if last.isdigit() or re.fullmatch(r"0x[0-9a-f]*", last) or not re.search("[a-z]", last):
        raise Refused(gettext("the address is a number, not a name"))
    if last in LOCAL_ENDINGS:
        raise Refused(
            gettext("no public website has an address with such an ending; check how it is written")
        )
    return name


def _ascii(name: str) -> str:
    try:
        return idna.encode(name, uts46=True, std3_rules=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise Refused(gettext("the host name cannot be written in ASCII")) from error
