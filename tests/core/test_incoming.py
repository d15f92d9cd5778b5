"""Odd addresses and fields: what no database keeps and no calendar shows is left out, and never breaks a page."""

from typing import Any

from django.utils import timezone

from posthub.content.models import MarketingEvent, Topic
from posthub.core.days import day_in, is_month
from tests.shelf import Shelf, back, shelf

__all__ = ["back", "shelf"]

DAYS = ("0001-01-01", "1999-12-31", "2000-01-01", "2099-12-31", "2100-01-01", "9999-12-31", "2026-02-30")
# Each filter of an address, and a page that knows it.
FILTERS = (
    "q",
    "kind",
    "state",
    "persona",
    "network",
    "month",
    "view",
    "d",
    "page",
    "tab",
    "for",
    "only",
    "open",
)


def test_days_and_months_are_those_of_this_century() -> None:
    assert [day for day in DAYS if day_in(day)] == ["2000-01-01", "2099-12-31"]
    assert [
        text for text in ("2026-12", "2026-13", "9999-12", "२०26-12", "2026-12-24") if is_month(text)
    ] == ["2026-12"]


def test_no_search_or_date_of_an_address_breaks_its_page(shelf: Shelf, browser_of: Any) -> None:
    shelf.posts()
    pages = [
        "/",
        "/content/",
        "/articles/",
        "/posts/",
        "/topics/",
        "/media/",
        "/inbox/",
        "/visual-book/",
        "/results/",
    ]
    sofia, odd = browser_of("sofia"), []
    for page in pages:
        asked = "&".join(f"{name}=a%00b" for name in FILTERS)
        if sofia.get(f"{page}?{asked}").status_code >= 400:
            odd.append(page)
        if sofia.get(f"{page}?q=%00&kind=posts").status_code >= 400:
            odd.append(page)
    spans = [
        (view, day) for view in ("month", "week", "list", "day") for day in (*DAYS, "9999-12", "2099-12")
    ]
    odd += [
        f"{view} {day}"
        for view, day in spans
        if sofia.get(f"/calendar/?view={view}&d={day}").status_code != 200
    ]
    assert odd == []


def test_null_bytes_are_left_out_of_fields_and_lead_nowhere_in_addresses(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    sofia = browser_of("sofia")
    added = sofia.post("/events/add/", {"name": "Open\0 day", "date": f"{timezone.localdate():%Y-%m-%d}"})
    assert added.status_code == 303
    assert sofia.get("/r/a%00b/").status_code == 404
    sofia.cookies["sessionid"] = '"abcdefgh\\000"'
    assert sofia.get("/content/").status_code == 302
    back()
    assert MarketingEvent.objects.filter(own=True, name="Open day").exists()


def test_a_day_that_no_calendar_shows_is_refused_wherever_it_is_typed(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    topic = shelf.topic()
    sofia, before = browser_of("sofia"), topic.date
    for day in ("0001-01-01", "9999-12-31"):
        form = {"version": topic.content_hash, "title": "A title", "angle": "An angle", "date": day}
        for path, said in (
            (f"/topics/{topic.pk}/edit/", form),
            ("/events/add/", {"name": "Fair", "date": day}),
            ("/events/leave-out/", {"key": "christmas", "date": day, "out": "1"}),
        ):
            assert (path, sofia.post(path, said).status_code) == (path, 422)
    back()
    assert Topic.objects.get().date == before


def test_what_only_a_form_leads_to_is_a_page_or_leads_to_the_form(browser_of: Any) -> None:
    sofia = browser_of("sofia")
    for path in ("/calendar/subscription/make/", "/theme/", "/calendar/subscription/revoke/"):
        page = sofia.get(path)
        assert (page.status_code, page["Allow"], "Nothing to open here" in page.content.decode()) == (
            405, "POST", True,
        )  # fmt: skip
    for path, form in (
        ("/media/upload/", "/media/"),
        ("/events/add/", "/events/"),
        ("/settings/members/add/", "/settings/members/"),
        ("/settings/reviewers/add/", "/settings/review-links/"),
    ):
        refused = sofia.post(path, {})
        assert (path, refused.status_code, sofia.get(path)["Location"]) == (path, 422, form)
        assert sofia.get(form).status_code == 200
