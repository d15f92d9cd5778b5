# ruff: noqa: E501
"""How the reader behaves on sites that are slow, huge, broken, or ask to be left alone."""

import gzip
import time
from http.server import BaseHTTPRequestHandler

import pytest

from posthub.company.reader import Limits, SiteReading, read_site
from tests.sites.serving import Answer, Respond, page, served

QUICK = Limits(page_seconds=1, total_seconds=6)
TEXT = "<p>Vyrábíme stoly a židle z masivu, které vydrží celé generace, a rádi vám je ukážeme v dílně.</p>"


def site(pages: dict[str, Answer]) -> Respond:
    def respond(handler: BaseHTTPRequestHandler, path: str) -> Answer:
        return pages.get(path, (404, {"Content-Type": "text/html"}, b"none"))

    return respond


def read(pages: dict[str, Answer], limits: Limits = QUICK) -> tuple[SiteReading, list[str], str]:
    with served(site(pages)) as (url, entry, asked):
        return read_site(url, allow=[entry], limits=limits), list(asked), url.rstrip("/")


def titles(reading: SiteReading) -> list[str]:
    return [each.title for each in reading.pages]


def test_robots_txt_comes_first_and_is_obeyed() -> None:
    robots = page(
        "User-agent: *\nDisallow: /\n\nUser-agent: PostHubBot\nDisallow: /o-nas\nAllow: /", "text/plain"
    )
    home = page(f'<title>Home</title>{TEXT}<a href="/o-nas">O nás</a><a href="/sluzby">Služby</a>')
    reading, asked, _ = read(
        {
            "/robots.txt": robots,
            "/": home,
            "/o-nas": page("<title>About</title>"),
            "/sluzby": page(f"<title>Work</title>{TEXT}x"),
        }
    )
    assert asked[0] == "/robots.txt"
    assert titles(reading) == ["Home", "Work"]
    assert "/o-nas" not in asked


def test_a_site_that_forbids_reading_is_not_read() -> None:
    reading, asked, _ = read(
        {"/robots.txt": page("User-agent: *\nDisallow: /", "text/plain"), "/": page(TEXT)}
    )
    assert reading.pages == []
    assert [problem.reason for problem in reading.problems] == ["robots.txt asks not to read it"]
    assert asked == ["/robots.txt"]


def test_pages_of_a_packed_sitemap_index_are_found() -> None:
    with served(lambda handler, path: pages.get(path, (404, {}, b""))) as (url, entry, _):
        index = f"<sitemapindex><sitemap><loc>{url}pages.xml.gz</loc></sitemap></sitemapindex>"
        listed = gzip.compress(
            f"<urlset><url><loc>{url}skryta-sluzba</loc></url><url><loc>http://evil.cz/</loc></url></urlset>".encode()
        )
        pages = {
            "/": page(f"<title>Home</title>{TEXT}"),
            "/sitemap.xml": page(index, "application/xml"),
            "/pages.xml.gz": (200, {"Content-Type": "application/gzip"}, listed),
            "/skryta-sluzba": page(f"<title>Hidden</title>{TEXT}y"),
        }
        reading = read_site(url, allow=[entry], limits=QUICK)
    assert titles(reading) == ["Home", "Hidden"]


def test_a_hostile_sitemap_is_only_a_problem() -> None:
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>'
    )
    reading, _, url = read({"/": page(TEXT), "/sitemap.xml": page(bomb, "application/xml")})
    assert [(problem.url, problem.reason) for problem in reading.problems] == [
        (f"{url}/sitemap.xml", "the sitemap is damaged")
    ]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((403, {"Content-Type": "text/html"}, b"no"), "the site answered with status 403"),
        ((500, {"Content-Type": "text/html"}, b"no"), "the site answered with status 500"),
        ((302, {"Location": "/"}, b""), "the page redirects to itself"),
        ((200, {"Content-Type": "application/pdf"}, b"%PDF"), "it is not a web page (application/pdf)"),
        ((200, {"Content-Type": "text/html"}, b"x" * 5_000_000), "the page is larger than 2 MB"),
        (
            (
                200,
                {"Content-Type": "text/html", "Content-Encoding": "gzip"},
                gzip.compress(b"x" * 50_000_000),
            ),
            "the page is larger than 2 MB",
        ),
        (
            (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, b"not packed"),
            "the page arrived damaged",
        ),
        (
            (200, {"Content-Type": "text/html", "Content-Encoding": "br"}, b"x"),
            "the page is packed in a way that was not asked for",
        ),
    ],
)
def test_a_page_that_cannot_be_read_says_why(answer: Answer, reason: str) -> None:
    reading, _, _ = read({"/": answer})
    assert reading.pages == []
    assert [problem.reason for problem in reading.problems] == [reason]


def test_too_many_redirects_end() -> None:
    hops = {f"/{n}": (302, {"Location": f"/{n + 1}"}, b"") for n in range(1, 9)}
    reading, asked, _ = read({"/": (302, {"Location": "/1"}, b""), **hops})
    assert [problem.reason for problem in reading.problems] == ["the page redirects too many times"]
    assert asked == ["/robots.txt", "/", "/1", "/2", "/3"]


