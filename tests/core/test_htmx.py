from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from posthub.core.htmx import back_to, go, wants_fragment


def asked(method: str = "get", data: Any = None, **headers: str) -> HttpRequest:
    request = getattr(RequestFactory(), method)(
        "/", data, headers={"host": "acme.posthub.localhost", **headers}
    )
    request.htmx = HtmxDetails(request)
    return request  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("headers", "fragment"),
    [
        ({}, False),
        ({"hx-request": "true"}, True),
        ({"hx-request": "true", "hx-boosted": "true"}, False),
        ({"hx-request": "true", "hx-history-restore-request": "true"}, False),
    ],
)
def test_a_fragment_goes_only_where_a_part_of_the_page_is_replaced(
    headers: dict[str, str], fragment: bool
) -> None:
    assert wants_fragment(asked(**headers)) is fragment


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http://acme.posthub.localhost/x",
        "",
    ],
)
def test_a_form_leads_back_to_a_place_on_this_host_only(wanted: str) -> None:
    assert back_to(asked("post", {"next": wanted}), "/inbox/") == "/inbox/"


def test_a_form_leads_back_to_where_it_asked() -> None:
    assert back_to(asked("post", {"next": "/topics/?month=2026-12"}), "/inbox/") == "/topics/?month=2026-12"


def test_leaving_the_page_is_a_redirect_for_forms_and_a_header_for_htmx() -> None:
    plain: HttpResponse = go(asked("post"), "/inbox/")
    upgraded: HttpResponse = go(asked("post", **{"hx-request": "true"}), "/inbox/")
    assert (plain.status_code, plain["Location"]) == (303, "/inbox/")
    assert (upgraded.status_code, upgraded["HX-Redirect"]) == (204, "/inbox/")
