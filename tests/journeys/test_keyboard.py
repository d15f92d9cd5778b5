"""The inbox without a mouse: keys decide, and the focus is always somewhere one can see."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.policies import CLIENT_STAGE, STAFF_STAGE
from posthub.organizations.models import Organization
from tests.conftest import PASSWORD
from tests.journeys.visitor import Visitor
from tests.support.companies import draft_topic, make_company
from tests.support.databases import pointed_at
from tests.support.live import Live

pytestmark = pytest.mark.browser
TITLES = ["What a mantel clock needs", "How a spring is wound", "When a clock runs late"]
HOST = "acme.posthub.localhost"
# A row draws the ring around itself for the link in it.
FOCUS = """() => {
  const element = document.activeElement, ringed = [element, element.parentElement, element.closest("li, article")];
  const drawn = ringed.filter(Boolean).map((one) => getComputedStyle(one)).filter((one) => one.outlineStyle !== "none");
  const ring = Math.max(0, ...drawn.map((one) => parseFloat(one.outlineWidth)));
  return {tag: element.tagName, id: element.id, ring};
}"""


@pytest.fixture
def three_topics(live: Live, django_db_blocker: Any) -> None:
    """Three topics that wait for sofia, the supervisor of acme, in the order of the queue."""
    with django_db_blocker.unblock(), pointed_at(live.database):
        acme = Organization.objects.get(name="Acme")
        connection.set_tenant(acme)
        for model in (Topic, BlogPost, SocialPost):  # what other journeys left waiting there
            model.objects.filter(state__in=CLIENT_STAGE | STAFF_STAGE).update(state="REJECTED")
        company = make_company()
        for number, title in enumerate(TITLES):
            draft_topic(company, title, day=2 + number)
        connection.set_schema_to_public()


def seen_focus(page: Page) -> str:
    """Where the focus is: never nowhere, and what can be pressed shows that it has it."""
    expect(page.locator(":focus")).to_be_attached()  # it comes a moment after what was swapped
    focus = page.evaluate(FOCUS)
    assert focus["tag"] != "BODY"
    if focus["tag"] in {"A", "BUTTON", "INPUT", "SUMMARY"}:
        assert focus["ring"] >= 2, focus
    return f"{focus['tag']} {focus['id']}".strip()


def enter_by_keys(sofia: Visitor, live: Live) -> Page:
    page, keyboard = sofia.page, sofia.page.keyboard
    page.goto(live.url("/accounts/login/", HOST))
    page.locator("input[name=login]").focus()
    keyboard.type("sofia@example.com")
    page.locator("input[name=password]").focus()
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    expect(page.locator("#h-wait")).to_be_visible()
    return page


def test_three_things_are_approved_with_keys_alone(
    three_topics: None, visitor: Callable[..., Visitor], live: Live
) -> None:
    sofia = visitor("en")
    page, keyboard = enter_by_keys(sofia, live), sofia.page.keyboard
    sofia.look_well("dashboard")
    keyboard.press("g")
    keyboard.press("i")
    expect(sofia.heading("Inbox").first).to_be_visible()
    keyboard.press("j")
    seen_focus(page)
    keyboard.press("Enter")
    for number, title in enumerate(TITLES):
        expect(page.locator("#item-title")).to_have_text(title)
        if number:
            assert seen_focus(page) == "H1 item-title"
        keyboard.press("a")
    # What comes next depends on the worker: the end of the queue, or the first article it has written by now.
    expect(page.get_by_role("heading", name=TITLES[-1], exact=True, level=1)).to_be_hidden()
    expect(page.locator("#desk:focus, #desk :focus").first).to_be_attached()
    seen_focus(page)
    sofia.look_well("all-done")
    keyboard.press("?")
    expect(page.locator("dialog#shortcuts")).to_be_visible()
    sofia.look_well("shortcuts")
    keyboard.press("Escape")
    expect(page.locator("dialog#shortcuts")).to_be_hidden()
    assert sofia.problems == []
