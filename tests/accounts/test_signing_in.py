"""Signing in on either host, with a password, a code, a second factor."""

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client

from posthub.organizations.models import Membership
from tests.conftest import PASSWORD

HOSTS = ["posthub.localhost", "acme.posthub.localhost"]
PAGES = [
    "/accounts/login/",
    "/accounts/login/code/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
]
OWN_PAGES = [
    "/accounts/password/change/",
    "/accounts/email/",
    "/accounts/2fa/",
    "/accounts/logout/",
    "/profile/",
]


@pytest.fixture(autouse=True)
def fresh_rate_limits() -> None:
    cache.clear()


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/accounts/login/", {"login": email, "password": password, **more}, follow=True)


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", PAGES)
def test_the_pages_open_on_either_host(db: None, acme: Any, host: str, path: str) -> None:
    response = Client(HTTP_HOST=host).get(path)
    assert response.status_code == 200
    assert 'id="main"' in response.content.decode()


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", OWN_PAGES)
def test_ones_own_pages_open_on_either_host(browser_of: Any, acme: Any, host: str, path: str) -> None:
    assert browser_of("sofia", host=host).get(path).status_code == 200


@pytest.mark.parametrize("path", OWN_PAGES[:3])
def test_ones_own_pages_ask_who_one_is(acme: Any, path: str) -> None:
    response = Client(HTTP_HOST="acme.posthub.localhost").get(path)
    assert response["Location"].startswith("/accounts/login/?next=")


def test_a_password_signs_in_on_the_apex(apex: Client, cast: Any) -> None:
    assert sign_in(apex, "sofia@example.com").redirect_chain == [("/organizations/?onward=1", 302)]


def test_staff_land_in_the_staff_area(apex: Client, cast: Any) -> None:
    assert sign_in(apex, "marek@example.com").redirect_chain == [("/staff/", 302)]


def test_a_password_signs_in_on_an_organizations_host(acme: Any, cast: Any) -> None:
    client = Client(HTTP_HOST="acme.posthub.localhost")
    response = sign_in(client, "sofia@example.com", next="/settings/")
    assert (response.redirect_chain, response.status_code) == ([("/settings/", 302)], 200)


def test_a_stranger_signs_in_and_finds_nothing(acme: Any, cast: Any) -> None:
    client = Client(HTTP_HOST="acme.posthub.localhost")
    response = sign_in(client, "oscar@example.com", next="/settings/")
    assert response.status_code == 404
    assert "Acme" not in response.content.decode()


def test_it_goes_on_to_no_other_host(apex: Client, cast: Any) -> None:
    response = sign_in(apex, "sofia@example.com", next="https://evil.example/")
    assert response.redirect_chain == [("/organizations/?onward=1", 302)]


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(apex: Client, cast: Any) -> None:
    wrong = sign_in(apex, "sofia@example.com", "not-this-one-at-all")
    unknown = sign_in(apex, "nobody@example.com", "not-this-one-at-all")
    assert wrong.status_code == unknown.status_code == 200
    assert said(wrong) == said(unknown) != []


def said(response: Any) -> list[str]:
    return [str(error) for errors in response.context["form"].errors.values() for error in errors]


def test_guessing_passwords_is_slowed_down(apex: Client, cast: Any) -> None:
    for _attempt in range(11):
        sign_in(apex, "sofia@example.com", "not-this-one-at-all")
    response = sign_in(apex, "sofia@example.com")
    assert not response.wsgi_request.user.is_authenticated


def code_in(letter: Any) -> str:
    found = re.search(r"^\s*(\d{6})\s*$", letter.body, re.MULTILINE)
    assert found
    return found[1]


def test_a_code_signs_in(apex: Client, cast: Any) -> None:
    asked = apex.post("/accounts/login/code/", {"email": "sofia@example.com"})
    assert asked["Location"] == "/accounts/login/code/confirm/"
    assert apex.get(asked["Location"]).status_code == 200
    response = apex.post(asked["Location"], {"code": code_in(mail.outbox[0])})
    assert response["Location"] == "/organizations/?onward=1"


def test_a_code_leads_to_where_one_was_going(acme: Any, cast: Any) -> None:
    client = Client(HTTP_HOST="acme.posthub.localhost")
    door = client.get(client.get("/settings/")["Location"]).content.decode()
    asked_at = re.search(r'href="(/accounts/login/code/[^"]*)"', door)
    assert asked_at
    form = client.get(asked_at[1]).content.decode().partition('action="/accounts/login/code/"')[2]
    onward = re.search(r'name="next" value="([^"]*)"', form)
    assert onward
    asked = client.post("/accounts/login/code/", {"email": "sofia@example.com", "next": onward[1]})
    confirming = client.get(asked["Location"]).content.decode()
    assert 'name="next" value="/settings/"' in confirming
    code = code_in(mail.outbox[0])
    response = client.post("/accounts/login/code/confirm/", {"code": code, "next": "/settings/"})
    assert response["Location"] == "/settings/"


