"""HTTP as far as all providers share it: deadlines, a cap on what is taken in, and what a refusal means."""

import email.utils
import json
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx

from .base import JSON, Access, Deadline, fault
from .faults import ProviderError

TEXT_BYTES = 1024 * 1024
MEDIA_BYTES = 64 * 1024 * 1024
OF_STATUS = {
    401: "unauthorized",
    402: "no_credit",
    403: "unauthorized",
    404: "unknown_model",
    408: "timeout",
    429: "rate_limited",
    504: "timeout",
}


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> JSON:
        if not self.content.strip():
            raise fault("empty", "no body")
        try:
            return json.loads(self.content)
        except ValueError as problem:
            raise fault("not_json", self.content[:200]) from problem


@cache
def client() -> httpx.Client:
    """One for all providers and threads. Proxies of the environment are for others; redirects are refused."""
    return httpx.Client(follow_redirects=False, trust_env=False, limits=httpx.Limits(max_connections=40))


def within(chunks: Iterable[bytes], deadline: Deadline, most: int) -> bytes:
    """All the chunks, unless they come too slowly or are too many."""
    taken = bytearray()
    for chunk in chunks:
        taken += chunk
        if len(taken) > most:
            raise fault("oversized", f"more than {most} bytes")
        deadline.pause()
    return bytes(taken)


def send(
    method: str,
    url: str,
    *,
    deadline: Deadline,
    headers: Mapping[str, str],
    body: Mapping[str, JSON] | None = None,
    most: int = TEXT_BYTES,
) -> Reply:
    """The reply, whatever its status. Raises ProviderError where there was none."""
    pause = deadline.pause()
    patience = httpx.Timeout(pause, connect=min(deadline.connect, pause))
    try:
        with client().stream(method, url, headers=dict(headers), json=body, timeout=patience) as response:
            content = within(response.iter_bytes(), deadline, most)
            return Reply(response.status_code, response.headers, content)
    except httpx.ConnectTimeout as problem:
        raise fault("unreachable", problem) from problem
    except httpx.TimeoutException as problem:
        raise fault("timeout", problem) from problem
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as problem:
        raise fault("unreachable", problem) from problem


def endpoint(access: Access, path: str) -> str:
    """`path` below the provider's address."""
    if not urlsplit(access.base_url).netloc:
        raise fault("bad_request", "no base address")
    return f"{access.base_url.rstrip('/')}/{path.lstrip('/')}"


def refusal(reply: Reply) -> ProviderError:
    """What a status other than 200 means. Its body may be anything, a page of HTML included."""
    return meaning(reply.status, message_of(reply), retry_after(reply.headers))


def meaning(status: int, message: str, pause: float | None = None) -> ProviderError:
    outcome = OF_STATUS.get(status, "overloaded" if status >= 500 else "bad_request")
    return fault(outcome, f"{status} {message}", retry_after=pause)


def message_of(reply: Reply) -> str:
    with suppress(ValueError, AttributeError):
        said: Any = json.loads(reply.content).get("error")
        return str(said.get("message", said) if isinstance(said, dict) else said)
    return reply.content[:200].decode(errors="replace")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, from whichever of the usual headers is there and makes sense."""
    with suppress(KeyError, ValueError):
        return max(0.0, float(headers["retry-after-ms"]) / 1000)
    given = headers.get("retry-after", "")
    with suppress(ValueError):
        return max(0.0, float(given))
    with suppress(ValueError, TypeError):
        return max(0.0, email.utils.parsedate_to_datetime(given).timestamp() - time.time())
    return None
