"""All that a topic has on a day goes to another one: by dragging, by keys, by the dialog. One form for all."""

import datetime
import re
from typing import Any
from zoneinfo import ZoneInfo

from posthub.approvals.models import Decision
from posthub.content.events import public_holidays
from posthub.content.models import SocialPost, Topic
from posthub.delivery.operations import free_day
from posthub.delivery.queries.slots import Slot, version_of
from posthub.delivery.queries.spans import day_of
from posthub.organizations.models import Organization
from tests.shelf import Shelf

HTMX = {"HX-Request": "true"}
URL = "/calendar/move/"


def slot_on(day: int, organization: Organization) -> Slot:
    (slot,) = day_of(datetime.date(2027, 2, day), organization, supervises=True).slots
    return slot


def form_of(slot: Slot, to: str, **more: str) -> dict[str, str]:
    said = {"topic": str(slot.plan.pk), "on": f"{slot.date}", "version": slot.version, "date": to}
    return {**said, "view": "month", "d": "2027-02", **more}


def walls(organization: Organization) -> list[str]:
    zone = ZoneInfo(organization.zone)
    posts = SocialPost.objects.order_by("scheduled_at")
    return [f"{post.scheduled_at.astimezone(zone):%d %H:%M} {post.state}" for post in posts]


def test_a_day_moves_with_all_its_posts_and_their_clock_times(
    shelf: Shelf, acme: Organization, browser_of: Any, back: Any
) -> None:
    shelf.posts("SCHEDULED")
    slot = slot_on(1, acme)
    answer = browser_of("sofia").post(URL, form_of(slot, "2027-02-10"), headers=HTMX)
    page = answer.content.decode()
    back()
    assert answer.status_code == 200
    assert walls(acme) == ["10 09:00 SCHEDULED", "10 10:00 SCHEDULED"]
    assert (
        Decision.objects.filter(voided_at=None).count() == 4
    )  # the client's own move is a yes to the new times
    assert (f's-{slot.plan.pk}-0210"' in page, "autofocus" in page, "Moved to" in page) == (True, True, True)


def test_moved_by_staff_all_of_it_waits_for_the_client_again(
    shelf: Shelf, acme: Organization, browser_of: Any, back: Any
) -> None:
    shelf.posts("SCHEDULED")
    form = form_of(slot_on(1, acme), "2027-02-10")
    answer = browser_of("marek").post(URL, form)
    back()
    assert (answer.status_code, answer["Location"]) == (303, "/calendar/?view=month&d=2027-02-10")
    assert walls(acme) == ["10 09:00 PENDING_APPROVAL", "10 10:00 PENDING_APPROVAL"]


def test_one_post_moves_alone_to_another_hour(
    shelf: Shelf, acme: Organization, browser_of: Any, back: Any
) -> None:
    first, _second = shelf.posts()
    slot = slot_on(1, acme)
    form = form_of(slot, "2027-02-03", post=str(first.pk), time="14:00", view="week")
    form["version"] = version_of(slot.plan, [slot.posts[0]])
    assert browser_of("sofia").post(URL, form, headers=HTMX).status_code == 200
    back()
    assert walls(acme) == ["01 10:00 PENDING_APPROVAL", "03 14:00 PENDING_APPROVAL"]


def test_what_cannot_be_moved_stays_and_the_answer_says_why(
    shelf: Shelf, acme: Organization, browser_of: Any, back: Any
) -> None:
    shelf.posts()
    shelf.article("GENERATING")
    moving, writing = slot_on(1, acme), slot_on(2, acme)
    sofia = browser_of("sofia")
    cases = [
        ({**form_of(moving, "2020-01-01")}, 422, "still to come"),
        ({**form_of(moving, "2027-02-10"), "version": "old"}, 409, "Nothing was moved"),
        ({**form_of(moving, "nonsense")}, 422, "Choose a day"),
        ({**form_of(writing, "2027-02-10")}, 409, "not written yet"),
    ]
    for form, status, why in cases:
        answer = sofia.post(URL, form, headers=HTMX)
        page = answer.content.decode()
        assert (answer.status_code, why in page, 'role="alert"' in page, f'id="{moving.id}"' in page) == (
            status, True, True, True,
        )  # fmt: skip
        assert "<html" in sofia.post(URL, form).content.decode()
    back()
    assert walls(acme) == ["01 09:00 PENDING_APPROVAL", "01 10:00 PENDING_APPROVAL"]


def test_a_topic_nobody_has_decided_on_moves_itself(
    shelf: Shelf, acme: Organization, browser_of: Any, back: Any
) -> None:
    shelf.topic()
    assert (
        browser_of("sofia").post(URL, form_of(slot_on(1, acme), "2027-03-04"), headers=HTMX).status_code
        == 200
    )
    back()
    topic = Topic.objects.get()
    assert (topic.date, topic.month, topic.state) == (datetime.date(2027, 3, 4), "2027-03", "DRAFT")


