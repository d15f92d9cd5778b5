"""A whole website read politely: robots.txt, sitemap, then the pages that say most about the company."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext

from posthub.company.reader import robots as robots_txt
from posthub.company.reader.addresses import clean, is_page, key_of, language_of_path, role_of, same_site
from posthub.company.reader.connection import Resolve, system_resolve
from posthub.company.reader.encoding import decoded
from posthub.company.reader.fetching import Fetcher, NotRead
from posthub.company.reader.furniture import set_repeated_apart
from posthub.company.reader.parsing import parse
from posthub.company.reader.shapes import Limits, Page, Problem, SiteReading
from posthub.company.reader.sitemap import listed_pages
from posthub.company.reader.vetting import AllowList

Progress = Callable[[str, int, int], None]  # address, pages read so far, pages wanted at most

WORTH = {
    "about": 100, "services": 92, "products": 90, "contact": 88, "pricing": 80, "faq": 74,
    "references": 78, "partners": 30, "blog": 40, "home": 20, "": 45, "jobs": 5, "imprint": 50, "legal": -50,
}  # fmt: skip
FATIGUE = {
    "about": 15,
    "services": 9,
    "products": 9,
    "": 9,
    "blog": 26,
    "references": 25,
    "contact": 40,
    "faq": 35,
    "imprint": 60,
}


@dataclass(slots=True)
class _Choice:
    """Addresses still to be read, each with what its link called it."""

    start: str
    language: str
    waiting: dict[str, tuple[str, str]] = field(default_factory=dict)  # key -> (address, link text)
    taken: Counter[str] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)

    def offer(self, found: Iterable[tuple[str, str]]) -> None:
        for url, text in found:
            address = clean(url)
            key = key_of(address)
            if key in self.seen or not same_site(address, self.start) or not is_page(address):
                continue
            known = self.waiting.get(key)
            self.waiting[key] = (known[0] if known else address, (known[1] if known else "") or text)

    def best(self) -> str:
        if not self.waiting:
            return ""
        key = max(self.waiting, key=lambda name: (self._worth(*self.waiting[name]), name))
        address, text = self.waiting.pop(key)
        if self._worth(address, text) < -20:
            return ""
        self.seen.add(key)
        self.taken[role_of(address, text)] += 1
        return address

    def _worth(self, url: str, text: str) -> float:
        role = role_of(url, text)
        parts = urlsplit(url)
        other = language_of_path(url)
        foreign = bool(other) and not self.language.lower().startswith(other)
        depth = max(0, parts.path.strip("/").count("/"))
        tired = FATIGUE.get(role, 30) * self.taken[role]
        worth = max(1, WORTH[role] - tired) if WORTH[role] > 0 else WORTH[role]
        worth -= min(15, 4 * depth + 12 * bool(parts.query))
        return worth - (0 if text else 3) - (200 if foreign else 0)


def read_site(
    url: str,
    *,
    language: str = "",
    limits: Limits | None = None,
    allow: Iterable[str | tuple[str, int]] = (),
    on_progress: Progress | None = None,
    resolve: Resolve = system_resolve,
) -> SiteReading:
    """What a site says, in `language` where it has a version in it. Failures of the site stand in `problems`."""
    limits = limits or Limits()
    allowed = AllowList.of(allow)
    fetcher = Fetcher(limits, allowed, resolve)
    try:
        reading = SiteReading(url)
        for start in _spellings(url, allowed):
            reading = _read_from(start, language, fetcher, limits, on_progress)
            if reading.pages:
                break
    finally:
        fetcher.close()
    set_repeated_apart(reading.pages)
    return reading


def _spellings(url: str, allow: AllowList) -> list[str]:
    text = url.strip()
    if "://" in text:
        return [text]
    host, _, port = text.partition("/")[0].rpartition(":")
    if port.isdigit() and (host.lower(), int(port)) in allow:
        return [f"http://{text}"]
    return [f"https://{text}", f"http://{text}"]


def _read_from(
    start: str, language: str, fetcher: Fetcher, limits: Limits, on_progress: Progress | None
) -> SiteReading:
    reading = SiteReading(clean(start))
    robots = _robots(fetcher, reading)
    first = _page(start, fetcher, robots, reading, {""})
    if first is None:
        return reading
    if not same_site(first.url, start):
        robots = _robots(fetcher, SiteReading(first.url))
        if not robots.may(first.url):
            reading.problems.append(Problem(first.url, gettext("robots.txt asks not to read it")))
            return reading
    first = _in_language(language, first, fetcher, robots, reading)
    reading.url = first.url
    reading.pages.append(first)
    choice = _Choice(
        first.url, first.language or language_of_path(first.url), seen={key_of(start), key_of(first.url)}
    )
    _leave_other_languages(choice, first)
    listed, problems = listed_pages(fetcher, first.url, robots.sitemaps, limits, robots.may)
    reading.problems += problems
    choice.offer((link.url, link.text) for link in first.links)
    choice.offer((entry, "") for entry in listed)
    _read_rest(choice, fetcher, robots, reading, limits, on_progress)
    reading.listed = _titles(reading, listed)
    return reading


def _in_language(
    language: str, first: Page, fetcher: Fetcher, robots: robots_txt.Robots, reading: SiteReading
) -> Page:
    """The first page of the version in the language that is wanted, as the site itself announces it."""
    if not language or first.language[:2].lower() in ("", language):
        return first
    announced = (url for code, url in first.alternates.items() if code[:2].lower() == language)
    other = next((url for url in announced if same_site(url, first.url) and robots.may(url)), None)
    found = _page(other, fetcher, robots, reading, {""}) if other else None
    if found is None or found.language[:2].lower() != language:
        reason = gettext("the website is in another language than your content; its facts stay in its own")
        reading.problems.append(Problem(first.url, reason))
        return first
    return found


def _read_rest(
    choice: _Choice,
    fetcher: Fetcher,
    robots: robots_txt.Robots,
    reading: SiteReading,
    limits: Limits,
    on_progress: Progress | None,
) -> None:
    texts = {reading.pages[0].text}
    tried = 0
    while len(reading.pages) < limits.pages and tried < limits.pages * 2:
        address = choice.best()
        if not address:
            return
        if fetcher.seconds_left <= 0:
            reading.problems.append(Problem(address, gettext("the time for reading this site was over")))
            return
        tried += 1
        if robots.delay:
            time.sleep(min(robots.delay, 2.0, max(0.0, fetcher.seconds_left)))
        page = _page(address, fetcher, robots, reading, texts)
        if page is None:
            continue
        choice.seen.add(key_of(page.url))
        choice.offer((link.url, link.text) for link in page.links)
        _leave_other_languages(choice, page)
        if page.language[:2] not in ("", choice.language[:2]) and choice.language:
            continue  # another language version that its address did not announce
        texts.add(page.text)
        reading.pages.append(page)
        if on_progress is not None:
            on_progress(page.url, len(reading.pages), limits.pages)


def _robots(fetcher: Fetcher, reading: SiteReading) -> robots_txt.Robots:
    """What the site allows, as RFC 9309 asks: everything without a robots.txt (4xx), nothing where it cannot be had.

    That is the case where the server fails (5xx) and where the network does. A robots.txt that leads astray
    (redirects without end, to a forbidden place, damaged) forbids nothing; the reading says so.
    """
    address = urljoin(reading.url, "/robots.txt")
    try:
        answer = fetcher.get(address, html=False)
    except NotRead as error:
        if 400 <= error.status < 500:
            return robots_txt.EVERYTHING
        if error.unreachable or error.status >= 500:
            reading.problems.append(Problem(address, error.reason, error.status))
            return robots_txt.NOTHING
        reading.problems.append(
            Problem(address, gettext("robots.txt could not be read; the site was tried all the same"))
        )
        return robots_txt.EVERYTHING
    if answer.content_type in ("text/html", "application/xhtml+xml"):
        return robots_txt.EVERYTHING
    return robots_txt.parse(answer.body[:500_000].decode("utf-8", errors="replace").lstrip("\ufeff"))


def _page(
    url: str, fetcher: Fetcher, robots: robots_txt.Robots, reading: SiteReading, texts: set[str]
) -> Page | None:
    """The page at an address, through at most two meta refreshes; None (and a problem) where there is none."""
    address = url
    try:
        for _ in range(3):
            answer = fetcher.get(address, may=lambda hop: not same_site(hop, reading.url) or robots.may(hop))
            page = parse(decoded(answer.body, answer.charset), answer.url)
            if not page.refresh or key_of(page.refresh) == key_of(page.url) or len(page.text) > 600:
                break
            if not same_site(page.refresh, reading.url):
                break
            address = page.refresh
    except NotRead as error:
        reading.problems.append(Problem(address, error.reason, error.status))
        return None
    reading.problems += [Problem(page.url, reason, page.status) for reason in page.problems]
    if reading.pages and (page.text in texts or not same_site(page.url, reading.url)):
        return None
    return page


def _leave_other_languages(choice: _Choice, page: Page) -> None:
    for code, url in page.alternates.items():
        if (
            code.lower() != "x-default"
            and choice.language
            and code[:2].lower() != choice.language[:2].lower()
        ):
            key = key_of(url)
            choice.waiting.pop(key, None)
            choice.seen.add(key)


def _titles(reading: SiteReading, listed: list[str]) -> dict[str, str]:
    """Every address of the site that was met, with its title, else the text of a link to it."""
    titles = {clean(url): "" for url in listed if is_page(url)}
    for page in reading.pages:
        for link in page.links:
            address = clean(link.url)
            if same_site(address, reading.url) and is_page(address) and not titles.get(address):
                titles[address] = link.text
    titles |= {page.url: page.title for page in reading.pages}
    return titles
