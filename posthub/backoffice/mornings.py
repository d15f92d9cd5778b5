"""The morning mail of staff: which of their clients need something, the most urgent first, and what goes out today."""

import datetime
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posthub.accounts.models import StaffRole, User
from posthub.backoffice.queries import Client, portfolio
from posthub.core.tenancy import base_url
from posthub.jobs.mailing import mail_once
from posthub.jobs.operations import enqueue
from posthub.jobs.runner import RunningJob
from posthub.ui.times import day as day_in_words
from posthub.worklist.queries import going_out

HOURS = range(7, 11)
WORKING_DAYS = range(5)
MOST = 15


def watch_mornings(now: datetime.datetime | None = None) -> None:
    """On the morning of a working day each of the staff is asked for once, however often this runs meanwhile."""
    local = (now or timezone.now()).astimezone(ZoneInfo(settings.TIME_ZONE))
    if local.weekday() not in WORKING_DAYS or local.hour not in HOURS:
        return
    day = str(local.date())
    for person in User.objects.filter(is_active=True, morning_mail=True).exclude(staff_role=StaffRole.NONE):
        payload = {"person": str(person.pk), "day": day}
        enqueue("backoffice.mail_morning", key=f"{person.pk}:{day}", payload=payload)


def mail_morning(job: RunningJob) -> None:
    """Nobody is told of a morning on which no client needs anything."""
    person = User.objects.filter(pk=job.payload["person"], is_active=True, morning_mail=True).first()
    if person is None or person.staff_role == StaffRole.NONE:
        return
    language = person.language or settings.LANGUAGE_CODE
    with translation.override(language):
        clients = portfolio(person)
        lines = [
            {"name": client.organization.name, "notes": notes}
            for client in clients
            if (notes := list(notes_on(client)))
        ]
        said = {
            "lines": lines[:MOST],
            "more": max(len(lines) - MOST, 0),
            "count": len(lines),
            "going_out": going_out([client.organization.pk for client in clients], on=timezone.localdate()),
            "action_url": f"{base_url()}/staff/",
            "profile_url": f"{base_url()}/profile/",
        }
    if lines:
        mail_once(job, "staff_morning", to=person.email, language=language, context=said)


def notes_on(client: Client) -> Iterator[dict[str, Any]]:
    """What a client needs, in the language that is active; `late` where it should have been done."""
    if client.ball == "you":
        text = ngettext("%(count)s thing waits for you", "%(count)s things wait for you", client.count)
        text %= {"count": client.count}
        if client.since:
            text += ", " + _("the oldest since %(day)s") % {"day": day_in_words(_local(client.since))}
        yield {"text": text, "late": client.late}
    elif client.at_risk and client.due:
        text = _("Nobody at the client has decided on what goes out on %(day)s")
        yield {"text": text % {"day": day_in_words(_local(client.due), weekday=True)}, "late": True}
    if client.failed:
        text = ngettext("%(count)s task failed", "%(count)s tasks failed", client.failed)
        yield {"text": text % {"count": client.failed}, "late": True}


def _local(at: datetime.datetime) -> datetime.date:
    return timezone.localtime(at).date()