def test_the_dialog_offers_the_next_free_posting_day(
    shelf: Shelf, acme: Organization, browser_of: Any
) -> None:
    shelf.posts()
    shelf.topic()
    slot = slot_on(1, acme)
    sofia = browser_of("sofia")
    address = f"{URL}?topic={slot.plan.pk}&on=2027-02-01&view=month&d=2027-02"
    dialog = sofia.get(address, headers=HTMX).content.decode()
    assert ('value="2027-02-03"' in dialog, "<dialog" in dialog, "<html" in dialog) == (True, True, False)
    assert "<html" in sofia.get(address).content.decode()
    assert sofia.get(f"{URL}?topic={slot.plan.pk}&on=2027-02-09").status_code == 404
    assert sofia.get(f"{URL}?topic=x&on=y")["Location"] == "/calendar/"


def test_another_organizations_day_cannot_be_moved(shelf: Shelf, acme: Organization, browser_of: Any) -> None:
    shelf.posts()
    form = form_of(slot_on(1, acme), "2027-02-10")
    oscar = browser_of("oscar", host="beta.posthub.localhost")
    assert oscar.post(URL, form).status_code == 404


def test_a_full_day_shows_three_and_brings_the_rest_when_asked_for(shelf: Shelf, browser_of: Any) -> None:
    for _number in range(29):  # the 1st has two
        shelf.topic()
    for _number in range(28 * 3):
        shelf.topic()
    sofia = browser_of("sofia")
    month = sofia.get("/calendar/?d=2027-02").content.decode()
    assert (month.count('class="slot"'), month.count('class="more"')) == (28 * 3, 28)
    day = sofia.get("/calendar/?view=day&d=2027-02-01", headers=HTMX).content.decode()
    assert (day.count('class="slot"'), "more" in day) == (5, False)
    assert sofia.get("/calendar/?view=day&d=2027-02-01").content.decode().count('class="agenda-item"') == 5
    first = sofia.get("/calendar/?view=list&d=2027-02").content.decode()
    assert (first.count('class="agenda-item"'), "page=2" in first) == (25, True)
    week = sofia.get("/calendar/?view=week&d=2027-02-03").content.decode()
    assert (week.count('class="slot"'), week.count('scope="row"')) == (21, 1)


def test_what_the_dialog_cannot_move_stays_in_the_dialog_with_what_is_wrong(
    shelf: Shelf, acme: Organization, browser_of: Any
) -> None:
    shelf.posts()
    slot = slot_on(1, acme)
    sofia = browser_of("sofia")
    for to, why in (
        ("", "required"),
        ("2020-01-01", "still to come"),
        ("2030-01-01", "more than a year away"),
        ("9999-12-31", "this century"),
    ):
        form = form_of(slot, to, asks="1")
        part, page = sofia.post(URL, form, headers=HTMX), sofia.post(URL, form).content.decode()
        said = part.content.decode()
        assert (part.status_code, part["HX-Retarget"], part["HX-Reswap"]) == (
            422,
            "#move-day-form",
            "outerHTML",
        )
        assert (why in said, f'value="{to}"' in said or not to, 'id="span"' in said) == (True, True, False)
        assert (why in page, "<html" in page, 'id="move-day-form"' in page) == (True, True, True)


def test_the_nearest_free_day_may_be_before_and_is_no_holiday() -> None:
    day = datetime.date
    asked = {"after": day(2026, 11, 28), "weekdays": "1,2,3,4,5"}
    december = {day(2026, 12, number) for number in range(1, 32)}
    taken = december - {day(2026, 12, 2), day(2026, 12, 3)}
    resting = public_holidays(day(2026, 12, 1), day(2027, 12, 31), "CZ")
    assert day(2027, 1, 1) in resting
    assert free_day(day(2026, 12, 11), taken=taken | resting, **asked) == day(2026, 12, 3)
    assert free_day(day(2026, 12, 31), taken=december | resting, **asked) == day(2027, 1, 4)


def test_a_move_is_taken_back_by_its_toast_unless_something_changed(
    shelf: Shelf, acme: Organization, browser_of: Any, back: Any
) -> None:
    shelf.posts("SCHEDULED")
    sofia = browser_of("sofia")
    before = walls(acme)
    moved = sofia.post(URL, form_of(slot_on(1, acme), "2027-02-10"), headers=HTMX).content.decode()
    undo = re.search(r'action="(/calendar/move/[^"]+/undo/)"', moved)
    assert undo is not None
    back()
    assert (walls(acme) != before, sofia.post(undo[1]).status_code) == (True, 303)
    back()
    assert (walls(acme), sofia.post(undo[1]).status_code) == (before, 409)
    assert sofia.post("/calendar/move/made-up/undo/").status_code == 404
    back()
    by_staff = browser_of("marek").post(URL, form_of(slot_on(1, acme), "2027-02-11"), headers=HTMX)
    assert "/undo/" not in by_staff.content.decode()
