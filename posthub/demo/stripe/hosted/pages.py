"""Which page is where. GET shows, POST does; both know the page by a name nobody can guess."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from posthub.demo.stripe.hosted import checkout, invoice, look, portal
from posthub.demo.stripe.hosted.look import Page
from posthub.demo.stripe.world import World


def answer(world: World, method: str, path: str, body: str, headers: dict[str, str]) -> Page:
    if path == "/style.css":
        return Page(200, (look.HERE / "style.css").read_bytes(), "text/css; charset=utf-8")
    if method == "POST" and not _from_here(world, headers):
        return Page(403, b"<h1>403</h1>")
    with world.lock:
        page = _found(world, method, path, dict(parse_qsl(body)), headers)
        if method == "POST":
            world.save()
    return page


def _from_here(world: World, headers: dict[str, str]) -> bool:
    """A browser says where a form came from; this page's own forms come from here."""
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def _found(world: World, method: str, path: str, sent: dict[str, str], headers: dict[str, str]) -> Page:
    if path.startswith("/c/pay/"):
        if session := world.rows["checkout.session"].get(path.removeprefix("/c/pay/")):
            words = look.words_for(session["locale"], headers)
            return (
                checkout.pay(world, words, session, sent)
                if method == "POST"
                else checkout.show(world, words, session)
            )
    elif path.startswith("/p/session/"):
        for session in world.of("billing_portal.session", _page_token=path.removeprefix("/p/session/")):
            words = look.words_for(session["locale"], headers)
            return (
                portal.act(world, words, session, sent)
                if method == "POST"
                else portal.show(world, words, session)
            )
    elif path.startswith("/i/"):
        name, _slash, rest = path.removeprefix("/i/").partition("/")
        if (row := world.rows["invoice"].get(name)) and row["number"]:
            words = look.words_for(None, headers)
            if rest == "pdf":
                return invoice.pdf(words, row)
            return (
                invoice.pay(world, words, row, sent) if method == "POST" else invoice.show(world, words, row)
            )
    words = look.words_for(None, headers)
    return look.page(words, words["gone"], f"<p>{words['gone_why']}</p>", status=404)