def test_a_slow_page_is_left_after_its_time_and_the_others_are_read() -> None:
    def respond(handler: BaseHTTPRequestHandler, path: str) -> Answer:
        if path == "/o-nas":
            time.sleep(2.5)
        return (
            page(
                f'<title>{path}</title>{TEXT}{path}<a href="/o-nas">O nás</a><a href="/kontakt">Kontakt</a>',
                "text/html",
            )
            if path in ("/", "/o-nas", "/kontakt")
            else (404, {}, b"")
        )

    with served(respond) as (url, entry, _):
        began = time.monotonic()
        reading = read_site(url, allow=[entry], limits=QUICK)
        took = time.monotonic() - began
    assert titles(reading) == ["/", "/kontakt"]
    assert [problem.reason for problem in reading.problems] == ["the site took too long to answer"]
    assert took < 2.4


def test_a_meta_refresh_leads_to_the_real_page() -> None:
    reading, _, _ = read(
        {
            "/": page('<meta http-equiv="refresh" content="0; url=/uvod">'),
            "/uvod": page(f"<title>Real</title>{TEXT}"),
        }
    )
    assert titles(reading) == ["Real"]


@pytest.mark.parametrize(
    ("codec", "content_type", "meta"),
    [
        ("cp1250", "text/html", ""),
        ("iso8859-2", "text/html", ""),
        ("cp1250", "text/html; charset=utf-8", ""),
        ("cp1250", "text/html; charset=iso-8859-1", '<meta charset="windows-1250">'),
        ("cp1250", "text/html; charset=iso-8859-2", ""),
        (
            "iso8859-2",
            "text/html",
            '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-2">',
        ),
        ("utf-8", "text/html; charset=windows-1250x", ""),
        ("utf-8-sig", "text/html", ""),
    ],
)
def test_czech_letters_survive_whatever_the_page_says_of_its_encoding(
    codec: str, content_type: str, meta: str
) -> None:
    sentence = "Příliš žluťoučký kůň úpěl ďábelské ódy, šťastná žena ťukala na dveře."
    body = (
        f"<html><head>{meta}<title>Žluťoučký kůň</title></head><body><p>{sentence}</p></body></html>".encode(
            codec
        )
    )
    reading, _, _ = read({"/": (200, {"Content-Type": content_type}, body)})
    assert reading.pages[0].blocks[0].text == sentence


def test_navigation_cookie_bars_and_hidden_text_are_not_content() -> None:
    html = f"""<body><nav><a href="/">Úvod</a></nav><div id="cookie-consent"><p>Cookies</p></div><div style="display:none">Tajné</div>
    <p>Tento web používá cookies. Souhlasíte?</p><table><tr><td>Stůl</td><td>9 900 Kč</td></tr></table>{TEXT}<footer>Pata</footer></body>"""
    reading, _, _ = read({"/": page(html)})
    assert [(block.kind, block.text[:20]) for block in reading.pages[0].blocks] == [
        ("td", "Stůl\t9 900 Kč"),
        ("p", TEXT[3:23]),
    ]
    assert [block.text for block in reading.pages[0].edges] == ["Pata"]


def test_only_the_language_of_the_start_page_is_read_and_the_others_are_noted() -> None:
    home = page(
        f'<html lang="cs"><title>Domů</title><link rel="alternate" hreflang="en" href="/en/">{TEXT}<a href="/en/">English</a><a href="/en/about">About</a><a href="/o-nas">O nás</a>'
    )
    reading, asked, _ = read(
        {
            "/": home,
            "/en/": page("<title>Home"),
            "/en/about": page("<title>About"),
            "/o-nas": page(f"<title>O nás</title>{TEXT}2"),
        }
    )
    assert titles(reading) == ["Domů", "O nás"]
    assert list(reading.pages[0].alternates) == ["en"]
    assert not [path for path in asked if path.startswith("/en")]


def test_no_more_than_the_limit_of_pages_is_read_and_no_cookie_is_sent_back() -> None:
    cookies: list[str] = []

    def respond(handler: BaseHTTPRequestHandler, path: str) -> Answer:
        cookies.append(handler.headers.get("Cookie", ""))
        assert "PostHubBot" in handler.headers["User-Agent"]
        links = "".join(f'<a href="/s-{n}">Služba {n}</a>' for n in range(40))
        return (
            200,
            {"Content-Type": "text/html", "Set-Cookie": "id=1"},
            f"<title>{path}</title><p>{path} {TEXT}{links}".encode(),
        )

    with served(respond) as (url, entry, _):
        reading = read_site(url, allow=[entry])
    assert len(reading.pages) == 15
    assert set(cookies) == {""}


def test_deeply_nested_markup_is_read_as_deep_as_people_nest() -> None:
    reading, _, _ = read({"/": page("<div>" * 400 + "Text uvnitř" + "</div>" * 400)})
    assert [block.text for block in reading.pages[0].blocks] == ["Text uvnitř"]


def test_markup_nested_to_do_harm_is_cut_and_the_rest_is_read() -> None:
    nested = "<div>" * 50_000 + "Text uvnitř" + "</div>" * 50_000
    reading, _, _ = read({"/": page(f"<p>Text před tím</p>{nested}")})
    assert [block.text for block in reading.pages[0].blocks][:1] == ["Text před tím"]
