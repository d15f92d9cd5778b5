"""A few screens as `make screens` looks at all of them."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.typing import not_told
from tests.proofs.gallery import markup
from tests.proofs.gallery.looking import Observer, Visit
from tests.support.live import Live

pytestmark = pytest.mark.browser


def test_screens_hold_what_make_screens_asks_of_all(live: Live, chromium: Browser, tmp_path: Path) -> None:
    observer = Observer(chromium, tmp_path, looks=[(360, 740, "dark")])
    wrong = []
    for path in ("/", "/accounts/login/", "/visual-book/?q=chart"):
        visit = Visit(path, live.url(path), "anonymous", "filled", "en")
        looks, text = observer.look_at(visit)
        wrong += [problem for look in looks for problem in look.problems] + markup.parse_errors(text)
    assert wrong == []


GAP = """() => {
  const gap = document.querySelector("a.slot-empty") ?? document.querySelector("a.slot");
  gap.classList.add("slot-empty");
  const before = getComputedStyle(gap).outlineStyle;
  gap.focus({focusVisible: true});
  return [before, getComputedStyle(gap).outlineStyle];
}"""
# Words that have less room than any word takes, and rows of a component that stand beside each other.
NARROW = """() => [...document.querySelectorAll(".dna-row > *, .job > *, .thread > *")]
  .filter((one) => one.getBoundingClientRect().width <
    one.parentElement.clientWidth / (one.matches(".dna-row > *") ? 9 : 2))
  .filter((one) => !one.matches(".btn, p:has(> .fact)"))
  .map((one) => `${one.parentElement.id} ${one.className}`)"""


def test_what_is_chosen_focused_or_shown_in_the_book_is_seen(live: Live, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.goto(live.url("/visual-book/"))
    assert page.evaluate(NARROW) == []
    assert page.evaluate(GAP) == ["dashed", "solid"]
    page.emulate_media(forced_colors="active")
    assert not_told(page, [".chip", ".side-nav a", ".segment > *"]) == []
    assert (
        page.evaluate("() => getComputedStyle(document.querySelector('progress')).forcedColorAdjust")
        == "none"
    )
    page.close()
