"""Where somebody is signed in: what is noted of it, and how one ends a single session."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from posthub.accounts import noting, operations
from posthub.accounts.devices import device_in_words
from posthub.accounts.models import SignIn
from posthub.accounts.queries import sign_ins_of
from tests.conftest import PASSWORD

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605 Version/18.1 Mobile Safari/604.1"
)


def get(browser: Client, path: str, agent: str) -> Any:
    """A request that is noted, however lately the last one was."""
    noting.LATELY.forget()
    return browser.get(path, headers={"user-agent": agent})


def key_of(browser: Client) -> str:
    return browser.cookies["sessionid"].value


def test_one_session_is_ended_from_another_and_no_other_with_it(browser_of: Any, cast: Any) -> None:
    here, lost, apex = browser_of("sofia"), browser_of("sofia"), browser_of("sofia", host="posthub.localhost")
    get(lost, "/", PHONE)
    get(apex, "/organizations/", FIREFOX)
    page = get(here, "/settings/security/", FIREFOX).content.decode()
    assert page.count("Safari, iPhone") == 1
    rows = {row.session_key: row for row in sign_ins_of(cast.sofia)}
    assert {row.host for row in rows.values()} == {"acme.posthub.localhost", "posthub.localhost"}
    assert f"/profile/sign-ins/{rows[key_of(here)].pk}/end/" not in page  # here one signs out by the menu
    path = f"/profile/sign-ins/{rows[key_of(lost)].pk}/end/"
    assert path in page
    assert [browser_of("oscar", "beta.posthub.localhost").post(path).status_code, here.get(path).status_code] == [
        404, 405,
    ]  # fmt: skip
    answer = here.post(path, {"next": "/settings/security/"})
    assert (answer.status_code, answer["Location"]) == (303, "/settings/security/")
    assert [browser.get("/profile/").status_code for browser in (here, apex, lost)] == [200, 200, 302]
    assert here.post(path).status_code == 404


def test_what_would_not_be_let_in_is_not_listed(browser_of: Any, cast: Any) -> None:
    here, _elsewhere, old = (browser_of("sofia") for _ in range(3))
    Session.objects.filter(pk=key_of(old)).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert sign_ins_of(cast.sofia).count() == 2
    here.post("/profile/sign-out-elsewhere/")
    here.get("/profile/")  # a key of its own since then
    cast.sofia.refresh_from_db()
    assert [row.session_key for row in sign_ins_of(cast.sofia)] == [key_of(here)]
    operations.purge_sign_ins()
    assert not Session.objects.filter(pk=key_of(old)).exists()
    assert sign_ins_of(cast.sofia).filter(session_key=key_of(old)).count() == 0
    assert here.get("/profile/").status_code == 200
    here.post("/accounts/logout/")
    assert sign_ins_of(cast.sofia).count() == 0


def test_a_session_is_noted_now_and_again(browser_of: Any) -> None:
    sofia = browser_of("sofia")
    began = SignIn.objects.get().used_at
    sofia.get("/profile/")
    assert SignIn.objects.get().used_at == began
    noting.LATELY.forget()
    with CaptureQueriesContext(connection) as said:
        sofia.get("/profile/")
    assert len([one for one in said if 'INTO "accounts_signin"' in one["sql"]]) == 1
    assert SignIn.objects.get().used_at > began


def sign_in(agent: str, *, ok: bool = True) -> Client:
    browser = Client(headers={"user-agent": agent, "host": "posthub.localhost"})
    answer = browser.post("/accounts/login/", {"login": "sofia@example.com", "password": PASSWORD})
    assert (answer.status_code == 302) is ok
    return browser


def test_a_device_never_used_before_is_told_by_mail(
    cast: Any, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = sign_in(FIREFOX)
        sign_in(FIREFOX.replace("140", "141"))
    assert mailoutbox == []
    with django_capture_on_commit_callbacks(execute=True):
        phone = sign_in(PHONE)
    (letter,) = mailoutbox
    assert (letter.to, letter.subject) == (
        ["sofia@example.com"], "PostHub: somebody signed in from Safari, iPhone",
    )  # fmt: skip
    assert "http://posthub.localhost:8000/profile/" in letter.body
    # Long after its session is over it is known; of the session nothing else is.
    key = key_of(phone)
    phone.post("/accounts/logout/")
    operations.purge_sign_ins()
    assert SignIn.objects.filter(session_key=key).values_list("agent", "ip", "host").get() == (
        PHONE,
        None,
        "",
    )
    with django_capture_on_commit_callbacks(execute=True):
        phone = sign_in(PHONE)
    assert len(mailoutbox) == 1
    SignIn.objects.filter(session_key=key).update(used_at=timezone.now() - operations.DEVICE_KNOWN)
    operations.purge_sign_ins()
    assert not SignIn.objects.filter(session_key=key).exists()
    # What its owner ended is a stranger's from then on.
    row = SignIn.objects.get(session_key=key_of(phone))
    first.post(f"/profile/sign-ins/{row.pk}/end/")
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(PHONE)
    assert len(mailoutbox) == 2


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox, Linux"),
        (PHONE, "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0", "Edge, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_1) Chrome/142.0 Safari/537.36", "Chrome, macOS"),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/142.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8.5", "Unknown device"),
    ],
)  # fmt: skip
def test_a_device_is_said_in_words(agent: str, words: str) -> None:
    assert device_in_words(agent) == words
