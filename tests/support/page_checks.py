"""What no page may do, measured in the page itself: for the journeys and for `make screens`."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

SMALLEST_TARGET = 24
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
AXE_OPTIONS: dict[str, Any] = {**AXE, "resultTypes": ["violations"]}
# The rules that can say another thing when nothing but the colours has changed.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
COLOUR_OPTIONS: dict[str, Any] = {**AXE_OPTIONS, "runOnly": {"type": "rule", "values": OF_COLOURS}}
BREACHES = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""
# Targets inside a sentence are excepted by WCAG 2.5.8, and so is what is not shown or lies under a label.
SMALL_TARGETS = """(least) => {
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const among = (element) => element.parentElement.textContent.trim().length > element.textContent.trim().length + 10;
  const within = (element) => getComputedStyle(element).display === "inline"
    && (element.closest("p, li, dd, td, label") || among(element));
  const covered = (element) => getComputedStyle(element, "::after").position === "absolute";
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [role=button]")]
    .filter((element) => shown(element) && !within(element) && !covered(element) && !element.closest(".sr, .skip"))
    .map((element) => [element.closest("label") ?? element, element])
    .map(([box, element]) => [box.getBoundingClientRect(), element])
    .filter(([box]) => box.width > 1 && box.height > 1 && (box.width < least - 0.5 || box.height < least - 0.5))
    .map(([box, element]) => `${Math.round(box.width)}x${Math.round(box.height)} ${element.outerHTML.slice(0, 160)}`);
}"""
# What takes the focus has to be seen with it: a link shrunk to a point is a place where the focus gets lost.
LOST_FOCUS = """() => [...document.querySelectorAll("a[href], button, summary")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(".skip"))
  .filter((element) => element.tabIndex >= 0 && element.getBoundingClientRect().width <= 1)
  .map((element) => element.outerHTML.slice(0, 160))"""
# Colours on their way from one scheme to the other have no contrast of their own yet.
AT_REST = (
    "() => document.getAnimations().filter((a) => a instanceof CSSTransition).forEach((a) => a.finish())"
)
# What lies in a part that scrolls by itself is not what makes the page wide.
WIDER_THAN_THE_WINDOW = """() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  const scrolls = (element) => element && element !== document.body
    && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
  return [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > most + 1 && !scrolls(e.parentElement))
    .slice(0, 4).map((e) => `${Math.round(e.getBoundingClientRect().right)} ${e.outerHTML.slice(0, 140)}`)
    .concat("overflow");
}"""


# A pseudo-locale: every word of the interface grows by two fifths, as it may in another language. What is in a
# language of its own, a number or a code, stays.
STRETCH = """() => {
  const grown = (word) => word + "ëøůñ".repeat(1 + word.length / 10).slice(0, Math.ceil(word.length * 0.4));
  const stays = "script, style, code, kbd, time, textarea, svg, .mono, .num, .hash, [lang]:not(html)";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(stays)) texts.push(walker.currentNode);
  texts.forEach((text) => (text.data = text.data.replace(/\\p{L}{2,}/gu, grown)));
}"""


def show(page: Page, *, width: int, height: int, scheme: str) -> None:
    """In a window of this size and colour scheme, with nothing on its way any more."""
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.evaluate(AT_REST)


def violations(page: Page, *, colours_only: bool = False) -> list[str]:
    """What axe finds. It stays in a page, so that a second look at it is cheap; where the same page was looked at
    in the same width and another colour scheme before, `colours_only` leaves out what cannot have changed."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = COLOUR_OPTIONS if colours_only else AXE_OPTIONS
    found = page.evaluate("(options) => axe.run(document, options).then((r) => r.violations)", options)
    return [
        f"axe {violation['id']}: {node['html'][:200]} {node['failureSummary'][:200]}"
        for violation in found
        for node in violation["nodes"][:3]
    ]


def wider(page: Page) -> list[str]:
    return [f"wider than the window: {found}" for found in page.evaluate(WIDER_THAN_THE_WINDOW)]


def wider_when_stretched(page: Page) -> list[str]:
    """The page cannot be used for anything else afterwards."""
    page.evaluate(STRETCH)
    return [f"in a longer language: {found}" for found in wider(page)]


def small_targets(page: Page) -> list[str]:
    return [f"small target: {found}" for found in page.evaluate(SMALL_TARGETS, SMALLEST_TARGET)]


def lost_focus(page: Page) -> list[str]:
    return [f"focus gets lost on: {found}" for found in page.evaluate(LOST_FOCUS)]
