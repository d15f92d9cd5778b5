"""A passkey made in the browser signs its person in on every host, without a password and under the strict CSP."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import expect

from posthub.accounts.models import User
from posthub.organizations.models import Membership, Organization
from tests.conftest import PASSWORD
from tests.journeys.visitor import Visitor
from tests.support.databases import pointed_at
from tests.support.live import Live

pytestmark = pytest.mark.browser
HOST = "acme.posthub.localhost"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def pia(live: Live, django_db_blocker: Any) -> str:
    """A supervisor of acme of her own, so that nobody else's log-in asks for a second step."""
    with django_db_blocker.unblock(), pointed_at(live.database):
        user = User.objects.create_user("pia@example.com", PASSWORD, name="Pia", language="en")
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        Membership.objects.create(user=user, organization=Organization.objects.get(name="Acme"))
    return "pia@example.com"


def test_a_passkey_signs_in_on_every_host(pia: str, visitor: Callable[..., Visitor], live: Live) -> None:
    somebody = visitor("en")
    page = somebody.page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    # Of one organization's own people it is the place, whichever page of it; signing in is not there yet.
    at_home = re.compile(f"^{re.escape(live.url('/', HOST))}(?!accounts/)")
    page.goto(live.url("/accounts/login/"))
    page.locator("input[name=login]").fill(pia)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(at_home)
    page.goto(live.url("/accounts/2fa/webauthn/add/"))
    if page.locator("input[name=password]").count():
        page.locator("input[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()
    somebody.look_well("passkey")
    page.locator("input[name=name]").fill("Pia's laptop")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page).to_have_url(live.url("/accounts/2fa/recovery-codes/"))
    page.goto(live.url("/accounts/2fa/webauthn/"))
    expect(page.get_by_text("Pia's laptop")).to_be_visible()

    page.context.clear_cookies()
    for host in (HOST, "posthub.localhost"):
        page.goto(live.url("/accounts/login/", host))
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page).to_have_url(at_home)
    # As the second step, after a password.
    page.context.clear_cookies()
    page.goto(live.url("/accounts/login/"))
    page.locator("input[name=login]").fill(pia)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(at_home)
    assert somebody.problems == []
