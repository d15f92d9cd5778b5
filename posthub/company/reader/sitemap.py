"""The addresses a site lists about itself."""

from collections.abc import Callable
from urllib.parse import urljoin
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext

from posthub.company.reader.addresses import clean, same_site
from posthub.company.reader.fetching import Fetcher, NotRead, unpacked
from posthub.company.reader.shapes import Limits, Problem


def listed_pages(
    fetcher: Fetcher, start: str, named: list[str], limits: Limits, may: Callable[[str], bool]
) -> tuple[list[str], list[Problem]]:
    """Addresses of the site's own pages in the order listed, and what could not be read."""
    waiting = [url for url in (urljoin(start, name) for name in named) if same_site(url, start)]
    guessed = not waiting
    waiting = waiting or [urljoin(start, "/sitemap.xml")]
    pages: dict[str, None] = {}
    problems: list[Problem] = []
    done = 0
    while waiting and done < limits.sitemap_files and len(pages) < limits.sitemap_urls:
        url = waiting.pop(0)
        done += 1
        try:
            answer = fetcher.get(url, html=False, may=may)
        except NotRead as error:
            if not (guessed and error.status == 404):
                problems.append(Problem(url, error.reason, error.status))
            continue
        nested, found = entries(unpacked(answer.body, limits.page_bytes))
        if nested is None:
            problems.append(Problem(url, gettext("the sitemap is damaged"), answer.status))
            continue
        waiting += [entry for entry in nested if same_site(entry, start)]
        pages |= dict.fromkeys(clean(entry) for entry in found if same_site(entry, start))
    return list(pages)[: limits.sitemap_urls], problems


def entries(body: bytes) -> tuple[list[str] | None, list[str]]:
    """(addresses of further sitemaps, addresses of pages); None first where it is no sitemap."""
    try:
        root = fromstring(body.strip())
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return None, []
    places = [
        (child.text or "").strip()
        for entry in root
        for child in entry
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] == "loc"
    ]
    kind = str(root.tag).rpartition("}")[2]
    if kind == "sitemapindex":
        return places, []
    return ([], places) if kind == "urlset" else (None, [])
