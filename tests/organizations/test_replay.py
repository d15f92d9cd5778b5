"""Whatever opens something at one organization, used at another one or on the apex: by everybody, refused each time."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client, override_settings
from django.utils import timezone
from huey.exceptions import HueyException

from posthub.accounts.models import User
from posthub.approvals import linking
from posthub.approvals.models import Decision
from posthub.company.models import Document
from posthub.core.tasks import wake_up_queue
from posthub.core.tenancy import in_schema
from posthub.jobs import runner
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue
from posthub.jobs.worker import run_job_task
from posthub.lifecycle.machine import begin
from posthub.organizations import erasure
from posthub.organizations.hand_over import hand_over_token
from posthub.organizations.models import Membership, Organization
from posthub.organizations.operations import invite, withdraw_invitation
from tests.conftest import PASSWORD
from tests.support.topics import make_topic

ACME, BETA, APEX = "acme.posthub.localhost", "beta.posthub.localhost", "posthub.localhost"
PEOPLE = ["nobody", "sofia", "oscar", "bea", "marek", "mona", "adam"]
REFUSED = {403, 404, 410}


@pytest.fixture
def bea(acme: Organization, beta: Organization) -> User:
    """She belongs to both organizations: what is refused to her is refused for the organization's sake."""
    bea = User.objects.create_user("bea@example.com", PASSWORD, name="Bea")
    bea.emailaddress_set.create(email=bea.email, verified=True, primary=True)
    for organization in (acme, beta):
        Membership.objects.create(user=bea, organization=organization)
    cache.clear()
    return bea


@pytest.fixture
def person(bea: User, browser_of: Any, cast: Any) -> Callable[[str, str], Client]:
    cast.bea = bea
    return lambda name, host: Client(HTTP_HOST=host) if name == "nobody" else browser_of(name, host=host)


def refused(answer: Any) -> bool:
    """A refusal, or the way to the log-in page, which is all that nobody in particular is told."""
    to_login = answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
    return answer.status_code in REFUSED or to_login


@pytest.fixture
def things(
    acme: Organization, bea: User, cast: Any, settings: Any, tmp_path: Any
) -> dict[str, tuple[str, str]]:
    """Addresses of acme's things: name → (method, path)."""
    settings.MEDIA_ROOT = tmp_path
    with in_schema(acme.schema_name):
        topic = make_topic()
        company = topic.company
        path = default_storage.save(f"org/{acme.schema_name}/{uuid4()}.txt", ContentFile(b"words"))
        document = begin(
            Document(company=company, name="a.txt", content_type="text/plain", size=5, file=path), "READING"
        )
        job = enqueue("company.read_document", key="1", payload={"document": str(uuid4())})
        invite(acme, email="new@example.com", by=cast.sofia)
    member = Membership.objects.get(user=cast.sofia)
    found = {
        "document": ("get", f"/documents/{document.pk}/file/"),
        "removing a document": ("post", f"/documents/{document.pk}/remove/"),
        "progress": ("get", f"/jobs/{job.pk}/"),
        "calling off": ("post", f"/jobs/{job.pk}/cancel/"),
        "asking again": ("post", f"/jobs/{job.pk}/retry/"),
        "topic": ("get", f"/topics/{topic.pk}/"),
        "approving": ("post", f"/topics/{topic.pk}/approve/"),
        "review": ("get", f"/inbox/topic/{topic.pk}/"),
        "removing a member": ("post", f"/settings/members/{member.pk}/remove/"),
    }
    found["withdrawing"] = ("post", f"/settings/invitations/{acme.invitations.get().pk}/withdraw/")
    return found


def test_addresses_of_one_organizations_things_lead_nowhere_in_another(
    things: dict[str, tuple[str, str]], person: Any
) -> None:
    here = person("sofia", ACME)
    reads = [path for method, path in things.values() if method == "get"]
    assert [here.get(path).status_code for path in reads] == [200] * len(reads)
    let_in = {
        (name, host, thing)
        for name in PEOPLE
        for host in (BETA, APEX)
        for client in [person(name, host)]
        for thing, (method, path) in things.items()
        if not refused(getattr(client, method)(path))
    }
    assert let_in == set()
    assert Job.objects.get().state == "QUEUED"


def test_a_hand_over_opens_its_own_organization_to_its_own_person(
    person: Any, acme: Organization, bea: User
) -> None:
    for name in PEOPLE:
        client = person(name, BETA)
        answer = client.post(
            "/enter/", {"token": hand_over_token(bea, acme)}, headers={"origin": f"http://{APEX}"}
        )
        assert answer.status_code == 403
        assert (bea.email.encode() in client.get("/profile/").content) == (name == "bea")


def test_a_session_of_one_host_is_none_on_another(bea: User, cast: Any) -> None:
    """Taken from the cookie of one organization's host, it opens neither another one's nor the apex."""
    client = Client(HTTP_HOST=ACME)
    client.post("/accounts/login/", {"login": bea.email, "password": PASSWORD})
    assert client.get("/settings/").status_code == 200
    key = client.cookies["sessionid"].value
    for host in (BETA, APEX):
        thief = Client(HTTP_HOST=host)
        thief.cookies["sessionid"] = key
        for path in ("/profile/", "/organizations/", "/settings/"):
            assert refused(thief.get(path)), (host, path)
        thief.post("/accounts/login/", {"login": bea.email, "password": PASSWORD})
        assert thief.cookies["sessionid"].value != key
    assert client.get("/settings/").status_code == 200


