"""All screens of a client without a mouse: every stop is seen, none is a trap, and the way past the menu works."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.conftest import PASSWORD
from tests.journeys.test_keyboard import HOST, enter_by_keys, three_topics
from tests.journeys.visitor import Visitor
from tests.support.live import Live

__all__ = ["three_topics"]
pytestmark = pytest.mark.browser
SCREENS = (
    "/", "/inbox/", "/topics/", "/articles/", "/posts/", "/calendar/?view=list&d=2027-03", "/personas/", "/company/",
    "/documents/", "/media/", "/events/", "/results/", "/billing/", "/settings/", "/settings/approving/",
    "/settings/members/", "/settings/networks/", "/settings/review-links/", "/settings/security/", "/settings/data/",
    "/profile/",
)  # fmt: skip
# Presses Tab from the top of the page until the focus is where it began or leaves the page; says what is wrong.
STOPS = """() => {
  const wrong = [];
  const element = document.activeElement;
  if (element === document.body) return {at: "", wrong};
  if (element.matches(".skip")) return {at: "skip", wrong};
  const ringed = [element, element.parentElement, element.closest("label, li, article, .affix, .file-drop")];
  const ring = Math.max(0, ...ringed.filter(Boolean).map((one) => getComputedStyle(one))
    .filter((style) => style.outlineStyle !== "none").map((style) => parseFloat(style.outlineWidth)));
  const box = element.getBoundingClientRect();
  const name = element.outerHTML.slice(0, 120);
  if (ring < 2) wrong.push(`no ring: ${name}`);
  if (box.width <= 1 && box.height <= 1) wrong.push(`not seen: ${name}`);
  // Counted by the window: what HTMX swaps away while one walks takes its number along.
  window.stops = window.stops ?? 0;
  element.dataset.stop ??= String(++window.stops);
  return {at: element.dataset.stop, wrong, name};
}"""
MOST_STOPS = 120


def walk(page: Page, where: str) -> list[str]:
    """Every stop from here to the end of the page; one that comes a second time before the end is a trap."""
    wrong: list[str] = []
    seen: list[str] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOPS)
        if not stop["at"] or (seen and stop["at"] in {"skip", seen[0]}):
            return [f"{where}: {words}" for words in wrong] if seen else [f"{where}: nothing to stop at"]
        if seen[-1:] == [stop["at"]]:
            continue  # the parts of one field, such as a month and its year
        if stop["at"] in seen:
            return [f"{where}: the focus is caught at {stop}"]
        seen.append(stop["at"])
        wrong += stop["wrong"]
    return [f"{where}: more than {MOST_STOPS} stops"]


def test_every_screen_is_walked_over_with_tab_alone(
    three_topics: None, visitor: Callable[..., Visitor], live: Live
) -> None:
    sofia = visitor("en")
    page, keyboard = enter_by_keys(sofia, live), sofia.page.keyboard
    wrong = []
    for path in SCREENS:
        page.goto(live.url(path, HOST))
        keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()
        if path == "/":  # the menu is the same on all of them: once it is walked over, too
            page.evaluate("() => { document.activeElement.blur(); getSelection().removeAllRanges(); }")
            page.goto(live.url(path, HOST))
        wrong += walk(page, path)
    assert wrong == []
    assert sofia.problems == []


def enter_without_scripts(sofia: Visitor, live: Live, path: str) -> Page:
    page = sofia.page
    page.goto(live.url(f"/accounts/login/?next={path}", HOST))
    page.locator("input[name=login]").fill("sofia@example.com")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    return page


def test_the_settings_of_an_organization_are_changed_without_scripts(
    three_topics: None, visitor: Callable[..., Visitor], live: Live
) -> None:
    """A fact, a voice, an invitation, the rhythm: each a plain form that says it was done."""
    sofia = visitor("en", scripts=False)
    page = enter_without_scripts(sofia, live, "/company/")
    edit = page.locator("main a[href*='/edit/']").first  # what needs nothing is folded in
    page.goto(live.url(edit.get_attribute("href") or "", HOST))
    field = page.locator("main form textarea, main form input[type=text]").first
    field.fill("Clocks that outlive us")
    sofia.button("Save").click()
    expect(page.get_by_text("Clocks that outlive us").first).to_be_attached()
    page.goto(live.url("/personas/", HOST))
    page.locator("main a[href*='/personas/']").first.click()
    page.locator("input[name=name]").fill("Horace")
    sofia.button("Save").click()
    expect(page.locator("h1")).to_contain_text("Horace")
    page.goto(live.url("/settings/members/", HOST))
    page.locator("main input[name=email]").fill("ivy@example.org")
    sofia.button("Add").click()
    expect(page.get_by_text("ivy@example.org").first).to_be_visible()
    page.goto(live.url("/settings/", HOST))
    for name in ("Acme Clocks", "Acme"):
        page.locator("main input[name=name]").fill(name)
        sofia.button("Save").click()
        expect(page.locator("main input[name=name]")).to_have_value(name)
    sofia.link("Notifications").click()
    page.locator("main select[name=review_mail]").select_option("daily")
    sofia.button("Save for the organization").click()
    expect(page.locator("main select[name=review_mail]")).to_have_value("daily")
    page.goto(live.url("/articles/?q=nothing+like+this", HOST))
    sofia.link("Clear filters").click()
    assert sofia.problems == []


def test_the_other_screens_do_their_work_without_scripts(
    three_topics: None, visitor: Callable[..., Visitor], live: Live
) -> None:
    """A document, a picture and its words, a day, the figures, the bill, the file of all data, the own profile."""
    sofia = visitor("en", scripts=False)
    page = enter_without_scripts(sofia, live, "/documents/")
    words = {
        "name": "prices.txt",
        "mimeType": "text/plain",
        "buffer": b"Winding a clock costs twelve crowns a year.",
    }
    page.locator("main input[type=file]").set_input_files(words)  # type: ignore[arg-type]
    sofia.button("Upload").click()
    expect(sofia.link("prices.txt")).to_be_visible()
    page.goto(live.url("/media/", HOST))
    drawn = io.BytesIO()
    Image.new("RGB", (400, 300), "#88aacc").save(drawn, "PNG")
    picture = {"name": "workshop.png", "mimeType": "image/png", "buffer": drawn.getvalue()}
    page.locator("main input[type=file]").set_input_files(picture)  # type: ignore[arg-type]
    sofia.button("Upload").click()
    page.locator("main [name=alt_text]").fill("A workshop with a clock")
    sofia.button("Save").click()
    page.goto(live.url("/media/", HOST))
    expect(page.locator("#tiles img").first).to_have_attribute("alt", "A workshop with a clock")
    page.goto(live.url("/events/", HOST))
    page.locator("#id_name").fill("The day of clocks")
    page.locator("#id_date").fill("2027-03-05")
    sofia.button("Add").click()
    expect(page.get_by_text("The day of clocks").first).to_be_visible()
    page.goto(live.url("/results/", HOST))
    sofia.link("Week by week").click()
    page.locator("main nav.segment a").last.click()
    expect(page.locator("main nav.segment a").last).to_have_attribute("aria-current", "page")
    page.goto(live.url("/billing/", HOST))
    expect(page.locator("#billing h1")).to_be_visible()
    page.goto(live.url("/settings/data/", HOST))
    sofia.button("Make the file").click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(live.url("/profile/", HOST))
    page.locator("main input[name=name]").fill("Sofia")
    sofia.button("Save").click()
    expect(page.locator("main input[name=name]")).to_have_value("Sofia")
    assert sofia.problems == []
