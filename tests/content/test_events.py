"""Days worth writing about: the client's own, the calendar's, and those left out."""

import datetime
from typing import Any

from django.utils import timezone

from posthub.audit.models import AuditEntry
from posthub.content.events import date_of, days_between, keep_events, known_days
from posthub.content.models import MarketingEvent
from posthub.organizations.models import Organization
from tests.shelf import Shelf

YEAR = timezone.localdate().year + 1
BY_HTMX = {"HX-Request": "true"}
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
    for day, why in (("2001-01-01", "This day is over"), (f"{YEAR + 9}-01-01", "more than a year away")):
        refused = sofia.post("/events/add/", {"name": "Too far", "date": day})
        assert (refused.status_code, why in refused.content.decode()) == (422, True)
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
    assert sofia.post(f"/events/{event.pk}/", {"name": "A fair", "date": "2001-01-01"}).status_code == 422
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
    again = sofia.post("/events/leave-out/?kind=left_out", {**SAINT, "out": "1"}, headers=BY_HTMX)
    assert (again.status_code, again.content.decode().count('id="days"')) == (200, 1)
    assert f'id="out-{SAINT["key"]}-{SAINT["date"]}"' in again.content.decode()
    assert "Take back" in sofia.get("/events/?kind=left_out").content.decode()
    assert sofia.post("/events/leave-out/", SAINT).status_code == 303
    back()
    assert names(f"{date:%Y-%m}") & before == before
    for wrong in ({"key": "holiday:01-99", "date": f"{YEAR}-01-05"}, {"key": "", "date": "x"}):
        assert sofia.post("/events/leave-out/", wrong).status_code == 422


CZECH = {
    2026: "01-01 04-03 04-06 05-01 05-08 07-05 07-06 09-28 10-28 11-17 12-24 12-25 12-26",
    2027: "01-01 03-26 03-29 05-01 05-08 07-05 07-06 09-28 10-28 11-17 12-24 12-25 12-26",
}
OTHER_DAYS = {
    2026: {"mothers-day": "05-10", "fathers-day": "06-21", "advent": "11-29", "black-friday": "11-27"},
    2027: {"mothers-day": "05-09", "fathers-day": "06-20", "advent": "11-28", "black-friday": "11-26"},
}
EACH_YEAR = {"st-nicholas-eve": "12-05", "autumn": "09-23", "spring": "03-20", "back-to-school": "09-01"}


def test_two_years_of_days_stand_on_their_days(
    shelf: Shelf, acme: Organization, browser_of: Any, back: Any, cast: Any
) -> None:
    """Easter moves; a month's table shows each label in the cell of its day, those at its ends included."""
    for year, dates in CZECH.items():
        known = {key: date for key, _name, date in known_days(year, "CZ", "cs")}
        free = sorted(f"{date:%m-%d}" for key, date in known.items() if key.startswith("holiday:"))
        assert " ".join(free) == dates
        for key, day in {**OTHER_DAYS[year], **EACH_YEAR}.items():
            assert (key, f"{known['day:' + key]:%m-%d}") == (key, day)
    assert date_of({"month": 9, "days": [22, 22, 23, 23]}, 2028) == datetime.date(2028, 9, 22)
    assert date_of({"month": 9, "day": 1, "working": True}, 2029) == datetime.date(2029, 9, 3)
    Organization.objects.filter(pk=acme.pk).update(language="cs")
    weeks = browser_of("sofia").get("/calendar/?d=2027-03").context["span"].weeks
    labels = {day.iso: day.events for week in weeks for day in week if day.events}
    assert labels == {
        "2027-03-08": ["Mezinárodní den žen"],
        "2027-03-20": ["První jarní den"],
        "2027-03-26": ["Velký pátek"],
        "2027-03-29": ["Velikonoční pondělí"],
    }


def test_days_kept_for_another_country_or_by_an_older_rule_are_not_shown(shelf: Shelf) -> None:
    wrong = datetime.date(YEAR, 12, 6)
    MarketingEvent.objects.create(name="Mikuláš", date=wrong, key="day:st-nicholas", own=False)
    assert days_between(wrong, wrong, country="CZ", language="cs") == []
    assert "Mikuláš" not in names(f"{YEAR}-12")
    (eve,) = days_between(wrong.replace(day=5), wrong.replace(day=5), country="CZ", language="cs")
    assert eve.name == "Mikulášská nadílka"
