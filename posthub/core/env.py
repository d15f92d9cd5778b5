"""Settings from the environment: each reader gives one type, and refuses what it does not understand.

`X_FILE` names a file that holds X, for secrets that are mounted rather than exported.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off"})
_HOST = re.compile(r"\.?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.IGNORECASE)


class Environment:
    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self._values = os.environ if values is None else values

    def _raw(self, name: str) -> str | None:
        """The value, None when it is unset or empty."""
        direct = self._values.get(name, "").strip()
        file_name = self._values.get(f"{name}_FILE", "").strip()
        if direct and file_name:
            raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
        if not file_name:
            return direct or None
        try:
            return Path(file_name).read_text(encoding="utf-8").strip() or None
        except (OSError, UnicodeDecodeError) as problem:
            raise ImproperlyConfigured(f"{name}_FILE: cannot read {file_name}: {problem}") from problem

    def text(self, name: str, default: str = "", *, choices: tuple[str, ...] = ()) -> str:
        value = self._raw(name)
        if value is None:
            return default
        if choices and value not in choices:
            raise _refused(name, value, "one of " + ", ".join(choices))
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self._raw(name)
        if value is None:
            return default
        if value.lower() in _YES | _NO:
            return value.lower() in _YES
        raise _refused(name, value, "1, true, yes, on or 0, false, no, off")

    def whole(self, name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
        value = self._raw(name)
        if value is None:
            return default
        accepted = f"a whole number from {least}" + (f" to {most}" if most is not None else " up")
        # isascii keeps out digits of other scripts, which int() would take.
        if not (value.isascii() and value.isdigit()):
            raise _refused(name, value, accepted)
        number = int(value)
        if number < least or (most is not None and number > most):
            raise _refused(name, value, accepted)
        return number

    def hosts(self, name: str, default: tuple[str, ...] = ()) -> list[str]:
        """Host names separated by commas; a leading dot stands for every subdomain."""
        value = self._raw(name)
        if value is None:
            return list(default)
        hosts = [part.strip().lower() for part in value.split(",") if part.strip()]
        for host in hosts:
            if not _HOST.fullmatch(host):
                raise _refused(name, host, "host names separated by commas, without scheme and port")
        return hosts

    def words(self, name: str, default: tuple[str, ...] = ()) -> list[str]:
        """Words separated by commas."""
        value = self._raw(name)
        if value is None:
            return list(default)
        return [part.strip() for part in value.split(",") if part.strip()]

    def endpoints(self, name: str) -> list[tuple[str, int]]:
        """host:port pairs separated by commas."""
        pairs = []
        for part in (self._raw(name) or "").split(","):
            host, _, port = part.strip().rpartition(":")
            if not part.strip():
                continue
            if not (_HOST.fullmatch(host) and port.isascii() and port.isdigit() and 0 < int(port) < 65536):
                raise _refused(name, part.strip(), "host:port pairs separated by commas")
            pairs.append((host.lower(), int(port)))
        return pairs

    def url(self, name: str, default: str = "", *, schemes: tuple[str, ...] = ("https", "http")) -> str:
        value = self._raw(name)
        if value is None:
            return default
        if not re.match(rf"({'|'.join(map(re.escape, schemes))})://.", value):
            # The value itself may hold a password and stays out of the message.
            raise ImproperlyConfigured(
                f"{name}: expected an address that begins with {_alternatives(schemes)}."
            )
        return value

    def secret(self, name: str, *, least_length: int = 1) -> str | None:
        """The secret, None when it is not set; never shown in a message."""
        value = self._raw(name)
        if value is not None and len(value) < least_length:
            raise ImproperlyConfigured(f"{name}: expected at least {least_length} characters.")
        return value

    def path(self, name: str, default: Path) -> Path:
        value = self._raw(name)
        return (Path(value).expanduser() if value else default).absolute()


def parse_media_storage(url: str, *, key: str | None, secret: str | None) -> dict[str, Any]:
    """`s3://bucket/folder?endpoint=https://…&region=…` as one of Django's STORAGES; the file system where it is empty.

    Without a key the machine's own role is used.
    """
    if not url:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    parts = urlsplit(url)
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = set(given) - {"endpoint", "region"}
    if parts.scheme != "s3" or not parts.hostname or unknown or bool(key) != bool(secret):
        raise ImproperlyConfigured(
            "MEDIA_STORAGE: expected s3://bucket/folder?endpoint=https://…&region=…, and MEDIA_STORAGE_KEY with "
            "MEDIA_STORAGE_SECRET or neither."
        )
    options = {
        "bucket_name": parts.hostname,
        "location": unquote(parts.path).strip("/"),
        "endpoint_url": given.get("endpoint") or None,
        "region_name": given.get("region") or None,
        "access_key": key,
        "secret_key": secret,
    }
    return {"BACKEND": "posthub.core.object_storage.ObjectStorage", "OPTIONS": options}


def parse_database_url(
    url: str, *, engine: str = "posthub.core.postgres", variable: str = "DATABASE_URL"
) -> dict[str, Any]:
    """Turn postgres://user:password@host:port/name?option=value into one entry of Django's DATABASES.

    `?host=` and `?port=` name a socket's directory, as libpq writes it; every other option is libpq's.
    """
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    name = unquote(parts.path.removeprefix("/"))
    try:
        port = parts.port
    except ValueError as problem:
        raise ImproperlyConfigured(f"{variable}: the port is not a number from 1 to 65535.") from problem
    if parts.scheme not in ("postgres", "postgresql") or not name or "/" in name:
        raise ImproperlyConfigured(
            f"{variable}: expected postgres://user:password@host:port/name, "
            "or postgres://user@/name?host=/socket/directory."
        )
    return {
        "ENGINE": engine,
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": options.pop("port", None) or (str(port) if port else ""),
        "OPTIONS": options,
    }


def _refused(name: str, value: str, accepted: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name}={value!r}: expected {accepted}.")


def _alternatives(schemes: tuple[str, ...]) -> str:
    return " or ".join(f"{scheme}://" for scheme in schemes)
