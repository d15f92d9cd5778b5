"""What people see where something broke: our own page, and a reference that stands in the log."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from posthub.core.pages import broken
from posthub.core.tenancy import HOSTS


@pytest.mark.parametrize("urlconf", ["posthub.urls.public", "posthub.urls.tenant"])
def test_both_hosts_have_pages_of_their_own_for_what_goes_wrong(urlconf: str) -> None:
    resolver = get_resolver(urlconf)
    handlers = {status: resolver.resolve_error_handler(status) for status in (403, 404, 500)}
    assert {handler.__module__ for handler in handlers.values()} == {"posthub.core.pages"}
    assert handlers[500] is broken


@pytest.mark.parametrize(("language", "says"), [("cs", "Něco se u nás pokazilo"), ("en", "Something broke")])
def test_an_error_nobody_expected_is_a_page_with_its_reference(
    db: None, settings: Any, caplog: Any, language: str, says: str
) -> None:
    settings.PUBLIC_SCHEMA_URLCONF = "tests.core.broken_urls"
    client = Client(HTTP_HOST="posthub.localhost", raise_request_exception=False)
    response = client.get("/breaks/", headers={"accept-language": language})
    page = response.content.decode().replace("\u00a0", " ")
    assert response.status_code == 500
    assert says in page
    assert "the reason stays in the log" not in page
    assert re.search(r"[0-9a-f]{12}", page)
    part = client.get("/breaks/", headers={"HX-Request": "true"})
    assert (part.status_code, "<html" in part.content.decode()) == (500, False)


@pytest.mark.parametrize("host", ["posthub.localhost", "acme.posthub.localhost", "nobody.posthub.localhost"])
def test_nothing_here_is_said_in_the_readers_language(acme: Any, host: str) -> None:
    for language, says in (("cs", "Tady nic není"), ("en", "Nothing here")):
        response = Client(HTTP_HOST=host).get("/no-such-page/", headers={"accept-language": language})
        page = response.content.decode().replace("\u00a0", " ")
        assert (response.status_code, says in page, response["Content-Language"]) == (404, True, language)
        assert "Accept-Language" in response["Vary"]


def test_nothing_here_is_said_in_a_persons_own_language_or_else_in_the_organizations(
    browser_of: Any, acme: Any, cast: Any
) -> None:
    acme.language = "cs"
    acme.save(update_fields=["language"])
    HOSTS.forget()
    for own, language in (("", "cs"), ("en", "en"), ("cs", "cs")):
        cast.sofia.language = own
        cast.sofia.save(update_fields=["language"])
        missing = browser_of("sofia").get("/no-such-page/", headers={"accept-language": "en"})
        assert f'<html lang="{language}"' in missing.content.decode()
