"""One address asked for politely: own name, no cookies, few redirects, hard limits on size and time."""

import re
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urljoin

import httpcore
import httpx
from django.utils.translation import gettext

from posthub.company.reader.connection import (
    Deadline,
    GuardedBackend,
    GuardedTransport,
    Resolve,
    system_resolve,
)
from posthub.company.reader.shapes import Limits
from posthub.company.reader.vetting import AllowList, Refused, vet

USER_AGENT = "Mozilla/5.0 (compatible; PostHubBot/1.0)"
HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
HTML = ("text/html", "application/xhtml+xml")
FAILURES = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    OSError,
)


class NotRead(Exception):
    """A page that gave nothing; the message says why in plain words. `status` is 0 without an answer.

    `unreachable` says that the network or the server failed before it answered anything.
    """

    def __init__(self, reason: str, status: int = 0, *, unreachable: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.unreachable = unreachable


@dataclass(frozen=True, slots=True)
class Fetched:
    url: str
    status: int
    content_type: str
    charset: str
    body: bytes
    headers: dict[str, str]


class Fetcher:
    """All requests of one reading. `may` is asked before each hop, so that redirects obey robots.txt too."""

    def __init__(self, limits: Limits, allow: AllowList, resolve: Resolve = system_resolve) -> None:
        self._limits = limits
        self._allow = allow
        self._until = time.monotonic() + limits.total_seconds
        self._deadline = Deadline()
        jar = CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
        self._client = httpx.Client(
            transport=GuardedTransport(GuardedBackend(allow, self._deadline, resolve)),
            headers=HEADERS,
            cookies=jar,
            follow_redirects=False,
            trust_env=False,
            timeout=limits.page_seconds,
        )

    def close(self) -> None:
        self._client.close()

    @property
    def seconds_left(self) -> float:
        return self._until - time.monotonic()

    def get(self, url: str, *, html: bool = True, may: Callable[[str], bool] = lambda url: True) -> Fetched:
        """The answer at the end of at most `limits.redirects` redirects, or NotRead."""
        if self.seconds_left <= 0:
            raise NotRead(gettext("the time for reading this site was over"))
        self._deadline.start(min(self._limits.page_seconds, self.seconds_left))
        seen: set[str] = set()
        for _ in range(self._limits.redirects + 1):
            if url in seen:
                raise NotRead(gettext("the page redirects to itself"))
            seen.add(url)
            if not may(url):
                raise NotRead(gettext("robots.txt asks not to read it"))
            answer = self._once(url, html=html)
            if isinstance(answer, Fetched):
                return answer
            url = answer
        raise NotRead(gettext("the page redirects too many times"))

    def _once(self, url: str, *, html: bool) -> Fetched | str:
        try:
            vet(url, self._allow)
            with self._client.stream("GET", url) as response:
                if response.status_code in (301, 302, 303, 307, 308) and "location" in response.headers:
                    return urljoin(url, response.headers["location"]).partition("#")[0]
                return self._read(url, response, html=html)
        except Refused as refused:
            raise NotRead(
                gettext("the address cannot be read (%(reason)s)") % {"reason": refused}
            ) from refused
        except (httpx.TimeoutException, httpcore.TimeoutException) as error:
            raise NotRead(gettext("the site took too long to answer"), unreachable=True) from error
        except FAILURES as error:
            raise NotRead(gettext("the site could not be reached"), unreachable=True) from error

    def _read(self, url: str, response: httpx.Response, *, html: bool) -> Fetched:
        status = response.status_code
        if status != 200:
            raise NotRead(gettext("the site answered with status %(status)s") % {"status": status}, status)
        content_type, _, rest = response.headers.get("content-type", "").partition(";")
        content_type = content_type.strip().lower()
        if html and content_type and content_type not in HTML:
            raise NotRead(gettext("it is not a web page (%(kind)s)") % {"kind": content_type}, status)
        declared = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", rest, re.IGNORECASE)
        body = self._body(response)
        return Fetched(
            url, status, content_type, declared[1] if declared else "", body, dict(response.headers)
        )

    def _body(self, response: httpx.Response) -> bytes:
        """The body as sent, unpacked while it comes in, and given up as soon as it is over the limit."""
        encoding = response.headers.get("content-encoding", "").strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise NotRead(gettext("the page is packed in a way that was not asked for"), response.status_code)
        unpack = zlib.decompressobj(47) if "gzip" in encoding or encoding == "deflate" else None
        most = self._limits.page_bytes
        body = bytearray()
        for chunk in response.iter_raw(16_384):
            try:
                body += unpack.decompress(chunk, most + 1 - len(body)) if unpack else chunk
            except zlib.error as error:
                raise NotRead(gettext("the page arrived damaged"), response.status_code) from error
            if len(body) > most:
                raise NotRead(
                    gettext("the page is larger than %(size)s MB") % {"size": most // 1_000_000},
                    response.status_code,
                )
        return bytes(body)


def unpacked(body: bytes, most: int) -> bytes:
    """The content of a .gz file, at most `most` bytes of it."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(47).decompress(body, most)
    except zlib.error:
        return b""
