"""Bringing a database up to this release: public, then every organization, each by itself.

One that cannot be migrated is named and put in maintenance; the others go on.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import Error, transaction
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState

from posthub.core import connections
from posthub.core.database import connection
from posthub.core.tenancy import HOSTS, PUBLIC, as_owner, in_schema
from posthub.organizations import ledger
from posthub.organizations.models import SchemaPlan
from posthub.organizations.roles import grant_missing
from posthub.organizations.schema_plans import current_plan, release, runs_python

ROUNDS = 3  # how often a schema is tried whose tables somebody holds
LOCKED = {"55P03", "40P01"}  # lock not available, deadlock
ONE_AT_A_TIME = 7_306_941  # the advisory lock of migrations; a second run waits for the first
# What the database refuses, and what Python in a migration may raise.
PROBLEMS = (
    Error, ArithmeticError, AssertionError, AttributeError, LookupError, ObjectDoesNotExist, OSError,
    RuntimeError, TypeError, ValueError,
)  # fmt: skip


@dataclass
class Outcome:
    """`failed` is schema → cause. `canary` holds where a canary failed and the others were left alone."""

    public: bool = False
    migrated: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    stopped: bool = False


def migrate_everything(*, canaries: Sequence[str] = (), anew: bool = False) -> Outcome:
    """Public first, then the plan for new schemas, then each organization that is behind."""
    outcome = Outcome()
    with _one_at_a_time():
        outcome.public = migrate_public(anew=anew)
        plan = current_plan()
        behind = ledger.behind(plan.fingerprint, anew=anew)
        first = [name for name in canaries if name in behind]
        _migrate_all(first, plan, outcome)
        outcome.stopped = bool(outcome.failed)
        if not outcome.stopped:
            _migrate_all([name for name in behind if name not in first], plan, outcome)
    grant_missing()
    HOSTS.forget()
    return outcome


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """On a connection of its own, because the one that migrates is renewed now and then."""
    guard = connection.copy()
    try:
        with guard.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        yield
    finally:
        guard.close()


def migrate_public(*, anew: bool = False) -> bool:
    """True where there was something to do."""
    target = release().everything
    if ledger.exists() and not anew and ledger.reached(PUBLIC, target):
        return False
    started = time.perf_counter()
    with in_schema(PUBLIC), _lock_timeout():
        # Django's own command: that of django-tenants, which has the same name, goes over all schemas.
        _patiently(lambda: call_command(Migrate(), verbosity=0, interactive=False))
        ledger.write_done(PUBLIC, target, started)
    return True


@contextmanager
def _lock_timeout() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {settings.MIGRATION_LOCK_TIMEOUT_MS}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")


def _patiently(work: Callable[[], object]) -> None:
    for turn in range(1, ROUNDS + 1):
        try:
            work()
        except Error as problem:
            if turn == ROUNDS or not _is_locked(problem):
                raise
        else:
            return


def _is_locked(problem: BaseException) -> bool:
    return getattr(problem.__cause__, "sqlstate", None) in LOCKED


def _migrate_all(names: Sequence[str], plan: SchemaPlan, outcome: Outcome) -> None:
    """Whose tables somebody holds is tried again after all the others."""
    waiting = list(names)
    for turn in range(1, ROUNDS + 1):
        locked = []
        for name in waiting:
            started = time.perf_counter()
            try:
                migrate_schema(name, plan)
                outcome.migrated.append(name)
            except PROBLEMS as problem:
                if turn < ROUNDS and _is_locked(problem):
                    locked.append(name)
                else:
                    outcome.failed[name] = cause_of(problem)
                    ledger.write_failed(name, plan.fingerprint, cause_of(problem), started)
            connections.renew_if_worn()
        waiting = locked


def cause_of(problem: BaseException) -> str:
    said = str(problem).strip().splitlines()
    return f"{type(problem).__name__}: {said[0] if said else 'no word'}"


def migrate_schema(schema_name: str, plan: SchemaPlan) -> None:
    """Replay what the schema lacks, and write both records, in one transaction."""
    started = time.perf_counter()
    with transaction.atomic(), as_owner(), in_schema(schema_name):
        lacks = Lacking.of(schema_name)
        if not lacks.python:
            replay(plan, lacks)
            ledger.write_done(schema_name, plan.fingerprint, started)
            return
    with as_owner(), in_schema(schema_name):
        run_in_order(lacks)
        ledger.write_done(schema_name, plan.fingerprint, started)


@dataclass(frozen=True)
class Lacking:
    """What a schema's own record lacks: `run` has to be run, `note` is the squashed form of what was run."""

    run: list[Migration]
    note: list[Migration]

    @classmethod
    def of(cls, schema_name: str) -> "Lacking":
        done = ledger.applied(schema_name)
        pending = [m for m in release().own if (m.app_label, m.name) not in done]
        note = [m for m in pending if m.replaces and done.issuperset(m.replaces)]
        return cls([m for m in pending if m not in note], note)

    @property
    def python(self) -> bool:
        return any(runs_python(migration) for migration in self.run)

    @property
    def names(self) -> list[ledger.Named]:
        return [(migration.app_label, migration.name) for migration in (*self.run, *self.note)]


def replay(plan: SchemaPlan, lacks: Lacking) -> None:
    """The planned statements, as one, in the current schema."""
    wanted = [f"SET LOCAL lock_timeout = {settings.MIGRATION_LOCK_TIMEOUT_MS}", *statements_for(lacks, plan)]
    if lacks.run:
        with connection.cursor() as cursor:
            cursor.execute(";\n".join(wanted))
    ledger.record_applied(lacks.names)


def statements_for(lacks: Lacking, plan: SchemaPlan) -> list[str]:
    of = {(app, name): texts for (app, name), texts in zip(plan.migrations, plan.statements, strict=True)}
    return [text for migration in lacks.run for text in of[migration.app_label, migration.name]]


def run_in_order(lacks: Lacking) -> None:
    """Django's ordinary path, for migrations that run Python: each in its own transaction, recorded by itself."""
    ledger.record_applied([(migration.app_label, migration.name) for migration in lacks.note])
    state = ProjectState(real_apps=release().loader.unmigrated_apps)
    with _lock_timeout():
        for migration in release().needed:
            if migration not in lacks.run:
                state = migration.mutate_state(state, preserve=False)
                continue
            with connection.schema_editor(atomic=True) as editor:
                state = migration.apply(state, editor)
                ledger.record_applied([(migration.app_label, migration.name)])
