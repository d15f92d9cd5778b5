"""The calendar in people's own programs: secret, revocable, per person and organization; valid iCalendar."""

import datetime
import re
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client

from posthub.content.models import MarketingEvent
from posthub.content.operations.versions import add_version
from posthub.core.tenancy import in_schema
from posthub.delivery.models import CalendarLink
from posthub.delivery.zones import changes, described
from posthub.organizations.models import Membership, Organization
from tests.shelf import TEXT, Shelf

HOST = "acme.posthub.localhost"


def address_of(client: Client) -> str:
    page = client.post("/calendar/subscription/make/").content.decode()
    found = re.search(r'value="http://acme\.posthub\.localhost:\d+(/calendar/[\w-]{43}\.ics)"', page)
    assert found is not None
    return found[1]


def test_a_program_reads_the_calendar_by_its_address_alone(
    shelf: Shelf, acme: Organization, browser_of: Any, client: Client, back: Any
) -> None:
    title = 'Žluťoučký kůň; příliš, „ďábelské" ódy \\ a ještě mnohem delší název, aby se řádek musel zalomit'
    article = shelf.article("APPROVED")
    add_version(article, title=title[:110], text=TEXT, extra={})
    post = shelf.post(article, "x", 9, "PENDING_APPROVAL")
    shelf.topic()
    MarketingEvent.objects.create(name="Our birthday", date=datetime.date(2027, 2, 9))
    path = address_of(browser_of("sofia"))
    answer = client.get(path, headers={"host": HOST})
    body = answer.content
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    lines = body.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75
    calendar = icalendar.Calendar.from_ical(body)
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    of_post = events[f"post-{post.pk}@{HOST}"]
    assert str(of_post["SUMMARY"]) == f"X: {title[:110]}"
    assert of_post["DTSTART"].params["TZID"] == "Europe/Prague"
    assert of_post["DTSTART"].dt.isoformat() == "2027-02-01T09:00:00+01:00"
    assert (of_post["STATUS"], str(of_post["URL"]).endswith(f"/inbox/post/{post.pk}/")) == ("TENTATIVE", True)
    assert all("DTSTAMP" in event for event in events.values())
    assert {str(event["SUMMARY"]) for event in events.values()} >= {
        "Our birthday",
        "Why our bread takes its time 2",
    }
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Prague"]


def test_what_has_not_changed_is_not_sent_again(
    shelf: Shelf, browser_of: Any, client: Client, back: Any
) -> None:
    shelf.posts()
    path = address_of(browser_of("sofia"))
    first = client.get(path, headers={"host": HOST})
    again = client.get(path, headers={"host": HOST, "if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    back()
    shelf.posts()
    assert client.get(path, headers={"host": HOST, "if-none-match": first["ETag"]}).status_code == 200
    for method in ("post", "put", "delete"):
        assert getattr(client, method)(path, headers={"host": HOST}).status_code == 405


def test_a_wrong_host_a_revoked_address_and_somebody_who_left_are_not_found(
    shelf: Shelf, acme: Organization, browser_of: Any, client: Client, back: Any
) -> None:
    sofia = browser_of("sofia")
    old = address_of(sofia)
    assert client.get(old, headers={"host": "beta.posthub.localhost"}).status_code == 404
    assert client.get(old, headers={"host": "posthub.localhost"}).status_code == 404
    new = address_of(sofia)
    assert [client.get(path, headers={"host": HOST}).status_code for path in (old, new)] == [404, 200]
    back()
    kept = list(CalendarLink.objects.values_list("token_hash", flat=True))
    assert [path for path in (old, new) if path.split("/")[-1].removesuffix(".ics") in kept] == []
    assert sofia.post("/calendar/subscription/revoke/").status_code == 303
    assert client.get(new, headers={"host": HOST}).status_code == 404
    last = address_of(sofia)
    with in_schema("public"):
        Membership.objects.filter(organization=acme, user__name="Sofia").delete()
    assert client.get(last, headers={"host": HOST}).status_code == 404
    assert client.get("/calendar/nothing.ics", headers={"host": HOST}).status_code == 404


@pytest.mark.parametrize(
    ("zone", "wanted"),
    [
        ("Europe/Prague", ["2026-03-29T01:00:00+00:00", "2026-10-25T01:00:00+00:00"]),
        ("America/New_York", ["2026-03-08T07:00:00+00:00", "2026-11-01T06:00:00+00:00"]),
        ("Asia/Tokyo", []),
    ],
)
def test_a_zone_is_described_by_its_changes(zone: str, wanted: list[str]) -> None:
    place = ZoneInfo(zone)
    year = [datetime.datetime(year, 1, 1, tzinfo=datetime.UTC) for year in (2026, 2027)]
    assert [moment.isoformat() for moment in changes(place, *year)] == wanted
    said = described(place, datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)).to_ical().decode()
    assert said.count("BEGIN:STANDARD") + said.count("BEGIN:DAYLIGHT") == 1 + len(wanted)
    if zone == "Europe/Prague":
        assert "DTSTART:20260329T020000" in said
        assert "DTSTART:20261025T030000" in said
