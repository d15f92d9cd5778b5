"""How approving goes, which slots it will miss, and what became of one's own remarks."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from posthub.approvals import operations
from posthub.approvals.models import Decision
from posthub.approvals.queries.analytics import analytics
from posthub.approvals.queries.first_looks import Rate
from posthub.approvals.queries.forecast import pace
from posthub.content.models import SocialPost
from posthub.content.operations.versions import add_version
from posthub.content.policies import CLIENT_STAGE
from posthub.lifecycle.machine import advance
from posthub.lifecycle.models import StateChange
from posthub.organizations.models import Organization
from tests.shelf import TEXT, Shelf

HOUR = datetime.timedelta(hours=1)


def came(thing: Any, *, hours: int) -> Any:
    """As if it had come to the client so long ago."""
    StateChange.objects.filter(object_id=thing.pk).update(at=timezone.now() - hours * HOUR)
    return thing


def approved(shelf: Shelf, by: Any, *, hours: int) -> SocialPost:
    post = came(shelf.posts(platforms=("x",))[0], hours=hours)
    operations.approve(post, by=by, seen=post.content_hash)
    return post


def test_time_rounds_and_first_pass(
    shelf: Shelf, tenant: Organization, cast: Any, browser_of: Any, back: Any
) -> None:
    assert "Nothing is approved yet" in browser_of("sofia").get("/results/").content.decode()
    back()
    for hours in (2, 10, 30):
        approved(shelf, cast.sofia, hours=hours)
    post = came(shelf.posts(platforms=("x",))[0], hours=20)
    operations.request_changes(
        post, by=cast.sofia, seen=post.content_hash, stage=CLIENT_STAGE, text="Shorter."
    )
    add_version(post, title=post.title, text="Shorter bread.", extra={})
    post = advance(SocialPost.objects.get(pk=post.pk), "PENDING_APPROVAL")
    operations.approve(post, by=cast.sofia, seen=post.content_hash)
    undone = approved(shelf, cast.sofia, hours=500)
    operations.undo(Decision.objects.get(object_id=undone.pk).batch, by=cast.sofia)
    found = analytics(tenant)
    whole = found.whole
    assert (whole.approved, whole.rounds, whole.looks) == (4, 1.2, Rate(3, 4))
    assert whole.cycle is not None
    assert round(whole.cycle / HOUR) == 15
    assert [(person.name, person.decided) for person in found.people] == [("Sofia", 5)]
    assert [(one.whom, one.count) for one in found.waiting] == [("The client", 1)]
    for name in ("sofia", "marek"):
        browser = browser_of(name)
        with CaptureQueriesContext(connection) as seen:
            page = browser.get("/results/").content.decode()
        assert ("75" in page, len(seen) <= 12) == (True, True), len(seen)
        assert ("3 of 4 things that were decided on" in page, "/results/table/" in page) == (True, True)
    assert browser_of("oscar", host="beta.posthub.localhost").get("/results/").status_code == 200
    head, *lines = browser_of("sofia").get("/results/table/").content.decode("utf-8-sig").splitlines()
    assert head == "Month,Approved,Hours to approval,Rounds,Looked at,Approved at the first look"
    assert [line.split(",")[1:] for line in lines] == [["4", "15.0", "1.2", "4", "3"]]


def test_what_is_sent_back_and_not_approved_yet_counts_as_looked_at_on_every_page(
    shelf: Shelf, tenant: Organization, cast: Any, browser_of: Any, back: Any
) -> None:
    for _number in range(3):
        approved(shelf, cast.sofia, hours=2)
    for post in shelf.posts(platforms=("x", "facebook")):
        if post.platform == "x":
            operations.request_changes(
                post, by=cast.sofia, seen=post.content_hash, stage=CLIENT_STAGE, text="Shorter."
            )
    sofia = browser_of("sofia")
    assert sofia.get("/results/").context["looks"] == Rate(3, 4)
    assert sofia.get("/results/weeks/").context["results"].looks == Rate(3, 4)
    assert sofia.get("/voice-rules/").context["rules"].whole == Rate(3, 4)


def test_the_dashboard_and_the_review_count_the_posts_of_an_article_as_one_thing(
    shelf: Shelf, cast: Any, browser_of: Any, back: Any
) -> None:
    for post in shelf.posts(platforms=("x", "facebook", "linkedin")):
        operations.approve(post, by=cast.sofia, seen=post.content_hash)
    waiting = shelf.posts(platforms=("x",))[0]
    sofia = browser_of("sofia")
    assert "1 thing is decided today already." in sofia.get("/").content.decode()
    desk = sofia.get(f"/inbox/post/{waiting.pk}/").context
    assert sofia.get("/").context["resume_label"] == f"Continue, {desk['progress']} of {desk['progress_of']}"


def test_slots_that_will_be_missed_at_this_pace_are_told(
    shelf: Shelf, tenant: Organization, cast: Any, browser_of: Any, back: Any
) -> None:
    assert pace().known == 0
    for _number in range(5):
        approved(shelf, cast.sofia, hours=72)
    assert round(pace().wait / HOUR) == 72
    soon, late = (shelf.posts(platforms=("x",))[0] for _number in range(2))
    SocialPost.objects.filter(pk=soon.pk).update(scheduled_at=timezone.now() + 60 * HOUR)
    SocialPost.objects.filter(pk=late.pk).update(scheduled_at=timezone.now() + 200 * HOUR)
    sofia = browser_of("sofia")
    page = sofia.get("/").content.decode()
    assert ("At this pace 1 slot is missed." in page, "A thing usually waits 3 days for you." in page) == (
        True,
        True,
    )
    inbox = sofia.get("/inbox/").content.decode()
    assert inbox.count("late at this pace") == 1
    day = (timezone.now() + 60 * HOUR).astimezone(ZoneInfo(tenant.zone))
    assert "1 day is in danger" in sofia.get(f"/calendar/?d={day:%Y-%m}").content.decode()
    assert "/certificate/month/2027-02.pdf" in sofia.get("/calendar/?d=2027-02").content.decode()
    assert "late at this pace" not in browser_of("marek").get("/inbox/").content.decode()


def test_ones_own_remarks_stand_beside_the_change_done_or_not(
    shelf: Shelf, cast: Any, browser_of: Any, back: Any
) -> None:
    article = shelf.article()
    for quote in ("about the dough", "on Saturday"):
        operations.comment(article, by=cast.sofia, text=f"Not {quote}.", quote=quote)
    changed = TEXT.replace("about the dough", "about the flour")
    add_version(article, title=article.title, text=changed, extra={"claims": [], "findings": []})
    page = browser_of("sofia").get(f"/inbox/article/{article.pk}/").content.decode()
    asked = page[page.index("h-own") : page.index('id="comments"')]
    assert (asked.count("not done: the words are still there"), asked.count(">done<")) == (1, 1)
    assert "h-own" not in browser_of("marek").get(f"/inbox/article/{article.pk}/").content.decode()
