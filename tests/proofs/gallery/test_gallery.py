"""A few screens of one organization: the short version of `make screens`, and what its list is derived from."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser

from posthub.core.tenancy import in_schema
from posthub.organizations.models import Organization
from tests.journeys.conftest import chromium
from tests.proofs.gallery import markup
from tests.proofs.gallery.looking import Observer, Visit
from tests.proofs.gallery.screens import Walk, never_reached, screen_name
from tests.shelf import Shelf, shelf
from tests.support.live import Live

__all__ = ["chromium", "shelf"]
HOST = "acme.posthub.localhost"


def test_screens_are_found_by_declarations_and_by_links(
    shelf: Shelf, browser_of: Callable[..., Client]
) -> None:
    shelf.one_of_each()
    walk = Walk(browser_of("sofia"), HOST)
    with in_schema("public"):
        names = {screen.name for screen in walk.screens(errors=False)}
    assert {"approvals:dashboard", "delivery:calendar", "organizations:settings"} <= names
    assert {"approvals:review article", "approvals:review topic", "approvals:inbox tab=decided"} <= names
    assert "<uuid:pk>" in " ".join(never_reached(settings.ROOT_URLCONF, set()))


def test_a_screen_has_one_name_whatever_it_shows() -> None:
    one = screen_name("/topics/0198c3a8-5a6e-7b8e-8b1d-1d2e3f4a5b6c/", settings.ROOT_URLCONF)
    other = screen_name("/topics/0198c3a8-5a6e-7b8e-8b1d-aaaaaaaaaaaa/?q=bread", settings.ROOT_URLCONF)
    assert one == other == "content:topic"
    assert screen_name("/no-such-page/", settings.ROOT_URLCONF) == ""


def test_markup_that_a_browser_would_mend_is_not_valid() -> None:
    assert markup.parse_errors("<!DOCTYPE html><html lang=cs><title>A</title><p>a</p></html>") == []
    assert len(markup.parse_errors("<!DOCTYPE html><title>A</title><p>a<form></form></p>")) == 1


@pytest.mark.browser
def test_screens_hold_what_make_screens_asks_of_all(
    live: Live, chromium: Browser, tmp_path: Path, acme: Organization
) -> None:
    observer = Observer(chromium, tmp_path, looks=[(360, 740, "dark")])
    wrong = []
    for path in ("/", "/accounts/login/", "/visual-book/?q=chart"):
        visit = Visit(path, live.url(path), "anonymous", "filled", "en")
        looks, text = observer.look_at(visit)
        wrong += [problem for look in looks for problem in look.problems] + markup.parse_errors(text)
    assert wrong == []