def test_an_invitation_joins_nobody_elsewhere(person: Any, acme: Organization, cast: Any) -> None:
    with (
        in_schema(acme.schema_name),
        override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"),
    ):
        invite(acme, email="new@example.com", by=cast.sofia)
    token = _token_of_invitation(acme)
    for name in PEOPLE:
        for host in (BETA, APEX):
            for method in ("get", "post"):
                answer = getattr(person(name, host), method)(
                    f"/invitation/{token}/", {"name": "N", "password": PASSWORD}
                )
                assert refused(answer), (name, host, method)
    assert Client(HTTP_HOST=ACME).get(f"/invitation/{token}/").status_code == 200
    withdraw_invitation(acme, email="new@example.com", by=cast.sofia)
    assert Client(HTTP_HOST=ACME).get(f"/invitation/{token}/").status_code == 410


def _token_of_invitation(organization: Organization) -> str:
    from django.core import signing

    return signing.dumps(str(organization.invitations.get().pk), salt="posthub.invitation")


def test_a_link_to_a_new_password_works_on_the_host_it_was_asked_for_on(bea: User) -> None:
    Client(HTTP_HOST=ACME).post("/accounts/password/reset/", {"email": bea.email})
    link = re.search(r"http://([^/\s]+)(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)
    assert link
    assert link[1].startswith(ACME)

    def opens(host: str) -> bool:
        client = Client(HTTP_HOST=host)
        client.get(link[2])
        form = client.get(re.sub(r"[^-/]+-[^-/]+/$", "set-password/", link[2]))
        answer = client.get(link[2], follow=True)
        return b'name="password1"' in answer.content or b'name="password1"' in form.content

    assert [opens(host) for host in (BETA, APEX, ACME)] == [False, False, True]


def test_a_code_for_signing_in_works_where_it_was_asked_for(bea: User) -> None:
    asker = Client(HTTP_HOST=ACME)
    asker.post("/accounts/login/code/", {"email": bea.email})
    code = re.search(r"^\s*(\d{6}|[A-Z0-9-]{6,9})\s*$", mail.outbox[-1].body, re.MULTILINE)
    assert code
    for host in (BETA, APEX):
        thief = Client(HTTP_HOST=host)
        thief.cookies["sessionid"] = asker.cookies["sessionid"].value
        thief.post("/accounts/login/code/confirm/", {"code": code[1]})
        assert refused(thief.get("/profile/"))
    asker.post("/accounts/login/code/confirm/", {"code": code[1]})
    assert asker.get("/settings/").status_code == 200


def test_an_export_is_its_own_peoples(person: Any, acme: Organization, cast: Any) -> None:
    erasure.ask_for_deletion(acme, by=cast.sofia, typed="Acme")
    path = f"/organizations/{acme.pk}/export/"
    let_in = {name for name in PEOPLE for host in (APEX,) if not refused(person(name, host).get(path))}
    assert let_in == {"sofia", "bea", "adam"}
    assert {name for name in PEOPLE if not refused(person(name, BETA).get(path))} == set()


def test_a_wake_up_message_of_a_stranger_is_not_read_and_an_old_one_wakes_nothing(
    acme: Organization, beta: Organization
) -> None:
    with in_schema(acme.schema_name):
        job = enqueue("company.read_document", key="1", payload={"document": str(uuid4())})
    Job.objects.filter(pk=job.pk).update(state="CANCELLED", finished_at=timezone.now() - timedelta(days=1))
    with in_schema(beta.schema_name):
        assert runner.run(str(job.pk)) is False
    transport = wake_up_queue("quick")
    message = transport.serialize_task(run_job_task("quick").s(str(job.pk)))
    forged = message[:-1] + (b"x" if message[-1:] != b"x" else b"y")
    for fake in (forged, b"posthub:" + message, message[5:]):
        with pytest.raises((HueyException, ValueError)):
            transport.deserialize_task(fake)


def test_a_review_link_shows_nothing_elsewhere(acme: Organization, person: Any, cast: Any) -> None:
    with in_schema(acme.schema_name):
        topic = make_topic()
        round_ = linking.open_round([topic], [cast.sofia], organization=acme, due_at=None)
        token = linking.token_of(round_.links.get())
    assert Client(HTTP_HOST=ACME).get(f"/r/{token}/").status_code == 200
    for name in PEOPLE:
        for host in (BETA, APEX):
            client = person(name, host)
            assert refused(client.get(f"/r/{token}/")), (name, host)
            # Asking for a new link is answered alike for every token; no mail goes out for this one.
            assert topic.title not in client.post(f"/r/{token}/renew/").content.decode()
            for verb in ("decide", f"undo/{uuid4()}"):
                answer = client.post(f"/r/{token}/{verb}/", {"item": str(topic.pk), "verb": "approve"})
                assert refused(answer), (name, host, verb)
                assert topic.title not in answer.content.decode()
    with in_schema(acme.schema_name):
        assert (Decision.objects.count(), round_.links.get().used_at, mail.outbox) == (0, None, [])
