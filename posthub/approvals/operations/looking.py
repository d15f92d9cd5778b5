"""What a person opened, and what they put off. Neither decides anything or moves a due date."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.approvals.models import Look
from posthub.core.errors import Refused

LONGEST = datetime.timedelta(days=90)


def note_opened(subjects: Iterable[Any], *, by: Any) -> None:
    """`by` has these before their eyes, in the words they have now."""
    _keep([_look(subject, by, seen_hash=subject.content_hash) for subject in subjects], "seen_hash")


def snooze(subjects: Iterable[Any], *, by: Any, until: datetime.datetime) -> None:
    """Out of the person's own list until `until`; everybody else's, and the due date, stay as they are."""
    now = timezone.now()
    if not now < until <= now + LONGEST:
        raise Refused(_("Choose a day within the next three months."))
    _keep([_look(subject, by, snoozed_until=until) for subject in subjects], "snoozed_until")


def wake(subjects: Iterable[Any], *, by: Any) -> None:
    """Back into the list now."""
    rows = Look.objects.filter(by_id=by.pk, object_id__in=[subject.pk for subject in subjects])
    rows.update(snoozed_until=None, updated_at=timezone.now())


def _look(subject: Any, by: Any, **said: Any) -> Look:
    return Look(by_id=by.pk, kind=subject.KIND, object_id=subject.pk, updated_at=timezone.now(), **said)


def _keep(looks: list[Look], name: str) -> None:
    Look.objects.bulk_create(
        looks,
        update_conflicts=True,
        unique_fields=["by_id", "object_id"],
        update_fields=[name, "updated_at"],
    )
