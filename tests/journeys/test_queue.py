"""The list and the page on which one decides: many at once, words commented on, with keys and without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from posthub.organizations.models import Organization
from tests.conftest import PASSWORD
from tests.journeys.test_keyboard import seen_focus
from tests.journeys.visitor import Visitor
from tests.shelf import Shelf
from tests.support.companies import make_company
from tests.support.databases import pointed_at
from tests.support.live import Live

pytestmark = pytest.mark.browser
HOST = "beta.posthub.localhost"
LOOKS = tuple(
    (size, width, height, scheme)
    for size, width, height in (("wide", 1280, 900), ("phone", 360, 740))
    for scheme in ("light", "dark")
)
SELECT_WORDS = """(words) => {
  const walker = document.createTreeWalker(document.querySelector(".prose"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at >= 0) {
      document.getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
      return;
    }
  }
}"""


@pytest.fixture
def waiting(live: Live, django_db_blocker: Any) -> list[str]:
    """Seven things that wait for oscar, the supervisor of beta."""
    with django_db_blocker.unblock(), pointed_at(live.database):
        beta = Organization.objects.get(name="Beta")
        connection.set_tenant(beta)
        shelf = Shelf(make_company(), beta)
        titles = [shelf.article().title for _number in range(6)]
        shelf.posts()
        connection.set_schema_to_public()
    return titles


def enter(visitor: Visitor) -> Page:
    page = visitor.page
    page.goto(visitor.live.url("/accounts/login/?next=/inbox/", HOST))
    page.locator("input[name=login]").fill("oscar@example.com")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    expect(page.locator("#rows")).to_be_visible()
    return page


def test_a_list_is_worked_off_with_keys_and_without_scripts(
    waiting: list[str], visitor: Callable[..., Visitor], live: Live
) -> None:
    oscar = visitor("cs", looks=LOOKS)
    page, keyboard = enter(oscar), oscar.page.keyboard
    many_at_once(oscar, page)
    page.locator("[data-row]", has_text=waiting[2]).focus()
    keyboard.press("Enter")
    expect(page.locator("#item-title")).to_be_visible()
    words_commented_on(oscar, page)
    one_after_the_other(oscar, page)
    assert oscar.problems == []
    plain = visitor("cs", scripts=False, looks=LOOKS)
    page = enter(plain)
    page.locator("input[name=item]").first.check()
    page.locator(".decide-many button").nth(2).click()
    plain.look_well("put-off-without-scripts")
    page.locator("button[name=until]").first.click()
    expect(page.locator("a[href='?tab=snoozed']")).to_be_visible()
    page.locator("a[href='?tab=snoozed']").click()
    plain.look_well("put-off-list")
    page.locator("[form^=wake-]").first.click()
    assert plain.problems == []


def many_at_once(oscar: Visitor, page: Page) -> None:
    """Two rows ticked with Space, approved in a dialog, and the key that takes it back."""
    keyboard = page.keyboard
    keyboard.press("j")
    keyboard.press("Space")
    keyboard.press("j")
    keyboard.press("Space")
    expect(page.locator("[data-ticked] output")).to_have_text("2")
    oscar.look_well("selected")
    keyboard.press("a")
    expect(page.locator("dialog#asked-dialog")).to_be_visible()
    expect(page.locator("dialog .fact-warn").last).to_contain_text("2")
    oscar.look_well("asked")
    before = page.locator("[data-row]").count()
    page.locator("dialog button.btn-primary").focus()
    keyboard.press("Enter")
    expect(page.locator("[data-row]")).to_have_count(before - 2)
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("#row-1")).to_be_focused()
    seen_focus(page)
    with page.expect_navigation():
        keyboard.press("u")  # here a worker may have begun already, and then it is said that it is too late
    expect(page.locator("#toasts [data-toast]").first).to_be_visible()
    page.goto(oscar.live.url("/inbox/?kind=article", HOST))
    keyboard.press("j")
    keyboard.press("h")
    expect(page.locator("button[name=until]").first).to_be_visible()
    keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    seen_focus(page)


def words_commented_on(oscar: Visitor, page: Page) -> None:
    page.evaluate(SELECT_WORDS, "about the dough")
    page.locator(".on-words").click()
    expect(page.locator("#id-text")).to_be_focused()
    expect(page.locator("input[name=quote]")).to_have_value("about the dough")
    oscar.look_well("comment-on-words")
    page.keyboard.type("Which dough?")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#comments .thread")).to_have_count(1)
    expect(page.locator("#h-comments")).to_be_focused()
    page.reload()
    expect(page.locator(".prose mark", has_text="about the dough")).to_be_visible()
    oscar.look_well("comment-unsent")


def one_after_the_other(oscar: Visitor, page: Page) -> None:
    """j and k lead on and back; after each decision the focus is on the next thing's title."""
    keyboard = page.keyboard
    first = page.url
    keyboard.press("j")
    expect(page).not_to_have_url(first)
    keyboard.press("k")
    expect(page).to_have_url(first)
    keyboard.press("m")
    expect(page.locator("#id-text")).to_be_focused()
    page.locator("h1").first.click()
    for _number in range(2):
        title = page.locator("#item-title").text_content() or ""
        keyboard.press("a")
        expect(page.locator("#item-title")).not_to_have_text(title)
        expect(page.locator("#item-title")).to_be_focused()
    keyboard.press("c")
    expect(page.locator("#id-text")).to_be_visible()
    page.go_back()
    expect(page.locator("#item-title")).to_be_visible()
    keyboard.press("h")
    expect(page.locator("button[name=until]").first).to_be_visible()
    oscar.look_well("put-off")
    page.go_back()
    for key, place in (("r", "/regenerate/"), ("x", "/reject/"), ("e", "/edit")):
        expect(page.locator("#item-title")).to_be_visible()
        keyboard.press(key)
        page.wait_for_url(lambda url, place=place: place in url)  # type: ignore[misc]
        page.go_back()
    expect(page.locator("#item-title")).to_be_visible()
    keyboard.press("?")
    expect(page.locator("dialog#shortcuts")).to_be_visible()
    keyboard.press("Escape")
