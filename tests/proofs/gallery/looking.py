"""One browser that looks at screens: what it finds, and a picture of each look."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Response,
    Route,
    sync_playwright,
)

from tests.support.page_checks import (
    BREACHES,
    show,
    small_targets,
    violations,
    wider,
    wider_when_stretched,
)

LOOKS = ((1280, 900, "light"), (1280, 900, "dark"), (360, 740, "light"), (360, 740, "dark"))
KINDS = ("axe", "csp", "console", "overflow", "small_targets", "html")
AS_ONE_SEES_IT = """() => {
  document.querySelectorAll("img[loading=lazy]").forEach((picture) => (picture.loading = "eager"));
  scrollTo(0, 0);
}"""
SEND_EMPTY = """() => {
  const form = [...document.querySelectorAll("main form")]
    .find((one) => one.method === "post" && new URL(one.action).pathname === location.pathname);
  form.noValidate = true;
  for (const field of form.elements) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = false;
    else if (field.tagName === "SELECT" || ["hidden", "submit", "button"].includes(field.type)) continue;
    else if ("value" in field && field.type !== "file") field.value = "";
  }
  form.requestSubmit();
}"""


@dataclass(frozen=True)
class Visit:
    """One screen to look at, as one person in one language. `body` is shown instead of what the server says."""

    name: str
    url: str
    role: str
    state: str
    language: str
    cookies: tuple[tuple[str, str], ...] = ()
    status: int = 200
    sends: bool = False
    body: str = ""
    policy: str = ""

    @property
    def who(self) -> tuple[str, str, str]:
        return (self.role, self.language, re.sub(r"(//[^/]+).*", r"\1", self.url))


@dataclass
class Look:
    """What was found in one window. `problems` are pairs of kind and words."""

    visit: Visit
    window: str
    problems: list[tuple[str, str]] = field(default_factory=list)

    def count(self, kind: str) -> int:
        return sum(1 for found, _words in self.problems if found == kind)


class Observer:
    """Looks at one visit after another; a browser window is kept as long as it is the same person's."""

    def __init__(
        self, browser: Browser, pictures: Path, looks: Iterable[tuple[int, int, str]] = LOOKS
    ) -> None:
        self.browser, self.pictures, self.looks = browser, pictures, tuple(looks)
        self.context: BrowserContext | None = None
        self.who: tuple[str, str, str] | None = None
        self.heard: list[tuple[str, str]] = []
        self.expected = 200

    def look_at(self, visit: Visit) -> tuple[list[Look], str]:
        """The looks, and the markup as the server sent it."""
        self.heard, self.expected = [], visit.status
        try:
            page = self._page_of(visit)
            markup = self._open(page, visit)
            return self._looks(page, visit), markup
        except Error as problem:
            self.who = None  # the next one gets a new window
            return [Look(visit, "any", [("console", f"not to be looked at: {problem.message[:300]}")])], ""

    def _looks(self, page: Page, visit: Visit) -> list[Look]:
        found: list[Look] = []
        widths: set[int] = set()
        for width, height, scheme in self.looks:
            show(page, width=width, height=height, scheme=scheme)
            look = Look(visit, f"{width} {scheme}", list(self.heard))
            self.heard = []  # counted once, with the look before which it was heard
            again = width in widths
            widths.add(width)
            look.problems += [("axe", words) for words in violations(page, colours_only=again)]
            look.problems += [("overflow", words) for words in wider(page)]
            look.problems += [("small_targets", words) for words in small_targets(page)]
            page.evaluate(AS_ONE_SEES_IT)
            page.screenshot(path=self._picture(visit, width, scheme), type="jpeg", quality=55, full_page=True)
            found.append(look)
        if visit.language == "en":
            show(page, width=360, height=740, scheme="light")
            found[-1].problems += [("overflow", words) for words in wider_when_stretched(page)]
        page.set_viewport_size({"width": 1280, "height": 900})
        return found

    def _page_of(self, visit: Visit) -> Page:
        if self.context is None or self.who != visit.who:
            if self.context is not None:
                self.context.close()
            locale = {"cs": "cs-CZ", "en": "en-GB"}[visit.language]
            self.context = self.browser.new_context(
                locale=locale, viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
            )
            self.context.set_default_timeout(20_000)
            self.context.add_init_script(BREACHES)
            self.context.add_cookies(
                [{"name": name, "value": value, "url": visit.who[2]} for name, value in visit.cookies]
            )
            page = self.context.new_page()
            page.on("console", self._on_console)
            page.on("pageerror", lambda error: self.heard.append(("console", str(error))))
            page.on("response", self._on_response)
            self.who = visit.who
        return self.context.pages[0]

    def _open(self, page: Page, visit: Visit) -> str:
        if visit.body:
            page.route(visit.url, lambda route: _instead(route, visit))
        response = page.goto(visit.url)
        if visit.sends:
            with page.expect_response(lambda answer: answer.request.method == "POST") as refused:
                page.evaluate(SEND_EMPTY)
            page.wait_for_load_state("load")
            page.wait_for_timeout(200)
            whole = refused.value.request.resource_type == "document" and refused.value.status == 422
            return refused.value.text() if whole else ""
        if visit.body:
            page.unroute(visit.url)
        return visit.body or (response.text() if response else "")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        refused = re.search(r"status of (\d{3})", message.text)
        if not (refused and int(refused[1]) == self.expected):
            self.heard.append(("csp" if message.text.startswith("CSP:") else "console", message.text))

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.status != self.expected:
            self.heard.append(("console", f"{response.status} {response.url}"))

    def _picture(self, visit: Visit, width: int, scheme: str) -> Path:
        folder = self.pictures / visit.language / visit.state / visit.role
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{re.sub(r'[^a-z0-9]+', '-', visit.name.lower())}-{width}-{scheme}.jpeg"


def _instead(route: Route, visit: Visit) -> None:
    headers = {"Content-Security-Policy": visit.policy, "Content-Type": "text/html; charset=utf-8"}
    route.fulfill(body=visit.body, status=visit.status, headers=headers)


def seen_by(
    visits: list[Visit], pictures: Path, chromium: str | None, looks: tuple[tuple[int, int, str], ...]
) -> list[tuple[list[Look], str]]:
    """All visits in one browser. Entry of a process that knows nothing of Django."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        observer = Observer(browser, pictures, looks)
        found = [observer.look_at(visit) for visit in visits]
        browser.close()
    return found
