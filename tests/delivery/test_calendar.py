"""The month: readiness, danger, gaps, and moving a post."""

import datetime
import re
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.test.utils import CaptureQueriesContext

from posthub.content.models import MarketingEvent, SocialPost
from posthub.content.operations import holding
from posthub.delivery.feed import calendar_of
from posthub.delivery.queries.spans import month_of
from posthub.lifecycle.machine import advance
from posthub.organizations.models import Organization
from tests.shelf import Shelf, pictured

HTMX = {"HX-Request": "true"}
FEBRUARY = datetime.date(2027, 2, 1)


def slots(organization: Organization, *, supervises: bool = True) -> list[tuple[int, str, list[str]]]:
    month = month_of(FEBRUARY, organization, supervises=supervises)
    return [(slot.date.day, slot.ball, [state for _name, state in slot.parts]) for slot in month.slots]


def test_each_day_says_how_ready_it_is_and_who_has_the_ball(shelf: Shelf, acme: Organization) -> None:
    shelf.topic()
    shelf.article()
    shelf.article("GENERATING")
    shelf.posts()
    shelf.posts("SCHEDULED")
    assert slots(acme) == [
        (1, "you", ["yours", "todo", "todo", "todo"]),
        (2, "you", ["done", "yours", "todo", "todo"]),
        (3, "machine", ["done", "running", "todo", "todo"]),
        (4, "you", ["done", "done", "done", "yours"]),
        (5, "done", ["done", "done", "done", "done"]),
    ]
    assert [ball for _day, ball, _parts in slots(acme, supervises=False)] == [
        "machine",
        "machine",
        "machine",
        "machine",
        "done",
    ]


def test_a_refused_topic_leaves_a_gap_until_another_takes_its_day(shelf: Shelf, acme: Organization) -> None:
    shelf.topic("REJECTED")
    month = month_of(FEBRUARY, acme, supervises=True)
    assert [(slot.date.day, slot.missing, slot.at_risk) for slot in month.slots] == [(1, True, True)]


def test_a_day_that_comes_too_soon_is_in_danger(shelf: Shelf, acme: Organization) -> None:
    topic = shelf.topic()
    tomorrow = datetime.datetime.now(ZoneInfo(acme.zone)).date() + datetime.timedelta(days=1)
    topic.date = tomorrow
    topic.save()
    month = month_of(tomorrow.replace(day=1), acme, supervises=True)
    assert [(slot.ball, slot.parts[0][1]) for slot in month.at_risk] == [("late", "late")]


def test_a_failed_post_is_late_wherever_it_stands(shelf: Shelf, acme: Organization) -> None:
    shelf.posts("FAILED", ("x",))
    assert slots(acme) == [(1, "late", ["done", "done", "late", "late"])]


def test_posts_moved_to_another_day_stand_on_that_day(
    shelf: Shelf, acme: Organization, browser_of: Any, back: Any
) -> None:
    first, _second = shelf.posts()
    form = {"version": first.content_hash, "date": "2027-02-10", "time": "17:30"}
    answer = browser_of("sofia").post(f"/calendar/posts/{first.pk}/move/", form)
    back()
    assert (answer.status_code, answer["Location"]) == (303, "/calendar/?d=2027-02")
    month = month_of(FEBRUARY, acme, supervises=True)
    assert [(slot.date.day, slot.time) for slot in month.slots] == [(1, "10:00"), (10, "17:30")]
    moved = SocialPost.objects.get(pk=first.pk)
    assert moved.scheduled_at == datetime.datetime(2027, 2, 10, 16, 30, tzinfo=datetime.UTC)


def test_moving_answers_in_place_when_it_cannot_be(shelf: Shelf, browser_of: Any, back: Any) -> None:
    (post,) = shelf.posts("SCHEDULED", ("x",))
    url = f"/calendar/posts/{post.pk}/move/"
    good = {"version": post.content_hash, "date": "2027-02-10", "time": "17:30"}
    sofia = browser_of("sofia")
    past = sofia.post(url, {**good, "date": "2020-01-01"}, headers=HTMX)
    assert (past.status_code, "still to come" in past.content.decode()) == (422, True)
    assert sofia.post(url, {**good, "time": "noon"}, headers=HTMX).status_code == 422
    assert sofia.post(url, {**good, "version": "old"}, headers=HTMX).status_code == 409
    answer = sofia.post(url, good, headers=HTMX)
    page = answer.content.decode()
    back()
    assert (answer.status_code, page.count(f'id="post-{post.pk}"'), "17:30" in page) == (200, 1, True)
    assert SocialPost.objects.get().state == "SCHEDULED"
    assert sofia.get(url).status_code == 200


def test_moved_by_staff_it_waits_for_the_client_again(shelf: Shelf, browser_of: Any, back: Any) -> None:
    (post,) = shelf.posts("SCHEDULED", ("x",))
    form = {"version": post.content_hash, "date": "2027-02-10", "time": "17:30"}
    marek = browser_of("marek")
    assert (
        "The client approves the new time" in marek.get(f"/calendar/posts/{post.pk}/move/").content.decode()
    )
    assert marek.post(f"/calendar/posts/{post.pk}/move/", form).status_code == 303
    back()
    assert SocialPost.objects.get().state == "PENDING_APPROVAL"


