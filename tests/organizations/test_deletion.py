"""Deleting an organization: asked for by name, undone within 30 days, then erased with nothing left of it."""

import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from posthub.accounts.models import User
from posthub.ai.models import CallRecord
from posthub.audit import operations as audit
from posthub.audit.models import AuditEntry
from posthub.billing.models import Feature
from posthub.billing.operations import reserve
from posthub.content.models import MarketingEvent
from posthub.core.errors import Refused
from posthub.core.tenancy import HOSTS, in_schema
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue
from posthub.organizations import erasure
from posthub.organizations.hand_over import hand_over_token
from posthub.organizations.models import Organization, RetiredAddress
from posthub.organizations.operations import add_member, invite, label_problem
from posthub.organizations.tasks import erase_due
from tests.support.databases import database_url
from tests.support.remains import checksum, remains

APEX = "posthub.localhost"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, settings: Any) -> None:
    settings.EXPORT_ROOT = tmp_path / "exports"
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def lived_in(acme: Organization, beta: Organization, cast: Any) -> Organization:
    """acme with a row, or a file, in every place where an organization leaves one."""
    for organization in (acme, beta):
        with in_schema(organization.schema_name):
            MarketingEvent.objects.create(name=f"of {organization.schema_name}", date="2026-12-01")
            enqueue("company.read_document", key="1", payload={"document": str(uuid4())})
            cache.set("dashboard", organization.schema_name)
            default_storage.save(f"org/{organization.schema_name}/a.txt", ContentFile(b"words"))
        reserve(organization, Feature.POSTS, period="2026-12")
        CallRecord.objects.create(
            schema_name=organization.schema_name, use="x", provider="offline", outcome="ok"
        )
        invite(organization, email="new@example.com", by=cast.sofia)
    Client(HTTP_HOST="acme.posthub.localhost").post("/enter/", {"token": hand_over_token(cast.sofia, acme)})
    return acme


def asked(organization: Organization, by: Any, *, days: int = 0) -> Organization:
    erasure.ask_for_deletion(organization, by=by, typed=organization.name)
    past = timezone.now() - timedelta(days=days)
    Organization.objects.filter(pk=organization.pk).update(deleted_at=past)
    organization.refresh_from_db()
    return organization


@pytest.mark.parametrize(
    ("name", "typed", "status"),
    [("sofia", "Acme", 303), ("sofia", "acme", 422), ("sofia", "", 422), ("adam", " Acme ", 303),
     ("marek", "Acme", 403), ("mona", "Acme", 403), ("oscar", "Acme", 404)],
)  # fmt: skip
def test_who_can_delete_and_only_by_typing_the_name(
    browser_of: Any, acme: Organization, name: str, typed: str, status: int
) -> None:
    assert browser_of(name).post("/settings/delete/", {"typed_name": typed}).status_code == status
    acme.refresh_from_db()
    assert (acme.deleted_at is not None) == (status == 303)
    HOSTS.forget()
    assert browser_of("sofia").get("/settings/").status_code == (404 if status == 303 else 200)


def test_within_the_grace_its_people_can_download_everything_and_keep_it(
    browser_of: Any, lived_in: Organization, cast: Any
) -> None:
    asked(lived_in, cast.sofia)
    sofia, page = browser_of("sofia", host=APEX), f"/organizations/{lived_in.pk}"
    assert b"Keep it" in sofia.get("/organizations/").content
    saved = b"".join(sofia.get(f"{page}/export/").streaming_content)
    assert saved[:2] == b"PK"
    for name in ("oscar", "marek"):
        stranger = browser_of(name, host=APEX)
        assert b"Keep it" not in stranger.get("/organizations/").content
        assert stranger.get(f"{page}/export/").status_code == 404
        assert stranger.post(f"{page}/keep/").status_code == 404
    assert sofia.post(f"{page}/keep/").status_code == 303
    assert browser_of("sofia").get("/settings/").status_code == 200
    assert sofia.post(f"{page}/keep/").status_code == 404


def test_asking_calls_the_work_off_and_is_told_in_the_log(lived_in: Organization, cast: Any) -> None:
    erasure.ask_for_deletion(lived_in, by=cast.sofia, typed="Acme")
    assert {job.state for job in Job.objects.filter(schema_name=lived_in.schema_name)} == {"CANCELLED"}
    erasure.ask_for_deletion(lived_in, by=cast.sofia, typed="Acme")
    erasure.undo_deletion(lived_in, by=cast.sofia)
    said = (
        AuditEntry.objects.filter(chain=lived_in.schema_name)
        .order_by("number")
        .values_list("action", flat=True)
    )
    assert list(said)[-2:] == ["organization.deletion_asked", "organization.deletion_undone"]


