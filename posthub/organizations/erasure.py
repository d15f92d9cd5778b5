"""The end of an organization: asked for, undone within the grace, then erased with nothing left of it.

What stays is its chain in the audit log, which tells who asked, and for a while the export and the address,
so that nobody else moves in at once.
"""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import OperationalError, connection, models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from posthub.audit import operations as audit
from posthub.core import files
from posthub.core.errors import Refused
from posthub.core.tenancy import HOSTS, in_schema
from posthub.organizations.export import write_export
from posthub.organizations.models import Domain, Organization, RetiredAddress
from posthub.organizations.provisioning import drop_schema
from posthub.organizations.telling import tell_it_stays, tell_of_deletion

GRACE = timedelta(days=30)
QUARANTINE = timedelta(days=90)
PATIENCE_SECONDS = 10


class StillBusy(Exception):
    """A job or a transaction of the organization is not over yet; it is erased in a later round."""


@transaction.atomic
def ask_for_deletion(organization: Organization, *, by: Any, typed: str) -> Organization:
    """Close the organization at once and have it erased after the grace. Raises Refused for another name."""
    if typed.strip() != organization.name:
        raise Refused(_("That is not the organization's name. Nothing was deleted."))
    audit.hold(organization.schema_name)
    if Organization.objects.filter(pk=organization.pk, deleted_at=None).update(deleted_at=timezone.now()):
        _call_off_work(organization)
        _note("deletion_asked", organization, by)
        tell_of_deletion(organization, by=by, until=timezone.now() + GRACE)
    transaction.on_commit(HOSTS.forget)
    organization.refresh_from_db()
    return organization


@transaction.atomic
def undo_deletion(organization: Organization, *, by: Any) -> None:
    """Open it again, as it was. Harmless where it is open; too late where it is erased."""
    audit.hold(organization.schema_name)
    if Organization.objects.filter(pk=organization.pk, deleted_at__isnull=False).update(deleted_at=None):
        _note("deletion_undone", organization, by)
        tell_it_stays(organization, by=by)
    transaction.on_commit(HOSTS.forget)


def erased_at(organization: Organization) -> Any:
    return organization.deleted_at + GRACE if organization.deleted_at else None


def export_path(organization: Organization) -> Path:
    return Path(settings.EXPORT_ROOT) / f"{organization.schema_name}.zip"


def erase_due() -> list[str]:
    """Erase what was asked for long enough ago; what is busy waits for the next round."""
    erased = []
    for organization in Organization.objects.filter(deleted_at__lt=timezone.now() - GRACE):
        try:
            erase(organization)
        except StillBusy:
            continue
        erased.append(organization.schema_name)
    return erased


def erase(organization: Organization) -> None:
    """Jobs first, then an export, then schema, role, rows, files and cache. Raises StillBusy."""
    if _call_off_work(organization):
        raise StillBusy(f"{organization.schema_name}: a job is still running")
    write_export(organization, export_path(organization))
    try:
        _drop(organization)
    except OperationalError as problem:
        raise StillBusy(f"{organization.schema_name}: {problem}") from problem
    HOSTS.forget()
    files.erase(files.folder_of(organization.schema_name))
    forget_cache(organization.schema_name)
    # Whoever was writing in that moment may write on until the end of their transaction; then that goes too.
    _let_others_end()
    _forget_rows(organization)


@transaction.atomic
def _drop(organization: Organization) -> None:
    """All or nothing: a table that somebody holds keeps everything as it is."""
    audit.hold(organization.schema_name)
    found = (
        Organization.objects.select_for_update().filter(pk=organization.pk, deleted_at__isnull=False).first()
    )
    if found is None:
        raise StillBusy(f"{organization.schema_name}: was opened again")
    drop_schema(organization.schema_name)
    for domain in Domain.objects.filter(tenant=organization).values_list("domain", flat=True):
        RetiredAddress.objects.update_or_create(
            domain=domain, defaults={"until": timezone.now() + QUARANTINE}
        )
    _forget_rows(organization)
    Organization.objects.filter(pk=organization.pk).delete()
    _note("erased", organization, None)


def _let_others_end() -> None:
    """Wait until every transaction that was writing when this began is over, for a few seconds at most."""
    with in_schema("public"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        newest = cursor.fetchone()[0]
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= %s", [newest])
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)


def _forget_rows(organization: Organization) -> None:
    """Rows of public that name the schema; those that point to the organization go with it."""
    with in_schema("public"):
        for rows in _rows_that_name_a_schema():
            rows.filter(schema_name=organization.schema_name).delete()


def _rows_that_name_a_schema() -> Iterator[models.QuerySet[Any]]:
    for model in apps.get_models():
        named = any(field.name == "schema_name" for field in model._meta.get_fields())
        if named and model is not Organization:
            yield model._default_manager.all()


def forget_cache(schema_name: str) -> None:
    """Entries of the organization, in a shared cache and in this process.

    Other processes' own entries can be found by nobody any more: a schema's name is never given again.
    """
    for alias in settings.CACHES:
        cache: Any = caches[alias]
        local: Any = getattr(cache, "_cache", None)
        if isinstance(local, dict):
            with cache._lock:
                for key in [key for key in local if key.startswith(f"{schema_name}:")]:
                    cache._delete(key)
        elif hasattr(local, "get_client"):
            client = local.get_client(None, write=True)
            for key in client.scan_iter(match=f"{schema_name}:*", count=1000):
                client.delete(key)


def purge_leftovers() -> int:
    """Addresses out of quarantine, exports as old as that, and rows of organizations that are no more."""
    alive = Organization.objects.values("schema_name")
    for rows in _rows_that_name_a_schema():
        rows.exclude(schema_name="public").exclude(schema_name__in=alive).delete()
    now = timezone.now()
    folder = Path(settings.EXPORT_ROOT)
    for path in folder.glob("*.zip") if folder.is_dir() else []:
        if path.stat().st_mtime < (now - QUARANTINE).timestamp():
            path.unlink(missing_ok=True)
    return RetiredAddress.objects.filter(until__lt=now).delete()[0]


def _call_off_work(organization: Organization) -> int:
    """How many jobs are still running. Named in the settings, because jobs build on organizations."""
    running: int = import_string(settings.ORGANIZATION_WORK)(organization.schema_name)
    return running


def _note(action: str, organization: Organization, by: Any) -> None:
    audit.record(
        f"organization.{action}",
        subject=f"organization:{organization.pk}",
        actor_id=getattr(by, "pk", None),
        chain=organization.schema_name,
    )
