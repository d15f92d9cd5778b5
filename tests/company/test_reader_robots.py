"""What a robots.txt that cannot be had means for the site (RFC 9309): missing allows, failing forbids."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler

import httpcore
import pytest
from django.utils import translation

from posthub.company.reader import Limits, SiteReading, read_site
from posthub.company.reader.connection import bounded_lookup
from tests.sites.serving import Answer, page, served

HOME = page("<title>Home</title><p>Vyrábíme stoly a židle z masivu.</p>")
QUICK = Limits(page_seconds=0.4, total_seconds=3)


def read_with(robots: Answer | None) -> tuple[SiteReading, list[str]]:
    """The reading where robots.txt answers so; None is a server that hangs up without a word."""

    def respond(handler: BaseHTTPRequestHandler, path: str) -> Answer:
        if path != "/robots.txt":
            return HOME if path == "/" else (404, {}, b"")
        if robots is None:
            handler.connection.shutdown(socket.SHUT_RDWR)
        return robots or HOME

    with served(respond) as (url, entry, asked):
        return read_site(url, allow=[entry], limits=QUICK), list(asked)


@pytest.mark.parametrize("status", [401, 403, 404, 410, 429])
def test_a_robots_txt_that_is_not_there_allows_everything(status: int) -> None:
    reading, asked = read_with((status, {"Content-Type": "text/plain"}, b"no"))
    assert [each.title for each in reading.pages] == ["Home"]
    assert asked[:2] == ["/robots.txt", "/"]


@pytest.mark.parametrize("status", [500, 503])
def test_a_robots_txt_whose_server_fails_forbids_everything(status: int) -> None:
    reading, asked = read_with((status, {"Content-Type": "text/plain"}, b"no"))
    assert reading.pages == []
    assert asked == ["/robots.txt"]
    assert reading.problems[0].reason == f"the site answered with status {status}"


def test_a_robots_txt_whose_connection_breaks_forbids_everything() -> None:
    reading, asked = read_with(None)
    assert reading.pages == []
    assert set(asked) == {"/robots.txt"}
    assert reading.problems[0].reason == "the site could not be reached"


def test_a_robots_txt_that_never_comes_forbids_everything() -> None:
    def respond(handler: BaseHTTPRequestHandler, path: str) -> Answer:
        if path == "/robots.txt":
            time.sleep(0.6)
        return HOME

    with served(respond) as (url, entry, asked):
        reading = read_site(url, allow=[entry], limits=QUICK)
        assert asked == ["/robots.txt"]
    assert reading.pages == []
    assert reading.problems[0].reason == "the site took too long to answer"


def test_a_robots_txt_that_redirects_without_end_is_no_rule() -> None:
    reading, _ = read_with((302, {"Location": "/robots.txt"}, b""))
    assert [each.title for each in reading.pages] == ["Home"]
    told = "robots.txt could not be read; the site was tried all the same"
    assert [problem.reason for problem in reading.problems] == [told]


def test_a_name_whose_look_up_hangs_is_given_up_in_time() -> None:
    answered = threading.Event()

    def hangs(host: str, port: int) -> list[str]:
        answered.wait(5)
        return ["8.8.8.8"]

    began = time.monotonic()
    with pytest.raises(httpcore.ConnectTimeout):
        bounded_lookup(hangs, "firma.cz", 80, 0.1)
    assert time.monotonic() - began < 2
    answered.set()


def test_a_site_whose_name_cannot_be_looked_up_in_time_says_so() -> None:
    def slow(host: str, port: int) -> list[str]:
        raise httpcore.ConnectTimeout(f"looking up {host} took too long")

    reading = read_site("firma.cz", resolve=slow, limits=QUICK)
    assert {problem.reason for problem in reading.problems} >= {"the site took too long to answer"}


def test_the_reason_is_told_in_the_language_of_whoever_asks() -> None:
    with translation.override("cs"):
        reading, _ = read_with((503, {"Content-Type": "text/plain"}, b"no"))
    assert reading.problems[0].reason == "web odpověděl stavem 503"
