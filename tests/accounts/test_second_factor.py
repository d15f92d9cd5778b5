"""Staff sign in in two steps; passkeys serve as the second step, or as the whole log-in."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.core.cache import cache
from django.test import Client

from tests.conftest import PASSWORD

SET_UP = "/accounts/2fa/?required=1"


@pytest.fixture(autouse=True)
def required(settings: Any) -> None:
    cache.clear()
    settings.STAFF_SECOND_FACTOR = True


@pytest.mark.parametrize(
    ("person", "host", "path"),
    [
        ("marek", "posthub.localhost", "/staff/"),
        ("marek", "acme.posthub.localhost", "/"),
        ("mona", "posthub.localhost", "/staff/team/"),
        ("adam", "posthub.localhost", "/admin/"),
        ("adam", "acme.posthub.localhost", "/topics/"),
        ("adam", "posthub.localhost", "/profile/"),
    ],
)
def test_staff_without_a_second_factor_are_led_to_set_one_up(
    browser_of: Any, acme: Any, person: str, host: str, path: str
) -> None:
    browser = browser_of(person, host=host)
    response = browser.get(path)
    assert (response.status_code, response["Location"]) == (303, SET_UP)
    htmx = browser.get(path, headers={"HX-Request": "true"})
    assert (htmx.status_code, htmx["HX-Redirect"]) == (204, SET_UP)
    page = browser.get(SET_UP).content.decode()
    assert "Whoever looks after clients" in page
    assert browser.get("/accounts/2fa/totp/activate/").status_code == 302  # the password once more
    assert browser.get("/accounts/logout/").status_code == 200


def test_with_one_they_go_on_and_keep_it(browser_of: Any, cast: Any) -> None:
    marek = browser_of("marek", host="posthub.localhost")
    TOTP.activate(cast.marek, generate_totp_secret())
    assert marek.get("/staff/").status_code == 200
    marek.post("/accounts/reauthenticate/", {"password": PASSWORD})
    marek.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=cast.marek).count() == 1
    WebAuthn.add(cast.marek, "Key", {})
    marek.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.get(user=cast.marek).type == Authenticator.Type.WEBAUTHN
    assert marek.get("/staff/").status_code == 200
    Authenticator.objects.filter(user=cast.marek).delete()
    assert marek.get("/staff/")["Location"] == SET_UP


def test_clients_are_only_offered_one(browser_of: Any, acme: Any) -> None:
    assert browser_of("sofia").get("/settings/").status_code == 200
    page = browser_of("sofia").get("/accounts/2fa/").content.decode()
    assert "Add a passkey" in page
    assert "Whoever looks after clients" not in page


def test_it_is_off_where_scripts_sign_in(browser_of: Any, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False
    assert browser_of("marek", host="posthub.localhost").get("/staff/").status_code == 200


def test_the_pages_of_passkeys_open(browser_of: Any, cast: Any) -> None:
    sofia = browser_of("sofia")
    sofia.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = sofia.get("/accounts/2fa/webauthn/add/").content.decode()
    assert '<script id="passkey-options" type="application/json">' in page
    assert '"id": "posthub.localhost"' in page
    WebAuthn.add(cast.sofia, "My phone", {})
    key = Authenticator.objects.get(user=cast.sofia)
    assert "My phone" in sofia.get("/accounts/2fa/webauthn/").content.decode()
    assert "My phone" in sofia.get(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/").content.decode()
    assert "My phone" in sofia.get(f"/accounts/2fa/webauthn/keys/{key.pk}/edit/").content.decode()
    sofia.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/")
    assert not Authenticator.objects.filter(user=cast.sofia).exists()


def test_an_answer_that_is_no_passkey_signs_nobody_in(apex: Client, cast: Any) -> None:
    assert (
        apex.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"}).status_code == 200
    )
    for credential in ("", "{}", "[]", "nonsense", '{"response": {"userHandle": "AAAA"}}'):
        response = apex.post("/accounts/2fa/webauthn/login/", {"credential": credential})
        assert response["Location"] == "/accounts/login/"
    assert not apex.get("/accounts/login/").wsgi_request.user.is_authenticated
