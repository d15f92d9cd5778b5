"""The two switches and the Visual Book, without the rest of the product."""

import re
from http.cookies import SimpleCookie

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory, override_settings
from django.utils.translation import override

from posthub.ui import context, views

HOST = "posthub.localhost"


def post(path: str, **data: str):
    request = RequestFactory(HTTP_HOST=HOST).post(path, data)
    request.user = AnonymousUser()
    return request


def test_choosing_a_theme_sets_a_host_only_cookie_and_goes_back():
    with override_settings(ALLOWED_HOSTS=[HOST]):
        response = views.theme(post("/theme/", theme="dark", next="/topics/?page=2"))
    cookie = response.cookies["posthub_theme"]
    assert (response.status_code, response["Location"]) == (303, "/topics/?page=2")
    assert (cookie.value, cookie["domain"], cookie["samesite"]) == ("dark", "", "Lax")


def test_the_system_theme_forgets_the_choice():
    with override_settings(ALLOWED_HOSTS=[HOST]):
        response = views.theme(post("/theme/", theme="system", next="/"))
    assert response.cookies["posthub_theme"]["max-age"] == 0


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_a_switch_never_leads_to_another_host(wanted):
    with override_settings(ALLOWED_HOSTS=[HOST]):
        assert views.theme(post("/theme/", theme="dark", next=wanted))["Location"] == "/"


def test_choosing_a_language_is_remembered_and_an_unknown_one_is_not():
    with override_settings(ALLOWED_HOSTS=[HOST], LANGUAGES=[("cs", "Čeština"), ("en", "English")]):
        chosen = views.language(post("/language/", language="cs", next="/"))
        unknown = views.language(post("/language/", language="xx", next="/"))
    assert [morsel.value for morsel in chosen.cookies.values()] == ["cs"]
    assert unknown.cookies == SimpleCookie()


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("<b>", ""), ("", "")])
def test_a_page_knows_only_a_theme_that_exists(cookie, theme):
    request = RequestFactory().get("/")
    request.COOKIES["posthub_theme"] = cookie
    assert context.shell(request)["theme"] == theme


def test_the_visual_book_is_drawn_from_the_components_themselves(rf):
    html = views.visual_book(rf.get("/visual-book/", HTTP_HOST=HOST)).content.decode()
    assert 'id="task-running"' in html
    assert 'class="btn btn-primary"' in html


def test_the_visual_book_is_searched_by_names_and_promises(rf):
    def shown(query: str) -> set[str]:
        html = views.visual_book(rf.get("/visual-book/", {"q": query}, HTTP_HOST=HOST)).content.decode()
        return set(re.findall(r'<article class="specimen" id="c-(\w+)"', html))

    assert shown("combobox") == {"combobox"}
    assert shown("SLA late") == {"sla"}
    assert shown("no such thing") == set()
    with override("cs"):
        assert {"button", "dropdown"} <= shown("tlacitka")
        assert shown("Kalendář") >= {"calendar_month", "calendar_week", "calendar_list"}
        assert "card" in shown("karta")
        assert "chart" in shown("graf")
