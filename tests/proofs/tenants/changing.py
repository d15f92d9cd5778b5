"""One field more in every organization, while some of them are broken in three ways."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from django.db import connection

from posthub.organizations.migrating import migrate_schema
from posthub.organizations.models import Organization, SchemaMigration
from posthub.organizations.schema_plans import current_plan, release
from tests.proofs.tenants import clocks
from tests.proofs.tenants.clocks import Ran
from tests.proofs.tenants.world import Place
from tests.support.databases import database_url
from tests.support.releases import later_release

Command = Callable[..., Ran]
FIRST = {"0090_note": "migrations.AddField('topic', 'note', models.CharField(max_length=40, default=''))"}
SECOND = {**FIRST, "0091_hint": "migrations.AddField('topic', 'hint', models.IntegerField(null=True))"}
PYTHON = {**SECOND, "0092_stamp": "migrations.RunPython(stamp, migrations.RunPython.noop)"}
STAMP = """
def stamp(apps, editor):
    apps.get_model("content", "Topic").objects.update(note="stamped")
"""


def execute(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


@contextmanager
def poisoned(places: list[Place]) -> Iterator[None]:
    """A column that is there already; a table somebody holds; a table that is gone; and mended at the end."""
    with ExitStack() as mending:
        for number, place in enumerate(places):
            table = f'"{place.schema_name}".content_topic'
            if number % 3 == 0:
                execute(f"ALTER TABLE {table} ADD COLUMN note text")
                mending.callback(execute, f"ALTER TABLE {table} DROP COLUMN note")
            elif number % 3 == 1:
                holder = mending.enter_context(
                    psycopg.connect(database_url(connection.settings_dict["NAME"]))
                )
                holder.execute(f"SELECT 1 FROM {table} LIMIT 1")
            else:
                lost = f'"{place.schema_name}".content_topic_lost'
                execute(f"ALTER TABLE {table} RENAME TO content_topic_lost")
                mending.callback(execute, f"ALTER TABLE {lost} RENAME TO content_topic")
        yield


def with_column(name: str) -> set[str]:
    found = execute(
        "SELECT table_schema FROM information_schema.columns "
        f"WHERE table_name = 'content_topic' AND column_name = '{name}' AND data_type <> 'text'"
    )
    return {row[0] for row in found}


def one_field_more(
    places: list[Place], sick: list[Place], command: Command, directory: Path
) -> dict[str, Any]:
    well = [place for place in places if place not in sick]
    everyone = set(Organization.objects.values_list("schema_name", flat=True))
    with later_release(directory, "content", FIRST):
        plan = command("migrate_tenants", "--plan")
        assert f"{len(everyone)} × content.0090_note: replayed as SQL" in plan.said, plan.said
        with poisoned(sick):
            first = command("migrate_tenants")
            named = [place for place in places if place.schema_name in first.said]
            assert first.code != 0
            assert named == sick, first.said
            assert with_column("note") == everyone - {place.schema_name for place in sick}
            shown = maintenance(sick, well)
        again = command("migrate_tenants")
        assert again.code == 0, again.said
        assert f"organizations: {len(sick)} migrated" in again.said, again.said
        assert with_column("note") == everyone
        assert [place.get("/") for place in sick] == [200] * len(sick)
    costs = SchemaMigration.objects.exclude(schema_name="public").values_list("milliseconds", flat=True)
    return {
        "migrate_s": round(first.wall, 2),
        "migrate_cpu_s": round(first.cpu + first.server, 2),
        "migrate_ms_each": median(costs),
        "poisoned": len(sick),
        "poisoned_named": len(named),
        "succeeded": len(everyone) - len(sick),
        "in_maintenance": shown,
        "after_mending_s": round(again.wall, 2),
    }


def maintenance(sick: list[Place], well: list[Place]) -> int:
    """How many hosts say, in both languages, that they are in maintenance; the others must serve."""
    shown = 0
    for place in sick:
        pages = [place.answer("/", **{"accept-language": language}) for language in ("cs", "en")]
        assert [page.status_code for page in pages] == [503, 503]  # type: ignore[attr-defined]
        words = [page.content.decode() for page in pages]  # type: ignore[attr-defined]
        shown += "Za chvíli jsme zpět" in words[0] and "Back in a moment" in words[1]
    sample = well[:: max(1, len(well) // 20)]
    assert [place.get("/") for place in sample] == [200] * len(sample)
    return shown


def killed_and_resumed(places: list[Place], command: Command, directory: Path) -> dict[str, Any]:
    """SIGKILL in the middle of a run; the next one does what is left, and nothing twice."""
    with later_release(directory, "content", SECOND):
        target = release().fingerprint
        reached = SchemaMigration.objects.filter(fingerprint=target, state="DONE")
        process = clocks.start("migrate_tenants")
        while reached.count() < len(places) // 4 and process.poll() is None:
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        before = reached.count()
        assert len(with_column("hint")) == before
        rest = command("migrate_tenants")
        assert rest.code == 0, rest.said
        assert f"organizations: {len(places) - before} migrated" in rest.said, rest.said
        assert len(with_column("hint")) == len(places)
        return {"killed_after": before, "resumed": len(places) - before}


def python_in_each(places: list[Place], directory: Path) -> dict[str, Any]:
    """What the ordinary path takes, for a few."""
    with later_release(directory, "content", PYTHON, before=STAMP):
        plan = current_plan()
        took = [
            clocks.spent(lambda name=place.schema_name: migrate_schema(name, plan)) for place in places[:5]
        ]  # type: ignore[misc]
    return {"python_migration_cpu_ms_each": round(median(one.cpu for one in took) * 1000)}
