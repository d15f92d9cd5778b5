"""A small company's website on loopback, for the demo and for tests."""

from __future__ import annotations

import functools
import re
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from posthub.demo.site import metadata
from posthub.demo.site.pages import LANGUAGES, MENU, Page, by_key, company, html, pages, trail

STATIC = Path(__file__).parent / "static"
TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png"}
HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
_HOST = re.compile(r"[a-z0-9.-]+(:\d{1,5})?", re.IGNORECASE)


@functools.cache
def _template() -> Template:
    return Template((Path(__file__).parent / "content" / "page.html").read_text(encoding="utf-8"))


def render(page: Page, origin: str) -> str:
    """The whole page; `origin` is scheme, host and port as the visitor wrote them."""
    words = company()[page.language]["site"]
    other = by_key()[next(language for language in LANGUAGES if language != page.language), page.key]
    alternates = [
        f'<link rel="alternate" hreflang="{language}" href="{origin}{by_key()[language, page.key].path}">'
        for language in LANGUAGES
    ]
    alternates.append(
        f'<link rel="alternate" hreflang="x-default" href="{origin}{by_key()["cs", page.key].path}">'
    )
    return _template().substitute(
        {name: escape(value) for name, value in words.items()},
        language=page.language,
        locale=words["locale"],
        title=escape(page.title),
        description=escape(page.description, quote=True),
        heading=escape(page.heading),
        canonical=origin + page.path,
        origin=origin,
        og_type="article" if page.kind == "post" else "website",
        image=f"{origin}/static/{page.image}",
        picture=f'<img class="hero" src="/static/{page.image}" alt="" width="1200" height="420">'
        if page.image.endswith(".svg")
        else "",
        alternates="\n".join(alternates),
        feed=metadata.FEEDS[page.language],
        blog_title=escape(by_key()[page.language, "blog"].title, quote=True),
        json_ld=metadata.json_ld(page, origin),
        menu=_menu(page),
        trail=_trail(page),
        home=by_key()[page.language, "home"].path,
        contact=by_key()[page.language, "contact"].path,
        other_path=other.path,
        other_language=other.language,
        byline=_byline(page),
        body=html(page),
    )


def _menu(page: Page) -> str:
    own = [by_key()[page.language, key] for key in MENU[1:]]
    here = {step.key for step in trail(page)}
    return "\n".join(
        f'<li><a href="{entry.path}"{_CURRENT if entry.key in here else ""}>{escape(entry.menu)}</a></li>'
        for entry in own
    )


_CURRENT = ' aria-current="true"'


def _trail(page: Page) -> str:
    steps = [f'<a href="{step.path}">{escape(step.menu)}</a>' for step in trail(page)[:-1]]
    return " › ".join([*steps, escape(page.menu)]) if steps else ""


def _byline(page: Page) -> str:
    if page.published is None:
        return ""
    day = page.published
    written = f"{day.day}. {day.month}. {day.year}" if page.language == "cs" else f"{day.day} {day:%B %Y}"
    return (
        f'<p class="byline">{escape(page.author)} · <time datetime="{day.isoformat()}">{written}</time></p>'
    )


class Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Podhorka"
    sys_version = ""
    timeout = 15

    def do_GET(self) -> None:
        self._answer(*self._find())

    def do_HEAD(self) -> None:
        self._answer(*self._find())

    def _find(self) -> tuple[HTTPStatus, str, bytes]:
        path = urlsplit(self.path).path
        host = self.headers.get("Host", "")
        if not _HOST.fullmatch(host):
            return HTTPStatus.BAD_REQUEST, HTML, b"<h1>400</h1>"
        origin = f"http://{host.lower()}"
        if page := pages().get(path):
            return HTTPStatus.OK, HTML, render(page, origin).encode()
        for language, feed_path in metadata.FEEDS.items():
            if path == feed_path:
                return HTTPStatus.OK, XML, metadata.feed(language, origin).encode()
        if path == "/robots.txt":
            return HTTPStatus.OK, "text/plain; charset=utf-8", metadata.robots(origin).encode()
        if path == "/sitemap.xml":
            return HTTPStatus.OK, XML, metadata.sitemap(origin).encode()
        name = path.removeprefix("/static/")
        # Only the names that lie there: whatever else is asked for has no way out of the directory.
        if name != path and name in {file.name for file in STATIC.iterdir()}:
            return HTTPStatus.OK, TYPES[Path(name).suffix], (STATIC / name).read_bytes()
        return HTTPStatus.NOT_FOUND, HTML, '<h1>404</h1><p><a href="/">Pekárna Podhorka</a></p>'.encode()

    def _answer(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True


def serve(port: int) -> None:
    Server(("127.0.0.1", port), Site).serve_forever()
