"""While the database restarts: 503, when to come back, and words instead of a stack trace."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from posthub.core.pages import is_away
from posthub.organizations.models import Organization
from tests.support.databases import pointed_at

HOSTS = ("posthub.localhost", "acme.posthub.localhost")


@pytest.fixture
def away(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), pointed_at("a_database_that_is_not_there"):
        yield


@pytest.fixture
def browser() -> Client:
    # The cookie makes a page look for its session, as that of everybody who is signed in does.
    browser = Client(raise_request_exception=False, HTTP_ACCEPT_LANGUAGE="cs")
    browser.cookies["sessionid"] = "0123456789abcdefghijklmnopqrstuv"
    return browser


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/staff/failed/"])
def test_a_page_asks_for_patience_and_loads_itself_again(
    away: None, browser: Client, host: str, path: str
) -> None:
    answer = browser.get(path, HTTP_HOST=host)
    assert (answer.status_code, answer["Retry-After"], answer["Refresh"]) == (503, "5", "5")
    assert "<h1" in answer.text
    assert "Za chvíli jsme zpět" in answer.text


def test_a_fragment_is_a_fragment_and_a_form_is_not_sent_again_by_itself(away: None, browser: Client) -> None:
    polled = browser.get("/", HTTP_HOST=HOSTS[1], HTTP_HX_REQUEST="true")
    sent = browser.post("/accounts/login/", {"login": "x"}, HTTP_HOST=HOSTS[0])
    assert (polled.status_code, polled.text.lstrip()[:18], "Refresh" in polled) == (
        503,
        '<div class="oops" ',
        False,
    )
    assert (sent.status_code, sent["Retry-After"], "Refresh" in sent) == (503, "5", False)


def test_health_says_so_too(away: None, browser: Client) -> None:
    answer = browser.get("/api/health/", HTTP_HOST=HOSTS[0])
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")


def test_when_it_is_back_the_next_request_is_answered(acme: Organization, browser: Client) -> None:
    assert browser.get("/accounts/login/", HTTP_HOST=HOSTS[1]).status_code == 200


def test_what_is_wrong_in_the_program_is_not_called_away() -> None:
    assert (is_away(KeyError("x")), is_away(None)) == (False, False)