def test_whoever_has_one_organization_goes_on_to_it(
    apex: Client, browser_of: Any, acme: Any, beta: Any, cast: Any
) -> None:
    """By its own form, which a script sends; the list itself sends nobody anywhere."""
    assert b" data-onward>" in sign_in(apex, "sofia@example.com").content
    assert b"data-onward" not in apex.get("/organizations/").content
    Membership.objects.create(user=cast.sofia, organization=beta)
    assert b"data-onward" not in apex.get("/organizations/?onward=1").content


def test_asking_for_a_code_tells_nobody_who_has_an_account(apex: Client, cast: Any) -> None:
    other = Client(HTTP_HOST="posthub.localhost")
    known = apex.post("/accounts/login/code/", {"email": "sofia@example.com"})
    unknown = other.post("/accounts/login/code/", {"email": "nobody@example.com"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert other.get(unknown["Location"]).status_code == 200


def test_a_forgotten_password_is_set_through_a_link(apex: Client, cast: Any) -> None:
    known = apex.post("/accounts/password/reset/", {"email": "sofia@example.com"})
    unknown = apex.post("/accounts/password/reset/", {"email": "nobody@example.com"})
    assert known["Location"] == unknown["Location"]
    link = re.search(r"http://posthub\.localhost(/accounts/password/reset/key/\S+)", mail.outbox[0].body)
    assert link
    form = apex.get(link[1], follow=True)
    done = apex.post(
        form.redirect_chain[-1][0], {"password1": "five-green-kettles", "password2": "five-green-kettles"}
    )
    assert done.status_code == 302
    assert (
        sign_in(apex, "sofia@example.com", "five-green-kettles").redirect_chain[-1][0]
        == "/organizations/?onward=1"
    )
    again = Client(HTTP_HOST="posthub.localhost").get(link[1], follow=True)
    assert again.context["token_fail"] is True


@pytest.mark.parametrize(
    ("language", "subject"), [("cs", "Nastavte si nové heslo"), ("en", "Set a new password")]
)
def test_mail_speaks_the_recipients_language(apex: Client, cast: Any, language: str, subject: str) -> None:
    cast.sofia.language = language
    cast.sofia.save()
    other = "en" if language == "cs" else "cs"
    apex.post("/accounts/password/reset/", {"email": "sofia@example.com"}, headers={"accept-language": other})
    letter: Any = mail.outbox[0]
    assert letter.subject == subject
    assert [kind for _html, kind in letter.alternatives] == ["text/html"]
    assert subject in letter.alternatives[0][0]


def test_a_second_factor_is_asked_for_after_the_password(browser_of: Any, cast: Any, acme: Any) -> None:
    secret = generate_totp_secret()
    TOTP.activate(cast.sofia, secret)
    client = Client(HTTP_HOST="acme.posthub.localhost")
    asked = client.post("/accounts/login/", {"login": "sofia@example.com", "password": PASSWORD})
    assert asked["Location"] == "/accounts/2fa/authenticate/"
    assert client.get(asked["Location"]).status_code == 200
    assert client.get("/settings/").status_code == 302
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert client.post(asked["Location"], {"code": code})["Location"] == "/"
    assert client.get("/settings/").status_code == 200


def test_the_second_factor_is_set_up_on_its_page(apex: Client, cast: Any) -> None:
    sign_in(apex, "sofia@example.com")
    asked = apex.get("/accounts/2fa/totp/activate/", follow=True)
    assert asked.redirect_chain[-1][0].startswith("/accounts/reauthenticate/")
    apex.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = apex.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    apex.post("/accounts/2fa/totp/activate/", {"code": code})
    assert "Recovery codes" in apex.get("/accounts/2fa/").content.decode()
    assert apex.get("/accounts/2fa/recovery-codes/").status_code == 200
    assert apex.get("/accounts/2fa/totp/deactivate/").status_code == 200


def test_changing_the_password_needs_the_old_one(browser_of: Any) -> None:
    sofia = browser_of("sofia")
    new = {"password1": "five-green-kettles", "password2": "five-green-kettles"}
    wrong = sofia.post("/accounts/password/change/", {"oldpassword": "not-this-one-at-all", **new})
    assert wrong.status_code == 200
    right = sofia.post("/accounts/password/change/", {"oldpassword": PASSWORD, **new})
    assert right.status_code == 302


def test_signing_out_is_a_post(browser_of: Any) -> None:
    sofia = browser_of("sofia")
    sofia.get("/accounts/logout/")
    assert sofia.get("/settings/").status_code == 200
    sofia.post("/accounts/logout/")
    assert sofia.get("/settings/").status_code == 302
