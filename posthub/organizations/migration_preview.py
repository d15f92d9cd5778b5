"""What `migrate_tenants` would do, said without doing it."""

from collections import Counter
from collections.abc import Iterator

from django.db import Error, transaction
from django.db.migrations.recorder import MigrationRecorder

from posthub.core.database import connection
from posthub.core.tenancy import PUBLIC, as_owner, in_schema
from posthub.organizations import ledger
from posthub.organizations.migrating import Lacking, cause_of, statements_for
from posthub.organizations.schema_plans import current_plan, release


def preview() -> Iterator[str]:
    """Line by line. What it takes to know is rolled back."""
    missing = missing_in_public()
    yield from (f"public: {app}.{name}" for app, name in missing)
    if not missing:
        yield "public: nothing to migrate"
    if not ledger.exists():
        yield "organizations: planned once public has been migrated for the first time"
        return
    behind = ledger.behind(release().fingerprint)
    kinds: Counter[tuple[ledger.Named, ...]] = Counter()
    sample: dict[tuple[ledger.Named, ...], str] = {}
    for name in behind:
        try:
            with transaction.atomic(), as_owner(), in_schema(name):
                lacks = tuple(Lacking.of(name).names)
        except Error as problem:
            yield f"organization {name}: would fail: {cause_of(problem)}"
            continue
        kinds[lacks] += 1
        sample.setdefault(lacks, name)
    yield f"organizations: {len(behind)} to bring up to this release"
    for names, count in kinds.items():
        yield from _group(names, count, sample[names], planned=not missing)


def missing_in_public() -> list[ledger.Named]:
    with in_schema(PUBLIC):
        done = set(MigrationRecorder(connection).applied_migrations())
    return [(m.app_label, m.name) for m in release().ordered if (m.app_label, m.name) not in done]


def _group(names: tuple[ledger.Named, ...], count: int, sample: str, *, planned: bool) -> Iterator[str]:
    said = ", ".join(f"{app}.{name}" for app, name in names) or "only their row in the ledger"
    with transaction.atomic(), as_owner(), in_schema(sample):
        lacks = Lacking.of(sample)
        way = "runs Python, by Django's ordinary path" if lacks.python else "replayed as SQL"
        yield f"{count} × {said}: {way}"
        if planned and not lacks.python:
            yield from (f"    {text};" for text in statements_for(lacks, current_plan()))
        transaction.set_rollback(True)
