"""Which screens there are: derived from the URL declarations, so that a new one cannot be forgotten.

Addresses without a key are asked for as they stand. Those that name an object are found in the links of pages
that were seen, and in mails; one that no page leads to is reported.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve
from selectolax.lexbor import LexborHTMLParser

from tests.guards.walk import addresses

# Django's own admin is no screen of ours; a language or theme is chosen by POST.
NOT_OURS = ("/admin/",)
WORD = re.compile(r"[a-z][a-z_-]{0,15}")
# What a query can ask that makes another screen of the same address.
VIEWS = ("view", "tab", "show", "only", "ask", "all")
# They differ between two people who see the same page.
PERSONAL = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|<time\b.*?</time>|//[\w.-]+:\d+',
    re.DOTALL,
)


@dataclass(frozen=True)
class Screen:
    """`name` says which screen it is, whatever object it shows. `sends` where its own form is sent empty."""

    name: str
    path: str
    body: str = field(compare=False, repr=False)
    status: int = 200
    sends: bool = False

    def looks_like(self, personal: Iterable[str]) -> str:
        """The page without what names the person who sees it."""
        body = PERSONAL.sub("", self.body)
        for words in personal:
            body = body.replace(words, "") if words else body
        return body


def urlconf_of(host: str) -> str:
    return settings.PUBLIC_SCHEMA_URLCONF if host == settings.BASE_HOST else settings.ROOT_URLCONF


def screen_name(path: str, urlconf: str) -> str:
    """The same for all objects of a kind; "" for an address that nothing answers."""
    parts = urlsplit(path)
    try:
        match = resolve(parts.path, urlconf)
    except Resolver404:
        return ""
    words = [value for value in match.kwargs.values() if isinstance(value, str) and WORD.fullmatch(value)]
    asked = [f"{key}={value}" for key, value in parse_qsl(parts.query) if key in VIEWS and value]
    return " ".join([match.view_name or match.route or "landing", *words, *asked])


class Walk:
    """One person's way over all screens of a host."""

    def __init__(
        self, client: Client, host: str, letters: Iterable[str] = (), besides: Iterable[str] = ()
    ) -> None:
        self.client, self.host, self.letters, self.besides = client, host, list(letters), list(besides)
        self.urlconf = urlconf_of(host)
        self.reached: set[str] = set()

    def screens(self, *, errors: bool) -> Iterator[Screen]:
        """With `errors`, a screen whose form refuses to be sent empty comes a second time as it answers then."""
        known: set[str] = set()
        waiting = [address.path for address in addresses(self.urlconf) if not address.keyed]
        waiting += self.letters + self.besides
        while waiting:
            path = waiting.pop(0)
            name = screen_name(path, self.urlconf)
            if not name or name in known or path.startswith(NOT_OURS):
                continue
            known.add(name)
            self.reached.add(resolve(urlsplit(path).path, self.urlconf).route)
            response = self.client.get(path)
            if not is_page(response, letter=path in self.letters):
                continue
            screen = Screen(name, path, response.content.decode(), response.status_code)
            yield screen
            waiting += self._links(screen)
            if errors and self._refuses_nothing(screen):
                yield Screen(f"{name} sent empty", path, screen.body, 422, sends=True)

    def _links(self, screen: Screen) -> list[str]:
        found = []
        for link in LexborHTMLParser(screen.body).css("a[href]"):
            parts = urlsplit(link.attributes["href"] or "")
            if parts.hostname in {None, self.host} and parts.path:
                found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
        return found

    def _refuses_nothing(self, screen: Screen) -> bool:
        """Whether the screen's own form, sent empty, is answered with what is wrong. Nothing is changed by asking."""
        form = own_form(screen)
        if form is None:
            return False
        hidden = {
            item.attributes.get("name") or "": item.attributes.get("value") or ""
            for item in form.css("input[type=hidden]")
        }
        with transaction.atomic():
            response = self.client.post(screen.path, hidden)
            transaction.set_rollback(True)
        return response.status_code == 422


def is_page(response: HttpResponse, *, letter: bool) -> bool:
    """A whole page; a link in a mail may lead to one that says why it is over."""
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return False
    return b"<html" in response.content[:200] and (response.status_code == 200 or letter)


def own_form(screen: Screen) -> Any:
    """The first form of the page's main part that is sent to the page itself."""
    path = urlsplit(screen.path).path
    for form in LexborHTMLParser(screen.body).css("main form[method=post]"):
        action = urlsplit(form.attributes.get("action") or screen.path).path
        if action == path:
            return form
    return None


def never_reached(urlconf: str, reached: set[str]) -> list[str]:
    """Routes that answer a question about an object, and that no page and no mail led to."""
    keyed = {
        resolve(address.path, urlconf).route
        for address in addresses(urlconf)
        if address.keyed and answers_get(address.view) and not address.path.startswith(NOT_OURS)
    }
    return sorted(keyed - reached)


def answers_get(view: Any) -> bool:
    """Views of ours are wrapped by Django's require_POST and the like, which keep the methods in a closure."""
    if "form_on" in getattr(view, "__code__", answers_get.__code__).co_qualname:
        return False  # who comes there is only led to the page of the form
    methods: tuple[str, ...] = ()
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            content = cell.cell_contents
            if isinstance(content, list | tuple) and content and set(content) <= {"GET", "POST", "HEAD"}:
                methods = (*methods, *content)
        view = getattr(view, "__wrapped__", None)
    return not methods or "GET" in methods
