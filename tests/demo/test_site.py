import http.client
import json
import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from posthub.demo.site.pages import by_key, company, pages
from posthub.demo.site.server import Server, Site

ORIGIN = "http://127.0.0.1:{}"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = Server(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def fetch(port: int, path: str, host: str | None = None, method: str = "GET") -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, headers={"Host": host} if host else {})
        answer = connection.getresponse()
        kind = (answer.getheader("Content-Type") or "").split(";")[0]
        return answer.status, kind, answer.read().decode(errors="replace")
    finally:
        connection.close()


def graph(text: str) -> dict[str, dict[str, object]]:
    script = LexborHTMLParser(text).css_first('script[type="application/ld+json"]')
    assert script is not None
    nodes = json.loads(script.text())["@graph"]
    return {node["@type"] if isinstance(node["@type"], str) else node["@type"][0]: node for node in nodes}


def test_every_page_has_its_counterpart_in_the_other_language() -> None:
    keys = {
        language: {page.key for page in pages().values() if page.language == language}
        for language in ("cs", "en")
    }
    assert keys["cs"] == keys["en"]
    assert len(keys["cs"]) == 14


def test_every_internal_link_leads_somewhere(port: int) -> None:
    origin = ORIGIN.format(port)
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        status, kind, text = fetch(port, path)
        assert (path, status) == (path, 200)
        if kind != "text/html":
            continue
        for node in LexborHTMLParser(text).css("[href], [src]"):
            target = urljoin(origin + path, node.attributes.get("href") or node.attributes.get("src") or "")
            if target.startswith(origin + "/"):
                waiting.append(urlsplit(target).path)
    assert set(pages()) <= seen


@pytest.mark.parametrize("path", sorted(pages()))
def test_a_page_is_complete_for_people_and_machines(port: int, path: str) -> None:
    origin = ORIGIN.format(port)
    tree = LexborHTMLParser(fetch(port, path)[2])
    page = pages()[path]
    assert [node.text() for node in tree.css("h1")] == [page.heading]
    canonical = tree.css_first('link[rel="canonical"]')
    assert canonical is not None
    assert canonical.attributes["href"] == origin + path
    languages = {node.attributes["hreflang"] for node in tree.css('link[rel="alternate"][hreflang]')}
    assert languages == {"cs", "en", "x-default"}
    assert len(page.description) <= 160
    assert len(page.title) <= 70
    assert len(tree.css('meta[property^="og:"]')) >= 7
    assert not re.search(r"\$[a-z_]+|page:[a-z]", tree.html or "")
    words = tree.css_first(".text")
    assert words is not None
    assert 300 <= len(words.text(separator=" ").split()) <= 650


def test_structured_data_can_be_read(port: int) -> None:
    for page in pages().values():
        nodes = graph(fetch(port, page.path)[2])
        assert {"Organization", "WebSite", "BreadcrumbList"} <= set(nodes)
        assert nodes["Organization"]["legalName"] == "Pekárna Podhorka s. r. o."
    product = graph(fetch(port, by_key()["cs", "spelt-loaf"].path)[2])["Product"]
    assert product["offers"]["price"] == "89.00"  # type: ignore[index]
    article = graph(fetch(port, by_key()["en", "post-mill"].path)[2])["BlogPosting"]
    assert article["datePublished"] == "2026-11-05"
    questions = graph(fetch(port, by_key()["cs", "faq"].path)[2])["FAQPage"]
    assert len(questions["mainEntity"]) == 13  # type: ignore[arg-type]


def test_absolute_addresses_follow_the_host_that_was_asked_for(port: int) -> None:
    text = fetch(port, "/", host="pekarna.example:8080")[2]
    assert '<link rel="canonical" href="http://pekarna.example:8080/">' in text


@pytest.mark.parametrize("host", ['a"><script>', "a b", ""])
def test_a_host_that_is_none_is_refused(port: int, host: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest("GET", "/", skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    assert connection.getresponse().status == 400
    connection.close()


def test_robots_names_the_sitemap_and_the_sitemap_every_page(port: int) -> None:
    origin = ORIGIN.format(port)
    assert f"Sitemap: {origin}/sitemap.xml" in fetch(port, "/robots.txt")[2].splitlines()
    root = ET.fromstring(fetch(port, "/sitemap.xml")[2])
    found = {node.text for node in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert found == {origin + path for path in pages()}


@pytest.mark.parametrize(("path", "language"), [("/feed.xml", "cs"), ("/en/feed.xml", "en")])
def test_the_feed_lists_the_posts_newest_first(port: int, path: str, language: str) -> None:
    root = ET.fromstring(fetch(port, path)[2])
    links = [urlsplit(node.text or "").path for node in root.iterfind("./channel/item/link")]
    assert links == [by_key()[language, f"post-{name}"].path for name in ("mill", "storing", "fermentation")]


@pytest.mark.parametrize("path", ["/nic/", "/static/../pages.py", "/static/%2e%2e/pages.py", "/static/"])
def test_what_is_not_there_is_not_found(port: int, path: str) -> None:
    assert fetch(port, path)[0] == 404


def test_a_head_request_has_no_body(port: int) -> None:
    assert fetch(port, "/", method="HEAD") == (200, "text/html", "")


def test_the_company_number_has_a_valid_checksum() -> None:
    number = company()["organization"]["taxID"]
    total = sum(int(digit) * weight for digit, weight in zip(number[:7], range(8, 1, -1), strict=True))
    assert int(number[7]) == (11 - total % 11) % 10
