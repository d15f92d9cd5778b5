"""From host to host: a one-time token opens one organization for one person, once, from our own pages only."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client, override_settings
from django.utils import timezone

from posthub.company.models import Company
from posthub.core.tenancy import in_schema
from posthub.organizations import hand_over
from posthub.organizations.models import HandOver, Membership, Organization

APEX = "http://posthub.localhost"
ACME = "acme.posthub.localhost"


def enter(token: str, *, host: str = ACME, origin: str | None = APEX, **more: str) -> tuple[Client, Any]:
    client = Client(HTTP_HOST=host, enforce_csrf_checks=True)
    headers = {"origin": origin} if origin is not None else {}
    return client, client.post("/enter/", {"token": token, **more}, headers=headers)


def is_signed_in(client: Client) -> bool:
    return client.get("/profile/").status_code == 200


def test_a_fresh_token_signs_in_on_the_organizations_host(cast: Any, acme: Organization) -> None:
    client, response = enter(hand_over.hand_over_token(cast.sofia, acme))
    assert response.status_code == 303
    assert is_signed_in(client)
    assert response.cookies["sessionid"]["domain"] == ""


def test_the_button_on_the_list_works_as_it_stands(browser_of: Any, acme: Organization) -> None:
    page = browser_of("sofia", host="posthub.localhost").get("/organizations/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    assert is_signed_in(enter(token[1])[0])


def test_a_token_works_once(cast: Any, acme: Organization) -> None:
    token = hand_over.hand_over_token(cast.sofia, acme)
    enter(token)
    again, response = enter(token)
    assert response.status_code == 403
    assert not is_signed_in(again)
    assert "http://posthub.localhost:8000/organizations/" in response.content.decode()
    assert HandOver.objects.count() == 1


class SignerOfThen(signing.TimestampSigner):
    """Signs as if it were `seconds` ago."""

    seconds = 0

    def timestamp(self) -> str:
        return signing.b62_encode(int(time.time()) - self.seconds)


def test_an_old_token_is_refused(cast: Any, acme: Organization) -> None:
    claim = {"user": str(cast.sofia.pk), "organization": str(acme.pk), "once": "x"}
    signer = SignerOfThen(salt="posthub.hand-over")
    signer.seconds = hand_over.HAND_OVER_SECONDS - 60
    assert enter(signer.sign_object(claim))[1].status_code == 303
    signer.seconds = hand_over.HAND_OVER_SECONDS + 5
    client, response = enter(signer.sign_object(claim))
    assert response.status_code == 403
    assert not is_signed_in(client)


def test_a_token_for_one_organization_opens_no_other(
    cast: Any, acme: Organization, beta: Organization
) -> None:
    client, response = enter(hand_over.hand_over_token(cast.sofia, acme), host="beta.posthub.localhost")
    assert response.status_code == 403
    assert not is_signed_in(client)


@pytest.mark.parametrize("token", ["", "nonsense", "a:b:c"])
def test_a_forged_token_is_refused(acme: Organization, token: str) -> None:
    assert enter(token)[1].status_code == 403


def test_a_token_signed_for_something_else_is_refused(cast: Any, acme: Organization) -> None:
    claim = {"user": str(cast.sofia.pk), "organization": str(acme.pk), "once": "x"}
    assert enter(signing.dumps(claim, salt="posthub.invitation"))[1].status_code == 403


def test_a_token_dies_with_the_membership(cast: Any, acme: Organization) -> None:
    token = hand_over.hand_over_token(cast.sofia, acme)
    Membership.objects.filter(user=cast.sofia).delete()
    assert enter(token)[1].status_code == 403


def test_a_token_dies_with_the_account(cast: Any, acme: Organization) -> None:
    token = hand_over.hand_over_token(cast.sofia, acme)
    cast.sofia.is_active = False
    cast.sofia.save()
    assert enter(token)[1].status_code == 403


@pytest.mark.parametrize(
    "origin",
    [None, "null", "https://evil.example", "http://posthub.localhost.evil.example", "http://evilposthub.localhost",
     "https://posthub.localhost", "http://posthub.localhost:9999", "http://[broken"],
)  # fmt: skip
def test_only_our_own_pages_may_send_somebody_in(cast: Any, acme: Organization, origin: str | None) -> None:
    token = hand_over.hand_over_token(cast.sofia, acme)
    client, response = enter(token, origin=origin)
    assert response.status_code == 403
    assert not is_signed_in(client)
    assert not HandOver.objects.exists()


def test_another_organizations_page_may_send_somebody_in(cast: Any, acme: Organization) -> None:
    token = hand_over.hand_over_token(cast.sofia, acme)
    assert enter(token, origin="http://beta.posthub.localhost")[1].status_code == 303


def test_the_session_of_somebody_else_ends(cast: Any, acme: Organization, browser_of: Any) -> None:
    browser = browser_of("marek")
    before = browser.cookies["sessionid"].value
    browser.post("/enter/", {"token": hand_over.hand_over_token(cast.sofia, acme)}, headers={"origin": APEX})
    assert browser.cookies["sessionid"].value != before
    assert "sofia@example.com" in browser.get("/profile/").content.decode()


def test_the_session_is_rotated_for_the_same_person(cast: Any, acme: Organization, browser_of: Any) -> None:
    browser = browser_of("sofia")
    before = browser.cookies["sessionid"].value
    token = hand_over.hand_over_token(cast.sofia, acme)
    browser.post("/enter/", {"token": token}, headers={"origin": APEX})
    assert browser.cookies["sessionid"].value != before


def test_looking_changes_nothing(acme: Organization) -> None:
    assert Client(HTTP_HOST=ACME).get("/enter/").status_code == 405


@pytest.mark.parametrize(
    ("wanted", "location"),
    [
        ("/settings/", "/settings/"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("settings/", "/"),
    ],
)
def test_it_goes_on_only_to_this_host(cast: Any, acme: Organization, wanted: str, location: str) -> None:
    with in_schema(acme.schema_name):
        Company.objects.create(name="Acme")
    response = enter(hand_over.hand_over_token(cast.sofia, acme), next=wanted)[1]
    assert response["Location"] == location


def test_without_a_company_it_begins_with_the_wizard_where_there_is_one(
    cast: Any, acme: Organization
) -> None:
    with override_settings(ROOT_URLCONF="tests.organizations.urls_with_wizard"):
        assert enter(hand_over.hand_over_token(cast.sofia, acme))[1]["Location"] == "/welcome/"
        with in_schema(acme.schema_name):
            Company.objects.create(name="Acme")
        assert enter(hand_over.hand_over_token(cast.sofia, acme))[1]["Location"] == "/"


def test_one_hosts_session_opens_no_other(browser_of: Any, acme: Organization, beta: Organization) -> None:
    """Cookies are host-only, and a stolen one is no session on another host."""
    sofia = browser_of("sofia")
    carried = sofia.cookies["sessionid"].value
    elsewhere = Client(HTTP_HOST="beta.posthub.localhost")
    assert elsewhere.get("/settings/").status_code == 302
    elsewhere.cookies["sessionid"] = carried
    assert elsewhere.get("/settings/").status_code == 302


def test_the_switcher_on_an_organizations_host_lists_the_others(
    browser_of: Any, cast: Any, acme: Organization, beta: Organization
) -> None:
    Membership.objects.create(user=cast.sofia, organization=beta)
    page = browser_of("sofia").get("/organizations/").content.decode()
    assert "http://beta.posthub.localhost:8000/enter/" in page
    assert "http://acme.posthub.localhost:8000/enter/" not in page


def test_used_tokens_are_forgotten_once_they_are_too_old_anyway(cast: Any, acme: Organization) -> None:
    enter(hand_over.hand_over_token(cast.sofia, acme))
    assert hand_over.purge_hand_overs() == 0
    HandOver.objects.update(used_at=timezone.now() - timedelta(hours=1))
    assert hand_over.purge_hand_overs() == 1
