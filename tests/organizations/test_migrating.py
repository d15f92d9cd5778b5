"""A later release over several organizations, some of which cannot be migrated."""

from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.templatetags.static import static
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from posthub.accounts.models import User
from posthub.core.tenancy import HOSTS, in_schema
from posthub.organizations import ledger
from posthub.organizations.models import Organization, SchemaMigration, SchemaPlan
from posthub.organizations.operations import register_organization
from posthub.organizations.provisioning import drop_schema, make_schema
from posthub.organizations.schema_plans import current_plan, release
from tests.support.databases import database_url
from tests.support.releases import later_release

NOTE = "migrations.AddField('topic', 'note', models.CharField(max_length=40, default='50 % off; really'))"
STAMP = """
def stamp(apps, editor):
    topics = apps.get_model("content", "Topic")
    if editor.connection.schema_name.startswith("o_beta"):
        raise LookupError("no stamp for beta")
    topics.objects.update(note="stamped")
"""
FILL = """
def fill(apps, editor):
    import datetime
    apps.get_model("content", "MarketingEvent").objects.create(name="Easter", date=datetime.date(2027, 3, 28))
"""


@pytest.fixture
def schemas(own_database: str) -> dict[str, str]:
    """acme, beta, gamma and delta: label → schema, in the order in which they are migrated."""
    oscar = User.objects.get(email="oscar@example.com")
    for label in ("gamma", "delta"):
        register_organization(name=label.title(), label=label, by=oscar, language="en", platforms=[])
    return {org.name.lower(): org.schema_name for org in Organization.objects.order_by("created_at")}


def migrate(*arguments: str) -> str:
    said = StringIO()
    call_command("migrate_tenants", *arguments, stdout=said)
    return said.getvalue()


def execute(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def shape(schema_name: str) -> list[Any]:
    """Everything that a schema's tables are made of, without what names the schema."""
    columns = execute(
        "SELECT table_name, column_name, data_type, is_nullable, column_default, character_maximum_length "
        f"FROM information_schema.columns WHERE table_schema = '{schema_name}' ORDER BY 1, 2"
    )
    constraints = execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        f"WHERE connamespace = '{schema_name}'::regnamespace ORDER BY 1, 2"
    )
    indexes = execute(
        f"SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = '{schema_name}' ORDER BY 1"
    )
    found = [tuple(map(str, row)) for row in (*columns, *constraints, *indexes)]
    return [tuple(value.replace(f"{schema_name}.", "") for value in row) for row in found]


def has_note(schema_name: str) -> bool:
    return any(row[:2] == ("content_topic", "note") for row in shape(schema_name))


@override_settings(MIGRATION_LOCK_TIMEOUT_MS=60)
def test_the_poisoned_are_named_and_in_maintenance_until_mended_while_the_others_go_on(
    schemas: dict[str, str], tmp_path: Path, own_database: str
) -> None:
    migrate()
    execute(f"ALTER TABLE {schemas['beta']}.content_topic ADD COLUMN note text")
    with later_release(tmp_path, "content", {"0090_note": NOTE}):
        with psycopg.connect(database_url(own_database)) as other:
            other.execute(f"SELECT 1 FROM {schemas['gamma']}.content_topic")  # holds the table until it ends
            with pytest.raises(CommandError) as failed:
                migrate()
        assert f"{schemas['beta']}: ProgrammingError: column" in str(failed.value)
        assert f"{schemas['gamma']}: OperationalError: canceling statement due to lock timeout" in str(
            failed.value
        )
        assert "2 organizations could not be migrated" in str(failed.value)
        assert [has_note(schemas[name]) for name in ("acme", "gamma", "delta")] == [True, False, True]
        states = dict(SchemaMigration.objects.values_list("schema_name", "state"))
        assert states == {
            "public": "DONE", schemas["acme"]: "DONE", schemas["beta"]: "FAILED",
            schemas["gamma"]: "FAILED", schemas["delta"]: "DONE",
        }  # fmt: skip

        assert (visit("acme").status_code, visit("delta").status_code) == (200, 200)
        assert (visit("beta").status_code, visit("gamma").status_code) == (503, 503)

        execute(f"ALTER TABLE {schemas['beta']}.content_topic DROP COLUMN note")
        assert "organizations: 2 migrated" in migrate()
        assert (visit("beta").status_code, visit("gamma").status_code) == (200, 200)
        assert {len(shape(name)) for name in schemas.values()} == {len(shape(schemas["acme"]))}


def visit(label: str, path: str = "/accounts/login/", **headers: str) -> Any:
    return Client(HTTP_HOST=f"{label}.posthub.localhost").get(path, headers=headers)


def test_maintenance_is_said_in_the_readers_language_and_never_kept(acme: Organization) -> None:
    HOSTS.forget()
    assert visit("acme").status_code == 200
    ledger.write_failed(acme.schema_name, "later", "broken", 0)
    HOSTS.forget()
    czech, english = visit("acme", **{"accept-language": "cs"}), visit("acme", **{"accept-language": "en"})
    assert (czech.status_code, czech["Content-Language"], czech["Retry-After"]) == (503, "cs", "60")
    assert "Za chvíli jsme zpět" in czech.content.decode()
    assert "Back in a moment" in english.content.decode()
    assert "HX-Refresh" not in english.headers
    assert visit("acme", **{"hx-request": "true"})["HX-Refresh"] == "true"
    assert visit("acme", static("css/posthub.css")).status_code == 200
    assert visit("acme", "/api/health/").json()["in_maintenance"] == 1
    ledger.write_done(acme.schema_name, "later", 0)
    assert visit("acme").status_code == 200


