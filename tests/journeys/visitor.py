"""Somebody at a browser, and everything a page must not do while they look at it."""

import itertools
import os
import re
import shutil
from pathlib import Path

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response

from posthub.core.statements import HEADER
from tests.journeys.words import Words
from tests.support.live import Live
from tests.support.page_checks import BREACHES, lost_focus, show, small_targets, violations, wider

PICTURES = os.environ.get("PICTURES") == "1"
MOST_STATEMENTS = 12
ALL_LOOKS = (("wide", 1280, 900, "light"), ("phone", 360, 740, "dark"))
DARK_DESK = (("wide", 1280, 900, "dark"),)
PHONE = (("phone", 360, 740, "light"),)
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
        refused = re.search(r"(?:status of|Status Error Code) (\d{3})", message.text)
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
        self.page.wait_for_load_state()  # a form may have been sent a moment ago
        for size, width, height, scheme in self.looks:
            show(self.page, width=width, height=height, scheme=scheme)
            known = len(self.problems)
            found = [*wider(self.page), *small_targets(self.page), *lost_focus(self.page)]
            found += violations(self.page if self.scripts else self._copy(width, height, scheme))
            self.problems.extend(f"{name}, {size}, {problem}" for problem in found)
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
