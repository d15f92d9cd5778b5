"""What somebody typed is kept, and the focus is where they can see it and go on."""

from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.visitor import Visitor

SELECT_WORDS = """() => {
  const words = document.querySelector("[data-comment-url] [data-block]").firstChild;
  const range = document.createRange();
  range.setStart(words, 0);
  range.setEnd(words, 10);
  document.getSelection().removeAllRanges();
  document.getSelection().addRange(range);
}"""
# What lies over the end of the window, and how much of it is kept free of what has the focus.
UNDER_A_BAR = """selector => {
  const bar = document.querySelector(selector).getBoundingClientRect();
  return [innerHeight - bar.top, parseFloat(getComputedStyle(document.documentElement).scrollPaddingBottom)];
}"""

# The chosen one and another one of each kind, as a system with colours of its own shows them.
TOLD_BY_NOTHING = """kinds => kinds.filter((kind) => {
  const all = [...document.querySelectorAll(kind)];
  const isChosen = (one) => one.matches("[aria-pressed=true], [aria-current], :has(> input:checked)");
  const fill = (one) => one && getComputedStyle(one).backgroundColor;
  return fill(all.find(isChosen)) === fill(all.find((one) => !isChosen(one)));
})"""


def not_told(page: Page, kinds: list[str]) -> list[str]:
    """Those kinds of things of which a page in forced colours does not show which one is chosen."""
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    found: list[str] = page.evaluate(TOLD_BY_NOTHING, kinds)
    return found


def a_comment_outlives_a_refusal_and_a_reload(nora: Visitor, review: str) -> None:
    page, keyboard = nora.page, nora.page.keyboard
    page.goto(review)
    paragraph, text, save = page.locator(".note-add a").first, page.locator("#id-text"), "Save comment"
    paragraph.click()
    text.fill("   ")
    nora.expecting(404, 422)
    nora.button(save).click()
    expect(page.locator("#new-comment [data-errors]")).to_be_focused()
    expect(page.locator("#comments")).to_contain_text("Said before.")
    text.fill("Half a thought")
    page.reload()
    paragraph.click()
    expect(text).to_have_value("Half a thought")
    text.press("Escape")
    expect(page.locator("#new-comment")).to_be_empty()
    expect(paragraph).to_be_focused()
    page.evaluate(SELECT_WORDS)
    keyboard.press("m")
    expect(page.locator("#new-comment input[name=quote]")).to_have_value("Good bread")
    expect(text).to_have_value("Half a thought")
    text.fill("A whole thought")
    nora.button(save).click()
    expect(page.locator("#comments")).to_contain_text("A whole thought")
    paragraph.click()
    expect(text).to_have_value("")


def an_editor_keeps_its_draft(page: Page, address: str) -> None:
    page.goto(address)
    field = page.locator("main textarea").first
    before = field.input_value()
    field.fill("Quite other words")
    page.reload()
    expect(field).to_have_value("Quite other words")
    page.get_by_role("button", name="Discard").click()
    expect(field).to_have_value(before)
    page.reload()
    expect(field).to_have_value(before)


def filters_say_what_the_list_shows(page: Page, address: str) -> None:
    page.goto(address)
    state = page.locator("select[name=state]")
    for chosen in ("DRAFT", "APPROVED"):
        state.select_option(chosen)
        page.wait_for_url(f"**state={chosen}**")
    page.go_back()
    page.wait_for_url("**state=DRAFT**")
    expect(state).to_have_value("DRAFT")


def a_control_that_changed_keeps_the_focus(page: Page, address: str) -> None:
    """A persona goes to the other list and back, and with it whoever sent it there."""
    page.goto(address)
    card = page.locator("article.voice").first
    button = page.locator(f"#{card.get_attribute('id')}").get_by_role("button")
    first = button.inner_text()
    button.focus()
    page.keyboard.press("Enter")
    expect(button).not_to_have_text(first)
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(button).to_have_text(first)
    expect(button).to_be_focused()


def the_focus_goes_to_the_button_or_the_message(page: Page, events: str, uploads: list[str]) -> None:
    page.goto(events)
    button = page.locator("button[id^=out-]").first
    for pressed in ("Take back", "Leave out"):
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_contain_text(pressed)
        expect(button).to_be_focused()
    wrong = FilePayload(name="a.exe", mimeType="image/png", buffer=b"x")
    for address in uploads:
        page.goto(address)
        form = page.locator("form[enctype]")
        form.locator("input[type=file]").set_input_files(wrong)
        form.locator("button[type=submit]").click()
        expect(page.locator("main [data-errors]")).to_be_focused()


def nothing_has_the_focus_under_a_bar(page: Page, places: dict[str, str]) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for selector, address in places.items():
        page.goto(address)
        expect(page.locator(selector).first).to_be_visible()
        covered, free = page.evaluate(UNDER_A_BAR, selector)
        assert free >= covered > 0, (selector, covered, free)
    page.set_viewport_size({"width": 1280, "height": 900})