def test_a_release_without_anything_new_looks_at_no_schema(schemas: dict[str, str]) -> None:
    migrate()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert migrate() == "organizations: 0 migrated, all up to date\n"
    assert [query["sql"] for query in asked if "o_" in query["sql"].replace("to_", "")] == []
    assert len(asked) < 25
    assert migrate("--anew") == "public: migrated\norganizations: 4 migrated, all up to date\n"


def test_the_plan_is_said_and_nothing_is_done(schemas: dict[str, str], tmp_path: Path) -> None:
    migrate()
    before = [shape(name) for name in schemas.values()]
    with later_release(tmp_path, "content", {"0090_note": NOTE}):
        said = migrate("--plan")
        assert "public: content.0090_note" in said
        assert "4 × content.0090_note: replayed as SQL" in said
        call_command("migrate_schemas", schema_name="public", verbosity=0, interactive=False)
        assert 'ALTER TABLE "content_topic" ADD COLUMN "note" varchar(40)' in migrate("--plan")
        assert [shape(name) for name in schemas.values()] == before
        assert SchemaPlan.objects.count() == 1


def test_a_canary_that_fails_stops_the_others(schemas: dict[str, str], tmp_path: Path) -> None:
    execute(f"ALTER TABLE {schemas['delta']}.content_topic ADD COLUMN note text")
    with later_release(tmp_path, "content", {"0090_note": NOTE}):
        with pytest.raises(CommandError, match="the others were left alone"):
            migrate("--canary", schemas["delta"])
        assert not has_note(schemas["acme"])
        assert visit("acme").status_code == 200


def test_python_runs_in_each_schema_by_the_ordinary_path_with_the_same_ledger(
    schemas: dict[str, str], tmp_path: Path
) -> None:
    new = {"0090_note": NOTE, "0091_stamp": "migrations.RunPython(stamp, migrations.RunPython.noop)"}
    with later_release(tmp_path, "content", new, before=STAMP):
        assert "4 × content.0090_note, content.0091_stamp: runs Python" in migrate("--plan")
        with pytest.raises(CommandError, match=f"{schemas['beta']}: LookupError: no stamp for beta"):
            migrate()
        assert ("content", "0091_stamp") in ledger.applied(schemas["acme"])
        # What came before the failure is kept, as Django keeps it, and not run again.
        assert ("content", "0091_stamp") not in ledger.applied(schemas["beta"])
        assert ("content", "0090_note") in ledger.applied(schemas["beta"])
        failed = SchemaMigration.objects.get(state="FAILED")
        assert (failed.schema_name, failed.error) == (schemas["beta"], "LookupError: no stamp for beta")


def test_a_schema_made_from_the_plan_is_what_a_migrated_one_became(
    schemas: dict[str, str], tmp_path: Path
) -> None:
    """Among the changes is one whose SQL needs the name that the database gave a constraint."""
    new = {
        "0090_code": "migrations.AddField('topic', 'code', models.CharField(max_length=9, null=True, unique=True))",
        "0091_plain": "migrations.AlterField('topic', 'code', models.CharField(max_length=9, null=True))",
    }
    with later_release(tmp_path, "content", new):
        migrate()
        make_schema("t_fresh")
        assert shape("t_fresh") == shape(schemas["acme"])
        assert ledger.applied("t_fresh") == ledger.applied(schemas["acme"])
        assert ledger.reached("t_fresh", release().fingerprint)
        assert not any("content_topic_code" in row[1] for row in shape("t_fresh"))
    drop_schema("t_fresh")
    assert not SchemaMigration.objects.filter(schema_name="t_fresh").exists()


def test_rows_to_begin_with_are_refused_in_a_migration(schemas: dict[str, str], tmp_path: Path) -> None:
    new = {"0090_fill": "migrations.RunPython(fill, migrations.RunPython.noop)"}
    with later_release(tmp_path, "content", new, before=FILL):
        with pytest.raises(ValueError, match="a migration fills content_marketingevent"):
            current_plan()
        assert execute("SELECT 1 FROM pg_namespace WHERE nspname LIKE 'plan\\_%'") == []


def test_a_squashed_migration_whose_parts_were_run_is_only_noted(
    schemas: dict[str, str], tmp_path: Path
) -> None:
    with later_release(tmp_path, "content", {"0090_note": NOTE}):
        migrate()
    parts = '[("content", "0090_note")]'
    squashed = f"{NOTE}]\n    replaces = {parts}\n    rest = ["
    with later_release(tmp_path, "content", {"0090_squashed": squashed}):
        assert "4 migrated" in migrate()
        assert {("content", "0090_note"), ("content", "0090_squashed")} <= ledger.applied(schemas["acme"])


def test_an_organization_without_its_schema_is_named_and_a_deleted_one_is_not_missed(
    schemas: dict[str, str],
) -> None:
    drop_schema(schemas["gamma"])
    drop_schema(schemas["delta"])
    Organization.objects.filter(schema_name=schemas["delta"]).update(deleted_at="2026-11-01T00:00Z")
    with pytest.raises(
        CommandError, match=f"1 organizations .*\n  {schemas['gamma']}: ProgrammingError: relation"
    ):
        migrate()
    with in_schema("public"):
        assert not SchemaMigration.objects.filter(schema_name=schemas["delta"]).exists()
