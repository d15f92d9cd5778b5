"""Connections that reach only vetted addresses: names are resolved here, checked, and the checked address is dialled."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from queue import Empty, Queue
from typing import Any

import httpcore
import httpx
from django.utils.translation import gettext

from posthub.company.reader.public_ip import is_loopback, is_public
from posthub.company.reader.vetting import AllowList, Refused, vet

Resolve = Callable[[str, int], list[str]]
SocketOption = Any
LOOK_UP_SECONDS = 5.0


def system_resolve(host: str, port: int) -> list[str]:
    return bounded_lookup(_look_up, host, port, LOOK_UP_SECONDS)


def bounded_lookup(look_up: Resolve, host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a name, or ConnectTimeout: the system's own look-up knows no limit of time.

    A look-up that hangs is left behind in its daemon thread, which ends with it.
    """
    answers: Queue[list[str] | httpcore.ConnectError] = Queue(1)

    def ask() -> None:
        try:
            answers.put(look_up(host, port))
        except httpcore.ConnectError as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty as error:
        raise httpcore.ConnectTimeout(f"looking up {host} took too long") from error
    if isinstance(answer, httpcore.ConnectError):
        raise answer
    return answer


def _look_up(host: str, port: int) -> list[str]:
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"the name {host} was not found") from error
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


@dataclass(slots=True)
class Deadline:
    """The moment by which the present request must be over; every read and write is cut to it."""

    at: float = field(default_factory=lambda: time.monotonic() + 10)

    def start(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    def left(self, wanted: float | None) -> float:
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the site took too long to answer")
        return left if wanted is None else min(wanted, left)


class TimedStream(httpcore.NetworkStream):
    """A stream that obeys the deadline even when a server sends one byte at a time."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Dials only public addresses, and the allow-list's own. A name keeps its first answer for the whole reading."""

    def __init__(
        self,
        allow: AllowList,
        deadline: Deadline,
        resolve: Resolve = system_resolve,
        dial: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._allow = allow
        self._deadline = deadline
        self._resolve = resolve
        self._dial = dial or httpcore.SyncBackend()
        self._known: dict[tuple[str, int], list[str]] = {}

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        error: Exception | None = None
        for address in self.addresses(host, port)[:2]:
            try:
                stream = self._dial.connect_tcp(
                    address, port, self._deadline.left(timeout), None, socket_options
                )
            except httpcore.ConnectError as failed:
                error = failed
            else:
                return TimedStream(stream, self._deadline)
        raise error or httpcore.ConnectError(f"the name {host} was not found")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[SocketOption] | None = None
    ) -> httpcore.NetworkStream:
        raise Refused(gettext("only network addresses are read"))

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def addresses(self, host: str, port: int) -> list[str]:
        """The vetted addresses of a host; Refused when even one answer is not public."""
        key = (host.strip("[]").lower(), port)
        if key not in self._known:
            self._known[key] = self._vetted(*key)
        return self._known[key]

    def _vetted(self, host: str, port: int) -> list[str]:
        if (host, port) in self._allow:
            return self._allowed(host, port)
        scheme = "https" if port == 443 else "http"
        name = vet(f"{scheme}://{host}:{port}/").host
        found = self._resolve(name, port)
        if not found or not all(is_public(address) for address in found):
            raise Refused(gettext("%(host)s does not lead to the public internet") % {"host": host})
        return found

    def _allowed(self, host: str, port: int) -> list[str]:
        if host == "localhost" or host.endswith(".localhost"):
            return ["127.0.0.1"]
        found = [host] if is_loopback(host) else self._resolve(host, port)
        if not found or not all(is_public(address) or is_loopback(address) for address in found):
            raise Refused(gettext("%(host)s does not lead to the public internet") % {"host": host})
        return found


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class GuardedTransport(httpx.BaseTransport):
    """httpx over a connection pool that knows no proxy, no environment and no way round the guard."""

    def __init__(self, backend: GuardedBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=2,
            keepalive_expiry=5,
            network_backend=backend,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self._pool.handle_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._pool.close()
