"""Somebody at a browser, and everything a page must not do while they look at it."""

import itertools
import os
import re
import shutil
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response

from posthub.core.statements import HEADER
from tests.journeys.words import Words
from tests.support.live import Live

PICTURES = os.environ.get("PICTURES") == "1"
MOST_STATEMENTS = 12
SMALLEST_TARGET = 24
ALL_LOOKS = (("wide", 1280, 900, "light"), ("phone", 360, 740, "dark"))
DARK_DESK = (("wide", 1280, 900, "dark"),)
PHONE = (("phone", 360, 740, "light"),)
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
AXE_OPTIONS: dict[str, Any] = {**AXE, "resultTypes": ["violations"]}
BREACHES = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""
# Targets inside a sentence are excepted by WCAG 2.5.8, and so is what is not shown or lies under a label.
SMALL_TARGETS = """(least) => {
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const within = (element) => element.closest("p, li, dd, td, label") && getComputedStyle(element).display === "inline";
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
WIDER_THAN_THE_WINDOW = """() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  return [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > most + 1)
    .slice(-4).map((e) => `${Math.round(e.getBoundingClientRect().right)} ${e.outerHTML.slice(0, 140)}`)
    .concat("overflow");
}"""


# What a page holds for whoever has no scripts is shown; what would run or load it anew is left out.
ONLY_MARKUP = re.compile(
    r"</?noscript[^>]*>|<script\b.*?</script>|<meta http-equiv=.refresh.[^>]*>", re.DOTALL | re.IGNORECASE
)

Looks = tuple[tuple[str, int, int, str], ...]


class Visitor:
    """One browser window. What goes wrong is collected in `problems`; `look_well` looks for more of it."""

    def __init__(
        self,
        context: BrowserContext,
        live: Live,
        words: Words,
        folder: Path,
        *,
        looks: Looks,
        scripts: bool,
        window: tuple[int, int],
    ) -> None:
        self.live = live
        self.words = words
        self.scripts = scripts
        self.looks = looks
        self.page: Page = context.new_page()
        self.problems: list[str] = []
        self.seen: list[str] = []
        self.statements: dict[str, int] = {}
        self._expected: tuple[int, ...] = ()
        self._folder = folder
        self._window = window
        self._lens: Page | None = None
        self._numbers = itertools.count(1)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        context.add_init_script(BREACHES)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.problems.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._on_response)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        refused = re.search(r"status of (\d{3})", message.text)
        if not (refused and int(refused[1]) in self._expected):
            self.problems.append(f"{self.page.url} console: {message.text}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._expected:
            self.problems.append(f"{response.status} {response.request.method} {response.url}")
        if response.request.method != "GET" or HEADER.lower() not in response.headers:
            return
        if "/static/" in response.url:
            return
        count = int(response.headers[HEADER.lower()])
        kind = "document" if response.request.resource_type == "document" else "fragment"
        path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", re.sub(r"https?://[^/]+", "", response.url))
        self.statements[f"{kind} {path}"] = max(count, self.statements.get(f"{kind} {path}", 0))
        if count > MOST_STATEMENTS:
            self.problems.append(f"{count} statements for {kind} {response.url}")

    def expecting(self, *statuses: int) -> None:
        """From now on these answers are what the test provokes, and their line in the console too."""
        self._expected = statuses

    def look_well(self, name: str) -> None:
        """Look at the page as it stands, in each of the visitor's windows.

        A picture is kept where something is wrong, and of everything with PICTURES=1: it costs as much as
        a third of the looking.
        """
        number = next(self._numbers)
        self.seen.append(name)
        for size, width, height, scheme in self.looks:
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            self.page.evaluate(AT_REST)
            where, known = f"{name}, {size}", len(self.problems)
            for found in self.page.evaluate(WIDER_THAN_THE_WINDOW):
                self.problems.append(f"{where}, wider than the window: {found}")
            for found in self.page.evaluate(SMALL_TARGETS, SMALLEST_TARGET):
                self.problems.append(f"{where}, small target: {found}")
            for found in self.page.evaluate(LOST_FOCUS):
                self.problems.append(f"{where}, focus gets lost on: {found}")
            self._check_accessibility(where, self.page if self.scripts else self._copy(width, height, scheme))
            if PICTURES or len(self.problems) > known:
                picture = self._folder / f"{number:02}-{name}-{size}-{scheme}.jpeg"
                self.page.screenshot(path=picture, type="jpeg", quality=70, full_page=True)
        self.page.set_viewport_size({"width": self._window[0], "height": self._window[1]})
        self.page.emulate_media(color_scheme="light")

    def keep(self, name: str) -> None:
        """A picture of what is seen now, kept whatever comes of it."""
        self.page.screenshot(path=self._folder / f"kept-{name}.jpeg", type="jpeg", quality=70)

    def _copy(self, width: int, height: int, scheme: str) -> Page:
        """The page as it stands, in a window that can run the checker: with scripts off nothing there would."""
        markup = ONLY_MARKUP.sub("", self.page.content())
        if self._lens is None:
            browser = self.page.context.browser
            assert browser is not None
            self._lens = browser.new_context(reduced_motion="reduce", bypass_csp=True).new_page()
        lens = self._lens
        lens.set_viewport_size({"width": width, "height": height})
        lens.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        lens.unroute_all()
        lens.route(self.page.url, lambda route: route.fulfill(body=markup, content_type="text/html"))
        lens.goto(self.page.url)
        return lens

    def _check_accessibility(self, where: str, page: Page) -> None:
        for violation in Axe().run(page, options=AXE_OPTIONS).response["violations"]:
            nodes = [
                f"{node['html'][:200]} {node['failureSummary'][:200]}" for node in violation["nodes"][:3]
            ]
            self.problems.append(f"{where}, axe {violation['id']}: {nodes}")

    def button(self, source: str, **values: object) -> Locator:
        return self.page.get_by_role("button", name=self.words(source, **values), exact=True)

    def link(self, source: str, **values: object) -> Locator:
        return self.page.get_by_role("link", name=self.words(source, **values), exact=True)

    def field(self, source: str) -> Locator:
        return self.page.get_by_label(self.words(source), exact=True)

    def heading(self, source: str, **values: object) -> Locator:
        return self.page.get_by_role("heading", name=self.words(source, **values))

    def leave(self) -> None:
        """What was found is printed, so that a journey that broke off shows it too."""
        print(*self.problems, sep="\n")
        print(*(f"{count:3} {what}" for what, count in sorted(self.statements.items())), sep="\n")
        self.page.screenshot(path=self._folder / "last.png", full_page=True)
        if self._lens is not None:
            self._lens.context.close()
        self.page.context.close()