def test_the_month_shows_events_and_months_around_it(shelf: Shelf, browser_of: Any) -> None:
    shelf.topic()
    MarketingEvent.objects.create(name="Pancake Day", date=datetime.date(2027, 2, 9))
    sofia = browser_of("sofia")
    page = sofia.get("/calendar/?d=2027-02").content.decode()
    assert ("Pancake Day" in page, "d=2027-01" in page, "d=2027-03" in page) == (True, True, True)
    assert sofia.get("/calendar/?d=nonsense&view=%00").status_code == 200
    assert "Nothing planned this month yet" in sofia.get("/calendar/?d=2027-05").content.decode()


def test_each_way_to_move_something_says_what_it_moves(shelf: Shelf, browser_of: Any) -> None:
    shelf.one_of_each()
    sofia = browser_of("sofia")
    for view in ("month", "week", "list"):
        page = sofia.get(f"/calendar/?view={view}&d=2027-02-01").content.decode()
        links = re.findall(r"<a[^>]*(?:slot-move|data-move)(.*?)</a>", page, re.DOTALL)
        named = [re.search(r'class="sr">Move… <span[^>]*>\S', link) for link in links]
        assert (bool(links), None in named) == (True, False), view


def test_the_calendar_takes_at_most_ten_statements(shelf: Shelf, browser_of: Any) -> None:
    shelf.one_of_each()
    sofia = browser_of("sofia")
    sofia.get("/calendar/?d=2027-02")
    with CaptureQueriesContext(connection) as seen:
        sofia.get("/calendar/?d=2027-02")
    assert len(seen) <= 10


def test_another_organizations_post_cannot_be_moved(shelf: Shelf, browser_of: Any) -> None:
    (post,) = shelf.posts(platforms=("x",))
    oscar = browser_of("oscar", host="beta.posthub.localhost")
    assert oscar.get(f"/calendar/posts/{post.pk}/move/").status_code == 404


def test_times_are_those_of_the_organizations_clocks(
    shelf: Shelf, acme: Organization, browser_of: Any, back: Any
) -> None:
    shelf.posts(platforms=("x",))
    Organization.objects.filter(pk=acme.pk).update(zone="Asia/Tokyo")
    sofia = browser_of("sofia")
    shown = {"/posts/": {"17:00"}, "/calendar/?d=2027-02&view=list": {"17:00"}, "/inbox/": set()}
    for path, clocks in shown.items():
        page = sofia.get(path).content.decode()
        assert set(re.findall(r"(?:>|2027 )(\d+:\d\d)\b", page)) == clocks, path


def test_the_calendar_opens_in_the_month_in_which_something_goes_out_next(
    shelf: Shelf, browser_of: Any
) -> None:
    client = browser_of("sofia")
    assert client.get("/calendar/").context["first"] != FEBRUARY
    shelf.topic()
    assert client.get("/calendar/").context["first"] == FEBRUARY


def test_the_table_says_on_how_many_days_something_goes_out(shelf: Shelf, browser_of: Any) -> None:
    shelf.article()
    shelf.posts()
    page = browser_of("sofia").get("/calendar/?d=2027-02").content.decode()
    assert "February 2027, 2 days with something going out</caption>" in page


def test_what_is_on_hold_is_not_in_the_making(shelf: Shelf, acme: Organization) -> None:
    article = shelf.article("APPROVED")
    shelf.post(article, "x", 9, "SCHEDULED")
    holding.hold(article, by=None, seen=article.content_hash)
    assert slots(acme) == [(1, "others", ["done", "todo", "todo", "todo"])]


def test_a_network_that_needs_a_picture_says_so_wherever_its_post_stands(
    shelf: Shelf, acme: Organization, browser_of: Any, back: Any
) -> None:
    """It can be approved; then the calendar, its feed and the dashboard say what is missing and lead to it."""
    bare, plain = shelf.posts("PENDING_APPROVAL", ("instagram", "x"))
    sofia = browser_of("sofia")
    add = f"/media/?for={bare.pk}"
    page = sofia.get(f"/inbox/post/{bare.pk}/").content.decode()
    missing = "A picture or video is still missing (Instagram): nothing goes out there without one."
    assert (missing in page, add in page, "Instagram takes no post without" in page) == (True, True, True)
    both = [f"{post.pk}:{post.content_hash}" for post in (bare, plain)]
    form = {"version": bare.content_hash, "post": both}
    assert sofia.post(f"/review/post/{bare.pk}/approve/", form).status_code == 303
    back()
    assert set(SocialPost.objects.values_list("state", flat=True)) == {"SCHEDULED"}
    assert slots(acme) == [(1, "you", ["done", "done", "done", "done", "yours"])]
    calendar = sofia.get("/calendar/?d=2027-02").content.decode()
    assert ("1 approved post still has no picture" in calendar, add in calendar) == (True, True)
    assert add in sofia.get("/").content.decode()
    back()
    assert "A picture is still missing" in calendar_of(acme, "acme.posthub.localhost").decode()
    pictured(advance(bare, "PENDING_APPROVAL"))
    assert slots(acme) == [(1, "you", ["done", "done", "done", "yours", "done"])]
    assert "?for=" not in sofia.get("/").content.decode()


def test_days_outside_the_month_and_of_the_dashboard_are_written_by_language(
    shelf: Shelf, browser_of: Any, cast: Any
) -> None:
    shelf.topic()
    sofia = browser_of("sofia")
    english = sofia.get("/calendar/?d=2027-03").content.decode()
    assert ("28\u00a0Feb<" in english, ">1<" in english, "1. 4." in english) == (False, True, False)
    assert "1\u00a0Apr<" in english
    cast.sofia.language = "cs"
    cast.sofia.save()
    czech = sofia.get("/calendar/?d=2027-03").content.decode()
    assert (">1.<" in czech, ">1.\u00a04.<" in czech) == (True, True)
