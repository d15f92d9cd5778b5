"""Days worth writing about: the client's own, and which of the calendar's are left out."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.audit import operations as audit
from posthub.content.events import known_days
from posthub.content.models import MarketingEvent
from posthub.content.scheduling import FURTHEST
from posthub.core.database import connection
from posthub.core.errors import Refused
from posthub.organizations.queries import current_organization

MOST_OWN = 300


@transaction.atomic
def add_event(*, by: Any, name: str, date: datetime.date) -> MarketingEvent:
    _require_shown(date)
    if MarketingEvent.objects.filter(own=True, date__gte=timezone.localdate()).count() >= MOST_OWN:
        raise Refused(
            _("There are %(most)s days of yours to come already. Remove one first.") % {"most": MOST_OWN}
        )
    event = MarketingEvent.objects.create(name=name, date=date, own=True)
    _record("event.added", event, by)
    return event


@transaction.atomic
def change_event(event: MarketingEvent, *, by: Any, name: str, date: datetime.date) -> MarketingEvent:
    if date != event.date:
        _require_shown(date)
    event.name, event.date = name, date
    event.save(update_fields=["name", "date", "updated_at"])
    _record("event.changed", event, by)
    return event


def _require_shown(date: datetime.date) -> None:
    """Raise Refused for a day that no topic to come can speak of, and that no list shows."""
    today = timezone.now().astimezone(ZoneInfo(current_organization().zone)).date()
    if date < today:
        raise Refused(_("This day is over. Choose one that is still to come."))
    if date > today + FURTHEST:
        raise Refused(_("That is more than a year away. Choose a nearer day."))


@transaction.atomic
def remove_event(event: MarketingEvent, *, by: Any) -> None:
    """Topics that speak of it stay, without it."""
    _record("event.removed", event, by)
    event.delete()


@transaction.atomic
def leave_out(*, by: Any, key: str, date: datetime.date, out: bool) -> MarketingEvent:
    """Of the calendar's own days: nothing is proposed for it, or it is taken back."""
    organization = current_organization()
    known = known_days(date.year, organization.country, organization.language)
    name = next((name for known_key, name, day in known if (known_key, day) == (key, date)), None)
    event = MarketingEvent.objects.filter(key=key, date=date, own=False).first()
    if event is None and name is None:
        raise Refused(_("That day is not in the calendar."))
    if event is None:
        event = MarketingEvent(key=key, date=date, own=False, name=(name or "")[:120])
    event.left_out = out
    event.save()
    _record("event.left_out" if out else "event.taken_back", event, by)
    return event


def _record(action: str, event: MarketingEvent, by: Any) -> None:
    audit.record(
        action,
        subject=f"event:{event.pk}",
        actor_id=by.pk,
        chain=connection.schema_name,
        detail={"name": event.name, "date": event.date.isoformat()},
    )
