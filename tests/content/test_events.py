"""Days worth writing about: the client's own, the calendar's, and those left out."""

import datetime
from typing import Any

from django.utils import timezone

from posthub.audit.models import AuditEntry
from posthub.content.events import days_between, keep_events
from posthub.content.models import MarketingEvent
from posthub.organizations.models import Organization
from tests.shelf import Shelf

YEAR = timezone.localdate().year + 1
SAINT = {"key": "holiday:12-26", "date": f"{YEAR - 1}-12-26"}


def names(month: str) -> set[str]:
    return {event.name for event in keep_events(month, country="CZ", language="en")}


def test_a_day_of_ones_own_is_added_changed_and_removed(
    shelf: Shelf, acme: Organization, browser_of: Any, back: Any
) -> None:
    sofia = browser_of("sofia")
    wrong = sofia.post("/events/add/", {"name": "", "date": "nonsense"})
    assert (wrong.status_code, "data-errors" in wrong.content.decode()) == (422, True)
    assert sofia.post("/events/add/", {"name": "Our birthday", "date": f"{YEAR}-02-09"}).status_code == 303
    page = sofia.get("/events/?kind=own").content.decode()
    back()
    event = MarketingEvent.objects.get(own=True)
    assert ("Our birthday" in page, f"/events/{event.pk}/" in page) == (True, True)
    assert "Our birthday" in names(f"{YEAR}-02")
    topic = shelf.topic()
    topic.event = event
    topic.save()
    assert "1 topic speaks of it" in sofia.get(f"/events/{event.pk}/").content.decode()
    assert sofia.post(f"/events/{event.pk}/", {"name": "", "date": ""}).status_code == 422
    assert sofia.post(f"/events/{event.pk}/", {"name": "A fair", "date": f"{YEAR}-02-10"}).status_code == 303
    oscar = browser_of("oscar", host="beta.posthub.localhost")
    assert oscar.post(f"/events/{event.pk}/remove/").status_code == 404
    assert sofia.post(f"/events/{event.pk}/remove/").status_code == 303
    back()
    topic.refresh_from_db()
    assert (MarketingEvent.objects.filter(own=True).count(), topic.event) == (0, None)
    actions = list(AuditEntry.objects.filter(action__startswith="event.").values_list("action", flat=True))
    assert sorted(actions) == ["event.added", "event.changed", "event.removed"]


def test_a_day_of_the_calendar_is_left_out_and_taken_back(
    shelf: Shelf, acme: Organization, browser_of: Any, back: Any
) -> None:
    sofia = browser_of("sofia")
    date = datetime.date.fromisoformat(SAINT["date"])
    before = {day.name for day in days_between(date, date, country="CZ", language="en")}
    assert before != set()
    assert sofia.post("/events/leave-out/", {**SAINT, "out": "1"}).status_code == 303
    back()
    assert days_between(date, date, country="CZ", language="en") == []
    assert names(f"{date:%Y-%m}") & before == set()
    assert "Take back" in sofia.get("/events/?kind=left_out").content.decode()
    assert sofia.post("/events/leave-out/", SAINT).status_code == 303
    back()
    assert names(f"{date:%Y-%m}") & before == before
    for wrong in ({"key": "holiday:01-99", "date": f"{YEAR}-01-05"}, {"key": "", "date": "x"}):
        assert sofia.post("/events/leave-out/", wrong).status_code == 422
