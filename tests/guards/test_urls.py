"""Every URL of both hosts, asked for by everybody. What each may see is what its view declares, nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from posthub.core.access import Who, declared
from tests.guards.walk import Address, addresses

HOSTS = {
    "acme.posthub.localhost": list(addresses(settings.ROOT_URLCONF)),
    "posthub.localhost": list(addresses(settings.PUBLIC_SCHEMA_URLCONF)),
}
PEOPLE = ["anonymous", "sofia", "oscar", "marek", "mona", "adam"]
STAFF = {"marek", "mona", "adam"}

LOG_IN, HIDDEN, FORBIDDEN, OPEN = "log in", "hidden", "forbidden", "open"
# Where a policy inside the view is narrower than the view's declaration: only who leads a team has one.
NARROWER = {("/staff/team/", "marek"): HIDDEN} | {
    (path, person): FORBIDDEN
    for path in ("/settings/delete/", "/settings/data/file/", "/settings/review-links/revoke/")
    for person in ("marek", "mona")
}
# What staff may see and prepare, but only the client decides.
CLIENT_DECIDES = ("/topics/approve/",)
# Open to anyone, and leads who is nobody in particular to the log-in page.
DOORS = {"/admin/login/"}


def expected(who: Who, person: str, *, apex: bool) -> str:
    """The permission story in one place; oscar is a supervisor, but of another organization."""
    if who is Who.ANYONE:
        return OPEN
    if person == "anonymous":
        return LOG_IN
    if (who is Who.ADMIN and person != "adam") or (who is Who.STAFF and person not in STAFF):
        return HIDDEN
    if apex:
        return HIDDEN if who in {Who.MEMBER, Who.SUPERVISOR} else OPEN
    if person == "oscar":
        return HIDDEN
    return FORBIDDEN if who is Who.SUPERVISOR and person != "sofia" else OPEN


def is_as_wanted(wanted: str, came: str, address: Address, person: str) -> bool:
    module = getattr(address.view, "__module__", "")
    if module.startswith("posthub.demo.") and not settings.DEMO:
        return came == HIDDEN
    if address.path in DOORS:
        return came == LOG_IN
    if address.path.startswith(CLIENT_DECIDES) and person in STAFF:
        return came == FORBIDDEN
    if address.keyed and wanted == HIDDEN:
        return came == OPEN  # what_came calls every 404 of a keyed address that
    if wanted == OPEN and module.startswith("allauth."):
        # Some of the library's pages ask for a log-in themselves, or for a second factor that is not there.
        return came in {OPEN, LOG_IN} or (came == HIDDEN and ".mfa." in module)
    if wanted == OPEN and module.startswith("django.contrib.admin."):
        return came in {OPEN, FORBIDDEN}  # what nobody may change, not even there
    return came == NARROWER.get((address.path, person), wanted)


def what_came(response: Any, address: Address) -> str:
    """How the answer reads: a page of an object that does not exist is open to those who may ask for it."""
    status = response.status_code
    if status == 302 and response["Location"].startswith("/accounts/login/?next="):
        return LOG_IN
    if status == 404:
        return OPEN if address.keyed else HIDDEN
    return FORBIDDEN if status == 403 else OPEN if status < 500 else str(status)


@pytest.fixture
def ask(browser_of: Callable[..., Client], db: None) -> Callable[..., Any]:
    """Ask as somebody; whatever it changes is undone, so that nobody's walk depends on another step."""
    clients: dict[tuple[str, str], Client] = {}

    def client_of(person: str, host: str) -> Client:
        if (person, host) not in clients:
            made = Client(HTTP_HOST=host) if person == "anonymous" else browser_of(person, host=host)
            made.raise_request_exception = False
            clients[person, host] = made
        return clients[person, host]

    def one(person: str, host: str, method: str, path: str) -> Any:
        client = client_of(person, host)
        cookies = client.cookies.output()
        with transaction.atomic():
            response = getattr(client, method)(path)
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.load(cookies.replace("Set-Cookie: ", ""))
        return response

    return one


@pytest.mark.parametrize("host", HOSTS)
def test_every_url_declares_who_may_open_it(host: str) -> None:
    undeclared = [address.path for address in HOSTS[host] if declared(address.view) is None]
    assert undeclared == []
    assert len(HOSTS[host]) > 20


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("host", HOSTS)
def test_everybody_gets_what_is_declared_and_nothing_more(
    host: str, person: str, ask: Callable[..., Any]
) -> None:
    apex = host == settings.BASE_HOST
    wrong = {}
    for address in HOSTS[host]:
        who = declared(address.view)
        assert who is not None
        response = ask(person, host, "get", address.path)
        wanted, came = expected(who, person, apex=apex), what_came(response, address)
        if not is_as_wanted(wanted, came, address, person):
            wrong[address.path] = (who.value, f"wanted {wanted}", f"got {response.status_code}")
    assert wrong == {}


@pytest.mark.parametrize("person", ["anonymous", "sofia", "oscar", "marek", "adam"])
@pytest.mark.parametrize("host", HOSTS)
def test_an_empty_form_sent_anywhere_breaks_nothing(host: str, person: str, ask: Callable[..., Any]) -> None:
    apex = host == settings.BASE_HOST
    broken = {}
    for address in HOSTS[host]:
        response = ask(person, host, "post", address.path)
        who = declared(address.view)
        assert who is not None
        let_in = response.status_code in {200, 303} and expected(who, person, apex=apex) != OPEN
        if response.status_code >= 500 or let_in:
            broken[address.path] = response.status_code
    assert broken == {}
