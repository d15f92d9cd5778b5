"""What an organization takes along: one file, made once however often it is asked for, for its own people only."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from posthub.backoffice.pipeline import export_everything, mail_export
from posthub.backoffice.queries import EXPORT
from posthub.core.tenancy import in_schema
from posthub.jobs.mailing import mail_failed
from posthub.jobs.models import Job, JobState
from posthub.jobs.operations import enqueue
from posthub.jobs.telling import tell_later
from posthub.organizations import export
from posthub.organizations.models import Organization
from tests.company.conftest import running


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def made(organization: Organization) -> None:
    with in_schema(organization.schema_name):
        export_everything(running(Job.objects.get(task=EXPORT, state="QUEUED")))


def test_everything_is_made_into_one_file_however_often_it_is_asked_for(
    browser_of: Any, acme: Organization
) -> None:
    sofia, folder = browser_of("sofia"), f"org/{acme.schema_name}"
    default_storage.save(f"{folder}/a.txt", ContentFile(b"words"))
    assert sofia.get("/settings/data/file/")["Location"] == "/settings/data/"
    for _press in range(2):
        assert sofia.post("/settings/data/export/")["Location"] == "/settings/data/"
    assert Job.objects.filter(task=EXPORT).count() == 1
    assert 'aria-busy="true"' in sofia.get("/settings/data/").content.decode()
    made(acme)
    assert "/settings/data/file/" in sofia.get("/settings/data/").content.decode()
    answer = sofia.get("/settings/data/file/")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.read("media/a.txt") == b"words"
    assert answer["Cache-Control"].count("no-store") == 1
    # Another one takes the place of the first, and holds nothing of it.
    sofia.post("/settings/data/export/")
    made(acme)
    with default_storage.open(export.last_export(acme).name) as file, zipfile.ZipFile(file) as archive:  # type: ignore[union-attr]
        assert [name for name in archive.namelist() if "exports" in name] == []
    # A week later.
    made_at = (timezone.now() - export.KEPT).timestamp()
    os.utime(default_storage.path(export.last_export(acme).name), (made_at, made_at))  # type: ignore[union-attr]
    export.purge_exports()
    assert sofia.get("/settings/data/file/")["Location"] == "/settings/data/"
    assert list(export.files.names_under(folder)) == [f"{folder}/a.txt"]
    assert connection.schema_name == "public"


@pytest.mark.parametrize(("name", "status"), [("marek", 403), ("mona", 403), ("oscar", 404)])
def test_nobody_else_gets_it(browser_of: Any, acme: Organization, name: str, status: int) -> None:
    assert browser_of(name).get("/settings/data/file/").status_code == status


def run_mail(task: str, mail: Callable[[Any], None]) -> None:
    """The mail's own job, which works in the schema of the organization."""
    job = Job.objects.get(task=task)
    with in_schema(job.schema_name):
        mail(running(job))


def test_whoever_asked_is_told_in_their_language_that_it_is_ready_or_failed(
    browser_of: Any, acme: Organization, cast: Any, mailoutbox: list[Any]
) -> None:
    cast.sofia.language = "cs"
    cast.sofia.save()
    sofia = browser_of("sofia")
    sofia.post("/settings/data/export/")
    made(acme)
    run_mail("backoffice.mail_export", mail_export)
    sofia.post("/settings/data/export/")
    failed = Job.objects.filter(task=EXPORT, state="QUEUED")
    failed.update(state=JobState.DEAD, cause="the disk is full", finished_at=Now())
    tell_later(Job.objects.get(task=EXPORT, state="DEAD"))
    run_mail("jobs.mail_failed", mail_failed)
    assert [mail.to for mail in mailoutbox] == [["sofia@example.com"]] * 2
    assert [mail.subject for mail in mailoutbox] == [
        "Acme: vaše data jsou připravena", "Acme: něco, o co jste žádali, se nepodařilo dokončit",
    ]  # fmt: skip
    for mail, path in zip(
        mailoutbox, ("/settings/data/", f"/jobs/{Job.objects.get(state='DEAD').pk}/"), strict=True
    ):
        html = str(mail.alternatives[0][0])
        for text in (mail.body, html):
            assert f"http://acme.posthub.localhost:8000{path}" in text
            assert "file/" not in text
        assert '<html lang="cs"' in html
    page = sofia.get("/settings/data/").content.decode()
    assert [path in page for path in ("/retry/", "/settings/data/export/")] == [True, True]


def test_the_release_before_asked_for_a_failure_here_which_is_no_reason_to_say_ready(
    acme: Organization, cast: Any, mailoutbox: list[Any]
) -> None:
    for name in ("export_failed", "export_ready"):
        with in_schema(acme.schema_name):
            payload = {"person": str(cast.sofia.pk), "name": name}
            mail_export(running(enqueue("backoffice.mail_export", key=name, payload=payload)))
    assert [mail.subject for mail in mailoutbox] == ["Acme: your data are ready"]