def test_everybody_of_it_is_told_and_only_its_people_how_to_keep_it(
    lived_in: Organization, cast: Any, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    add_member(lived_in, user=cast.oscar, by=cast.sofia)
    with django_capture_on_commit_callbacks(execute=True):
        erasure.ask_for_deletion(lived_in, by=cast.sofia, typed="Acme")
    with django_capture_on_commit_callbacks(execute=True):
        erasure.ask_for_deletion(lived_in, by=cast.sofia, typed="Acme")
    keep = "http://posthub.localhost:8000/organizations/"
    assert {mail.to[0]: keep in mail.body for mail in mailoutbox} == {
        "sofia@example.com": True, "oscar@example.com": True, "marek@example.com": False, "mona@example.com": False,
    }  # fmt: skip
    assert len(mailoutbox) == 4
    assert "Acme will be deleted on" in mailoutbox[0].subject
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        erasure.undo_deletion(lived_in, by=cast.oscar)
        erasure.undo_deletion(lived_in, by=cast.oscar)
    assert [mail.subject for mail in mailoutbox] == ["Acme stays"] * 4


def test_a_mail_server_that_is_away_stops_no_deletion(
    lived_in: Organization, cast: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    with django_capture_on_commit_callbacks(execute=True):
        erasure.ask_for_deletion(lived_in, by=cast.sofia, typed="Acme")
    lived_in.refresh_from_db()
    assert lived_in.deleted_at is not None


def test_before_the_grace_is_over_nothing_is_erased(lived_in: Organization, cast: Any) -> None:
    asked(lived_in, cast.sofia, days=29)
    assert erasure.erase_due() == []


def test_nothing_is_left_and_the_others_are_as_they_were(
    lived_in: Organization, beta: Organization, cast: Any
) -> None:
    before = checksum(beta)
    asked(lived_in, cast.sofia, days=31)
    assert len(remains(lived_in)) > 8
    erase_due(None)
    assert remains(lived_in) == []
    assert (checksum(beta), before.count("\n") > 10) == (before, True)
    assert len(remains(beta)) > 8
    with in_schema(lived_in.schema_name):
        assert cache.get("dashboard") is None
    with in_schema("public"), in_schema(beta.schema_name):
        assert cache.get("dashboard") == beta.schema_name
    assert audit.first_break(lived_in.schema_name) is None
    last = AuditEntry.objects.filter(chain=lived_in.schema_name).order_by("-number")[0]
    assert last.action == "organization.erased"


def test_the_export_holds_rows_files_and_what_public_knows(lived_in: Organization, cast: Any) -> None:
    asked(lived_in, cast.sofia, days=31)
    erasure.erase_due()
    path = erasure.export_path(lived_in)
    assert path.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(path) as archive:
        assert archive.read("media/a.txt") == b"words"
        events = json.loads(archive.read("data/content_marketingevent.json"))
        assert [event["name"] for event in events] == [f"of {lived_in.schema_name}"]
        assert json.loads(archive.read("data/content_topic.json")) == []
        known = json.loads(archive.read("organization.json"))
        assert known["members"] == [{"name": "Sofia", "email": "sofia@example.com"}]
        assert "data/django_migrations.json" not in archive.namelist()


def test_its_address_is_nobodys_for_ninety_days(lived_in: Organization, cast: Any) -> None:
    asked(lived_in, cast.sofia, days=31)
    erasure.erase_due()
    assert "taken" in label_problem("acme")
    RetiredAddress.objects.update(until=timezone.now() - timedelta(minutes=1))
    assert label_problem("acme") == ""
    assert erasure.purge_leftovers() == 1


def test_rows_that_somebody_wrote_too_late_are_forgotten(lived_in: Organization, cast: Any) -> None:
    asked(lived_in, cast.sofia, days=31)
    erasure.erase_due()
    CallRecord.objects.create(schema_name=lived_in.schema_name, use="x", provider="offline", outcome="ok")
    erase_due(None)
    assert remains(lived_in) == []
    assert CallRecord.objects.count() == 1


def test_a_running_job_is_waited_for(lived_in: Organization, cast: Any) -> None:
    asked(lived_in, cast.sofia, days=31)
    soon = timezone.now() + timedelta(minutes=1)
    Job.objects.filter(schema_name=lived_in.schema_name).update(state="RUNNING", lease_until=soon)
    assert erasure.erase_due() == []
    assert "schema" in remains(lived_in)
    Job.objects.update(lease_until=timezone.now() - timedelta(minutes=1))
    assert erasure.erase_due() == [lived_in.schema_name]


def test_an_organization_that_was_opened_again_is_not_erased(lived_in: Organization, cast: Any) -> None:
    asked(lived_in, cast.sofia, days=31)
    stale = Organization.objects.get(pk=lived_in.pk)
    erasure.undo_deletion(lived_in, by=cast.sofia)
    with pytest.raises(erasure.StillBusy, match="opened again"):
        erasure.erase(stale)
    assert "schema" in remains(lived_in)


def test_a_wrong_name_is_refused(acme: Organization, cast: Any) -> None:
    with pytest.raises(Refused, match="Nothing was deleted"):
        erasure.ask_for_deletion(acme, by=cast.sofia, typed="Beta")


def test_staff_delete_and_keep_in_the_administration(browser_of: Any, acme: Organization) -> None:
    adam = browser_of("adam", host=APEX)
    for action, deleted in (("delete_after_the_grace", True), ("keep", False)):
        adam.post("/admin/organizations/organization/", {"action": action, "_selected_action": str(acme.pk)})
        acme.refresh_from_db()
        assert (acme.deleted_at is not None) == deleted


def test_a_table_that_somebody_holds_keeps_everything_as_it_is(own_database: str) -> None:
    acme, sofia = Organization.objects.get(name="Acme"), User.objects.get(email="sofia@example.com")
    asked(acme, sofia, days=31)
    with psycopg.connect(database_url(own_database)) as other:
        other.execute(f'SELECT * FROM "{acme.schema_name}".content_topic')
        assert erasure.erase_due() == []
        assert {"organizations_organization", "schema"} <= set(remains(acme))
    assert erasure.erase_due() == [acme.schema_name]
    assert remains(acme) == []
    assert settings.EXPORT_ROOT.exists()
