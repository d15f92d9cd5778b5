"""An organization's settings, people and log, and who may do what there."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from posthub.accounts.models import User
from posthub.audit import operations as audit
from posthub.billing.models import Plan
from posthub.billing.operations import choose_plan
from posthub.organizations import operations
from posthub.organizations.models import Invitation, Membership, Organization

PARTS = {
    "/settings/": {"name": "Acme Works", "post_days": ["1", "3"], "post_hours": "15:30, 9:00"},
    "/settings/language/": {"language": "cs", "country": "SK", "zone": "Europe/London"},
    "/settings/approving/": {
        "staff_stage": "marketer", "staff_quorum": "anyone", "client_quorum": "everyone", "own_words": "on",
    },
    "/settings/notifications/": {"review_mail": "daily", "review_hour": "9"},
}  # fmt: skip
PAGES = [
    *PARTS,
    "/settings/networks/",
    "/settings/members/",
    "/settings/ai/",
    "/settings/security/",
    "/settings/data/",
    "/settings/activity/",
    "/organizations/",
]
ACTIONS = {
    **PARTS,
    "/settings/networks/": {"platforms": ["x"]},
    "/settings/members/add/": {"email": "new@example.com"},
    "/settings/data/export/": {},
}


@pytest.fixture(autouse=True)
def fresh_rate_limits() -> None:
    cache.clear()


@pytest.mark.parametrize(
    ("name", "status"), [("sofia", 200), ("marek", 200), ("mona", 200), ("adam", 200), ("oscar", 404)]
)
@pytest.mark.parametrize("path", PAGES)
def test_who_sees_the_pages(browser_of: Any, acme: Organization, path: str, name: str, status: int) -> None:
    assert browser_of(name).get(path).status_code == status


def test_each_page_is_told_by_its_title(browser_of: Any, acme: Organization) -> None:
    adam = browser_of("adam")
    titles = [
        re.search(r"<title>(.*?)</title>", adam.get(path).content.decode(), re.DOTALL)
        for path in [*PAGES, "/settings/"]
    ]
    assert len({title and title[1].strip() for title in titles}) == len(PAGES) + ("/settings/" not in PAGES)


@pytest.mark.parametrize(
    ("name", "status"), [("sofia", 303), ("marek", 403), ("mona", 403), ("adam", 303), ("oscar", 404)]
)
@pytest.mark.parametrize("path", list(ACTIONS))
def test_who_changes_what(browser_of: Any, acme: Organization, path: str, name: str, status: int) -> None:
    assert browser_of(name).post(path, ACTIONS[path]).status_code == status


@pytest.mark.parametrize("path", PAGES)
def test_nobody_in_particular_is_asked_who_they_are(acme: Organization, path: str) -> None:
    response = Client(HTTP_HOST="acme.posthub.localhost").get(path)
    assert (response.status_code, response["Location"][:22]) == (302, "/accounts/login/?next=")


def test_htmx_is_told_to_go_to_the_log_in_page(acme: Organization) -> None:
    headers = {"hx-request": "true", "hx-current-url": "http://acme.posthub.localhost/settings/?a=1"}
    response = Client(HTTP_HOST="acme.posthub.localhost").get("/settings/", headers=headers)
    assert (response.status_code, response["HX-Redirect"]) == (
        204,
        "/accounts/login/?next=%2Fsettings%2F%3Fa%3D1",
    )


def test_settings_are_kept_as_they_were_meant(browser_of: Any, acme: Organization) -> None:
    """Each page changes its own part, and nothing of the others."""
    sofia = browser_of("sofia")
    for path, form in PARTS.items():
        assert sofia.post(path, form)["Location"] == path
    acme.refresh_from_db()
    kept = (acme.name, acme.zone, acme.country, acme.post_days, acme.post_hours, acme.staff_stage)
    assert kept == ("Acme Works", "Europe/London", "SK", "1,3", "09:00,15:30", "marketer")
    assert (acme.client_quorum, acme.own_words, acme.review_mail, acme.review_hour) == (
        "everyone", True, "daily", 9,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "field", "value"),
    [
        ("/settings/language/", "zone", "Mars/Base"),
        ("/settings/", "post_hours", "9 o'clock"),
        ("/settings/", "post_hours", "25:00"),
        ("/settings/", "name", ""),
        ("/settings/", "post_days", []),
    ],
)
def test_what_cannot_be_meant_is_refused_and_kept_in_the_form(
    browser_of: Any, acme: Organization, path: str, field: str, value: str
) -> None:
    response = browser_of("sofia").post(path, {**PARTS[path], field: value})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    acme.refresh_from_db()
    assert acme.name == "Acme"
    if value == []:
        assert "Choose at least one day." in response.content.decode()


def test_networks_stay_within_the_plan(browser_of: Any, acme: Organization) -> None:
    choose_plan(
        acme, Plan.objects.create(code="two", name="Two", posts_a_month=1, active_personas=1, platforms=2)
    )
    sofia = browser_of("sofia")
    many = sofia.post("/settings/networks/", {"platforms": ["facebook", "x", "tiktok"]})
    assert many.status_code == 422
    assert "Your plan has room for 2 networks." in many.content.decode()
    assert sofia.post("/settings/networks/", {"platforms": ["facebook", "x"]}).status_code == 303
    acme.refresh_from_db()
    assert acme.platforms == ["facebook", "x"]


def test_somebody_with_an_account_is_added(
    browser_of: Any, cast: Any, acme: Organization, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        browser_of("sofia").post("/settings/members/add/", {"email": "Oscar@example.com"})
    assert Membership.objects.filter(user=cast.oscar, organization=acme).exists()
    assert [letter.to for letter in mail.outbox] == [["oscar@example.com"]]


def test_nobody_is_added_or_asked_twice_and_the_last_one_is_not_removed(
    browser_of: Any, cast: Any, acme: Organization, django_capture_on_commit_callbacks: Any
) -> None:
    sofia = browser_of("sofia")
    with django_capture_on_commit_callbacks(execute=True):
        answers = [
            sofia.post("/settings/members/add/", {"email": email})
            for email in ("Sofia@example.com", "new@example.com", "New@example.com")
        ]
    assert [answer.status_code for answer in answers] == [422, 303, 422]
    assert "sofia@example.com is a member already." in answers[0].content.decode()
    assert "withdraw the first one" in answers[2].content.decode()
    assert [letter.to for letter in mail.outbox] == [["new@example.com"]]
    membership = Membership.objects.get(user=cast.sofia, organization=acme)
    remove = f"/settings/members/{membership.pk}/remove/"
    assert remove not in sofia.get("/settings/members/").content.decode()
    answer = sofia.post(remove)
    assert (answer.status_code, "This is the only member." in answer.content.decode()) == (422, True)
    assert 'action="/settings/members/add/"' in answer.content.decode()


def invite(browser: Client, capture: Any, email: str = "new@example.com") -> str:
    with capture(execute=True):
        browser.post("/settings/members/add/", {"email": email})
    found = re.search(r"http://acme\.posthub\.localhost:8000(/invitation/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


JOINING = {"name": "New One", "password": "seven-red-bicycles", "terms": "on", "privacy": "on"}


def test_somebody_without_an_account_joins_by_the_link(
    browser_of: Any, acme: Organization, django_capture_on_commit_callbacks: Any
) -> None:
    link = invite(browser_of("sofia"), django_capture_on_commit_callbacks)
    guest = Client(HTTP_HOST="acme.posthub.localhost")
    assert guest.get(link).status_code == 200
    assert not User.objects.filter(email="new@example.com").exists()
    assert guest.post(link, {**JOINING, "password": "short"}).status_code == 422
    assert guest.post(link, JOINING)["Location"] == "/"
    assert guest.get("/settings/").status_code == 200
    assert guest.get(link).status_code == 410
    assert not Invitation.objects.exists()
    signed_out = Client(HTTP_HOST="posthub.localhost")
    answer = signed_out.post(
        "/accounts/login/", {"login": "new@example.com", "password": JOINING["password"]}
    )
    assert answer["Location"] == "/organizations/?onward=1"


def test_a_withdrawn_invitation_is_over(
    browser_of: Any, acme: Organization, django_capture_on_commit_callbacks: Any
) -> None:
    sofia = browser_of("sofia")
    link = invite(sofia, django_capture_on_commit_callbacks)
    sofia.post(f"/settings/invitations/{Invitation.objects.get().pk}/withdraw/")
    assert Client(HTTP_HOST="acme.posthub.localhost").post(link, JOINING).status_code == 410
    assert not User.objects.filter(email="new@example.com").exists()


def test_an_invitation_opens_no_other_organization(
    browser_of: Any, acme: Organization, beta: Organization, django_capture_on_commit_callbacks: Any
) -> None:
    link = invite(browser_of("sofia"), django_capture_on_commit_callbacks)
    assert Client(HTTP_HOST="beta.posthub.localhost").get(link).status_code == 410


def test_an_invitation_is_for_its_own_address(
    browser_of: Any, cast: Any, acme: Organization, django_capture_on_commit_callbacks: Any
) -> None:
    link = invite(browser_of("sofia"), django_capture_on_commit_callbacks)
    assert browser_of("oscar").post(link).status_code == 422
    assert not Membership.objects.filter(user=cast.oscar, organization=acme).exists()


def test_whoever_registered_in_the_meantime_signs_in_and_joins(
    browser_of: Any, acme: Organization, django_capture_on_commit_callbacks: Any
) -> None:
    link = invite(browser_of("sofia"), django_capture_on_commit_callbacks)
    user = User.objects.create_user("new@example.com", "seven-red-bicycles")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    guest = Client(HTTP_HOST="acme.posthub.localhost")
    assert f"/accounts/login/?next={link}" in guest.get(link).content.decode()
    assert guest.post(link, JOINING).status_code == 200
    assert not Membership.objects.filter(user=user).exists()
    guest.post("/accounts/login/", {"login": "new@example.com", "password": "seven-red-bicycles"})
    assert guest.post(link)["Location"] == "/"
    assert Membership.objects.filter(user=user, organization=acme).exists()


def test_a_removed_member_is_out_at_once_and_told(
    browser_of: Any,
    cast: Any,
    acme: Organization,
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    operations.add_member(acme, user=cast.oscar, by=cast.sofia)
    oscar, membership = browser_of("oscar"), Membership.objects.get(user=cast.oscar, organization=acme)
    assert oscar.get("/settings/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        browser_of("sofia").post(f"/settings/members/{membership.pk}/remove/")
    assert oscar.get("/settings/").status_code == 404
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["oscar@example.com"], "You do not belong to Acme any more")
    ]


def test_the_last_member_stays(browser_of: Any, cast: Any, acme: Organization) -> None:
    membership = Membership.objects.get(user=cast.sofia, organization=acme)
    assert browser_of("sofia").post(f"/settings/members/{membership.pk}/remove/").status_code == 422
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_members_of_another_organization_cannot_be_removed_from_here(
    browser_of: Any, cast: Any, beta: Organization
) -> None:
    other = Membership.objects.get(user=cast.oscar, organization=beta)
    assert browser_of("sofia").post(f"/settings/members/{other.pk}/remove/").status_code == 404


def test_the_log_tells_who_did_what_in_words(browser_of: Any, cast: Any, acme: Organization) -> None:
    audit.record("topic.approved", subject="topic:1", actor_id=cast.sofia.pk, chain=acme.schema_name)
    page = browser_of("marek").get("/settings/activity/").content.decode()
    assert "Topic: approved" in page
    assert "Organization registered" in page
    assert "Sofia" in page


def test_the_log_of_another_organization_is_not_in_it(browser_of: Any, cast: Any, beta: Organization) -> None:
    audit.record("beta.secret", subject="x", actor_id=cast.oscar.pk, chain=beta.schema_name)
    assert "beta.secret" not in browser_of("sofia").get("/settings/activity/").content.decode()


@pytest.mark.parametrize("many", [1, 30])
def test_members_and_log_cost_the_same_however_many_there_are(
    browser_of: Any, cast: Any, acme: Organization, many: int
) -> None:
    for number in range(many):
        user = User.objects.create_user(f"m{number}@example.com", "x", name=f"M{number}")
        operations.add_member(acme, user=user, by=user)
    sofia = browser_of("sofia")
    assert statements(sofia, "/settings/members/") == 8
    assert statements(sofia, "/settings/activity/") == 7


def statements(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len([query for query in queries if "search_path" not in query["sql"]])


def test_the_side_panel_stays_as_narrow_as_it_was_made(browser_of: Any, acme: Any) -> None:
    sofia = browser_of("sofia")
    wide = '<div class="app ">'
    assert wide in sofia.get("/settings/").content.decode()
    assert sofia.post("/rail/", {"rail": "1", "next": "/settings/"})["Location"] == "/settings/"
    assert '<div class="app app-rail">' in sofia.get("/settings/").content.decode()
    sofia.post("/rail/", {"rail": "0"})
    assert wide in sofia.get("/settings/").content.decode()
