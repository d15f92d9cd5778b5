"""What the list of `make screens` is derived from; a few looks are among the journeys."""

from collections.abc import Callable

from django.conf import settings
from django.test import Client

from posthub.core.tenancy import in_schema
from tests.proofs.gallery import markup
from tests.proofs.gallery.screens import Walk, never_reached, screen_name
from tests.shelf import Shelf, shelf

__all__ = ["shelf"]
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
