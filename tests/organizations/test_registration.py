"""Signing up on the apex host: one form, a code from the mail, an organization."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from posthub.accounts.models import Consent, User
from posthub.organizations.models import Domain, Membership, Organization, Registration

ANSWERS = {
    "email": "nina@example.com",
    "password1": "four-wooden-spoons",
    "name": "Nina Bakes",
    "label": "nina-bakes",
    "language": "cs",
    "terms": "on",
    "privacy": "on",
}


@pytest.fixture(autouse=True)
def fresh_rate_limits() -> None:
    cache.clear()


def code_of(letter: Any) -> str:
    found = re.search(r"^\s*(\d{6})\s*$", letter.body, re.MULTILINE)
    assert found, letter.body
    return found[1]


def confirm(apex: Client) -> Any:
    return apex.post("/accounts/confirm-email/", {"code": code_of(mail.outbox[-1])}, follow=True)


def test_the_form_shows_every_field(apex: Client) -> None:
    page = apex.get("/register/").content.decode()
    assert {name for name in ANSWERS if f'name="{name}"' in page} == set(ANSWERS)


def test_what_is_wrong_is_listed_in_the_order_of_the_page(apex: Client) -> None:
    page = apex.post(
        "/register/", {**ANSWERS, "password1": "short", "label": "-", "name": ""}
    ).content.decode()
    listed = re.findall(r'<li><a href="#id_(\w+)', page)
    assert listed == ["password1", "name", "label"]


def test_registering_sends_a_code_and_makes_no_organization_yet(apex: Client) -> None:
    response = apex.post("/register/", ANSWERS)
    assert (response.status_code, response["Location"]) == (302, "/accounts/confirm-email/")
    assert [letter.to for letter in mail.outbox] == [["nina@example.com"]]
    assert not Organization.objects.filter(name="Nina Bakes").exists()
    assert Registration.objects.get().label == "nina-bakes"


def test_the_code_makes_the_organization_and_leads_to_it(apex: Client) -> None:
    apex.post("/register/", ANSWERS)
    response = confirm(apex)
    assert response.redirect_chain[-1][0] == "/organizations/?onward=1"
    organization = Organization.objects.get(name="Nina Bakes")
    assert organization.language == "cs"
    assert Domain.objects.get(tenant=organization).domain == "nina-bakes.posthub.localhost"
    assert Membership.objects.get(organization=organization).user.email == "nina@example.com"
    assert not Registration.objects.exists()
    page = response.content.decode()
    assert 'action="http://nina-bakes.posthub.localhost:8000/enter/"' in page
    assert response["Referrer-Policy"] == "strict-origin"


def test_consent_is_recorded_with_the_version(apex: Client) -> None:
    apex.post("/register/", ANSWERS)
    user = User.objects.get(email="nina@example.com")
    assert set(Consent.objects.filter(user=user).values_list("document", flat=True)) == {"terms", "privacy"}
    assert user.terms_accepted_at is not None
    assert user.language == "cs"


def test_an_address_taken_in_the_meantime_is_asked_for_again(apex: Client, acme: Organization) -> None:
    apex.post("/register/", ANSWERS)
    Domain.objects.create(domain="nina-bakes.posthub.localhost", tenant=acme)
    page = confirm(apex).content.decode()
    assert not Organization.objects.filter(name="Nina Bakes").exists()
    assert "/organizations/new/" in page
    answers = {"name": "Nina Bakes", "label": "nina-breads", "language": "cs"}
    assert apex.post("/organizations/new/", answers).status_code == 303
    assert Organization.objects.filter(name="Nina Bakes").exists()
    assert not Registration.objects.exists()


def test_an_empty_address_is_made_from_the_name(apex: Client) -> None:
    apex.post("/register/", {**ANSWERS, "name": "Acme", "label": ""})
    assert Registration.objects.get().label == "acme-team"


@pytest.mark.parametrize("label", ["acme", "admin", "1up", "a", "xn--a-b", "a_b"])
def test_an_address_that_cannot_be_had_keeps_what_was_typed(
    apex: Client, acme: Organization, label: str
) -> None:
    response = apex.post("/register/", {**ANSWERS, "label": label})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="nina@example.com"' in page
    assert 'value="Nina Bakes"' in page
    assert 'role="alert"' in page
    assert mail.outbox == []


def test_a_suggestion_is_taken_by_its_button_without_javascript(apex: Client, acme: Organization) -> None:
    page = apex.post("/register/", {**ANSWERS, "label": "acme"}).content.decode()
    offered = re.findall(r'name="pick"\s+value="([^"]+)"', page)
    assert offered == ["acme-team", "acme-online", "acme-2"]
    apex.post("/register/", {**ANSWERS, "label": "acme", "pick": offered[0]})
    assert Registration.objects.get().label == "acme-team"


def test_the_live_check_answers_with_the_address_alone(apex: Client, acme: Organization) -> None:
    free = apex.get("/register/address/", {"label": "nobody-has-it"}).content.decode()
    taken = apex.get("/register/address/", {"label": "acme"}).content.decode()
    assert "<html" not in free
    assert "nobody-has-it.posthub.localhost" in free
    assert len(re.findall(r'name="pick"', taken)) == 3


@pytest.mark.parametrize("missing", ["terms", "privacy", "email", "password1", "name"])
def test_what_is_missing_is_said_on_top(apex: Client, missing: str) -> None:
    answers = {name: value for name, value in ANSWERS.items() if name != missing}
    response = apex.post("/register/", answers)
    assert response.status_code == 422
    assert f'href="#id_{missing}"' in response.content.decode()
    assert not User.objects.filter(email="nina@example.com").exists()


def test_a_known_address_gets_the_same_answer_and_another_mail(apex: Client, cast: Any) -> None:
    new = apex.post("/register/", ANSWERS)
    new_page = apex.get(new["Location"]).content.decode()
    other = Client(HTTP_HOST="posthub.localhost")
    known = other.post("/register/", {**ANSWERS, "email": "sofia@example.com"})
    known_page = other.get(known["Location"]).content.decode()
    assert (new.status_code, new["Location"]) == (known.status_code, known["Location"])
    assert without_secrets(new_page) == without_secrets(known_page)
    assert [letter.to for letter in mail.outbox] == [["nina@example.com"], ["sofia@example.com"]]
    assert not re.search(r"^\s*\d{6}\s*$", mail.outbox[1].body, re.MULTILINE)
    assert not Registration.objects.filter(user=cast.sofia).exists()


def without_secrets(page: str) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
    return page.replace("sofia@example.com", "X").replace("nina@example.com", "X")


def test_somebody_who_left_before_the_code_finishes_by_signing_in(apex: Client) -> None:
    apex.post("/register/", ANSWERS)
    cache.clear()  # a second code is sent only after three minutes
    later = Client(HTTP_HOST="posthub.localhost")
    later.post("/accounts/login/", {"login": "nina@example.com", "password": "four-wooden-spoons"})
    assert not Organization.objects.filter(name="Nina Bakes").exists()
    confirm(later)
    assert Organization.objects.filter(name="Nina Bakes").exists()


def test_a_wrong_code_makes_nothing(apex: Client) -> None:
    apex.post("/register/", ANSWERS)
    right = code_of(mail.outbox[-1])
    apex.post("/accounts/confirm-email/", {"code": "000000" if right != "000000" else "111111"})
    assert not Organization.objects.filter(name="Nina Bakes").exists()


def test_a_signed_in_person_registers_a_second_organization(browser_of: Any) -> None:
    sofia = browser_of("sofia", host="posthub.localhost")
    answers = {"name": "Second", "label": "second-one", "language": "en"}
    assert sofia.post("/organizations/new/", answers)["Location"] == "/organizations/"
    page = sofia.get("/organizations/").content.decode()
    assert page.count("/enter/") == 2


def test_nobody_registers_any_number_of_organizations(browser_of: Any, cast: Any, beta: Organization) -> None:
    for number in range(9):
        other = Organization.objects.create(name=f"O{number}", schema_name=f"o_{number}_x")
        Membership.objects.create(user=cast.sofia, organization=other)
    sofia = browser_of("sofia", host="posthub.localhost")
    answers = {"name": "Eleventh", "label": "eleventh", "language": "en"}
    assert sofia.post("/organizations/new/", answers).status_code == 422
    assert not Organization.objects.filter(name="Eleventh").exists()


def test_registration_on_an_organizations_host_leads_to_the_apex(client: Client, acme: Organization) -> None:
    response = client.get("/accounts/signup/", headers={"host": "acme.posthub.localhost"})
    assert response["Location"] == "http://posthub.localhost:8000/register/"
