"""Copies of one organization and of everything, brought back; the comparison has to notice what is wrong."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client, override_settings

from posthub.accounts.models import User
from posthub.content.models import Topic
from posthub.core.postgres_binaries import Installation
from posthub.core.tenancy import HOSTS, in_schema
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue
from posthub.organizations.backups.programs import closest, sums
from posthub.organizations.backups.public_rows import take_away
from posthub.organizations.models import Membership, Organization, SchemaMigration
from posthub.organizations.provisioning import drop_schema
from tests.support.databases import drop, maintenance, pointed_at
from tests.support.topics import make_topic


def call(name: str, *arguments: Any) -> str:
    said = StringIO()
    call_command(name, *map(str, arguments), stdout=said)
    return said.getvalue().strip()


@pytest.fixture
def acme_with_work(own_database: str, tmp_path: Path) -> Any:
    acme = Organization.objects.get(name="Acme")
    with override_settings(MEDIA_ROOT=tmp_path / "media"), in_schema(acme.schema_name):
        make_topic("Rye bread, 100 % \\ 'quoted' \u2603")
        enqueue("jobs.purge", key="copied", payload={"price": "0.10"})
        default_storage.save(f"org/{acme.schema_name}/menu.pdf", ContentFile(b"%PDF"))
        with in_schema("public"):
            yield acme


def visit(host: str) -> int:
    HOSTS.forget()
    return Client(HTTP_HOST=host).get("/accounts/login/").status_code


def test_an_organization_comes_back_as_it_was_and_others_are_left_alone(
    acme_with_work: Organization, tmp_path: Path
) -> None:
    acme, before = acme_with_work, sums([acme_with_work.schema_name])
    copy = Path(call("posthub_backup", acme.schema_name, "--to", tmp_path))
    beta = Organization.objects.get(name="Beta").schema_name
    others = sums([beta])
    with pytest.raises(CommandError, match="say --replace"):
        call("posthub_restore", copy)

    # It works on, and then somebody wants last night's back.
    with in_schema(acme.schema_name):
        Topic.objects.update(title="spoilt")
        enqueue("jobs.purge", key="after the copy", payload={})
    Membership.objects.filter(organization=acme).delete()
    call("posthub_restore", copy, "--replace")
    assert (sums([acme.schema_name]), sums([beta])) == (before, others)
    assert list(Job.objects.values_list("payload", flat=True)) == [{"price": "0.10"}]
    assert Membership.objects.get(organization=acme).user.email == "sofia@example.com"

    # It is gone altogether, files and all, and the people with it.
    drop_schema(acme.schema_name)
    default_storage.delete(f"org/{acme.schema_name}/menu.pdf")
    with transaction.atomic(), connection.cursor() as cursor:
        take_away(str(acme.pk), acme.schema_name)
        cursor.execute("DELETE FROM account_emailaddress WHERE email = 'sofia@example.com'")
        cursor.execute("DELETE FROM accounts_user WHERE email = 'sofia@example.com'")
    assert visit("acme.posthub.localhost") == 404
    call("posthub_restore", copy)
    assert (sums([acme.schema_name]), sums([beta])) == (before, others)
    assert visit("acme.posthub.localhost") == 200
    assert User.objects.get(email="sofia@example.com").memberships.get().organization == acme
    with default_storage.open(f"org/{acme.schema_name}/menu.pdf") as file:
        assert file.read() == b"%PDF"
    call("migrate_tenants")


def test_a_copy_that_is_not_what_it_was_is_refused_and_the_host_stays_in_maintenance(
    acme_with_work: Organization, tmp_path: Path
) -> None:
    acme = acme_with_work
    copy = Path(call("posthub_backup", acme.schema_name, "--to", tmp_path))
    manifest = copy / "manifest.json"
    topics = sums([acme.schema_name])[f"{acme.schema_name}.content_topic"]
    manifest.write_text(manifest.read_text().replace(topics, "0" * 32))
    with pytest.raises(
        CommandError, match=f"1 tables differ from the copy: {acme.schema_name}.content_topic"
    ):
        call("posthub_restore", copy, "--replace")
    assert visit("acme.posthub.localhost") == 503
    assert SchemaMigration.objects.get(schema_name=acme.schema_name).error == "being restored from a copy"
    (copy / "dump").write_bytes(b"not a dump")
    with pytest.raises(CommandError, match="pg_restore failed"):
        call("posthub_restore", copy, "--replace")


def test_everything_comes_back_in_an_empty_database(acme_with_work: Organization, tmp_path: Path) -> None:
    copy = Path(call("posthub_backup", "--to", tmp_path))
    assert copy.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="not empty"):
        call("posthub_restore", copy)
    name = f"{connection.settings_dict['NAME']}_back"
    with maintenance() as session:
        session.execute(f'CREATE DATABASE "{name}"')
    try:
        with pointed_at(name), override_settings(MEDIA_ROOT=tmp_path / "elsewhere"):
            assert "everything: restored" in call("posthub_restore", copy)
            assert visit("acme.posthub.localhost") == 200
            assert default_storage.exists(f"org/{acme_with_work.schema_name}/menu.pdf")
    finally:
        drop(name)


def test_nothing_is_left_of_a_copy_that_failed(own_database: str, tmp_path: Path) -> None:
    acme = Organization.objects.get(name="Acme")
    drop_schema(acme.schema_name)
    with pytest.raises(CommandError, match="no organization o_nobody"):
        call("posthub_backup", "o_nobody", "--to", tmp_path)
    with pytest.raises(CommandError, match="no matching schemas were found"):
        call("posthub_backup", acme.schema_name, "--to", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_programs_are_of_the_servers_own_version_where_they_are_here() -> None:
    here = [
        Installation(Path("/wheel"), 18),
        Installation(Path("/debian"), 15),
        Installation(Path("/path"), 17),
    ]
    assert [getattr(closest(here, server), "version", None) for server in (14, 15, 16, 18, 19)] == [
        15,
        15,
        17,
        18,
        None,
    ]
