"""Each page of the inbox answers, in any state and for any role, in few statements."""

import datetime
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from posthub.accounts.models import User
from posthub.approvals import operations
from posthub.approvals.models import Outcome
from posthub.approvals.operations.recording import record
from posthub.approvals.queries.overview import overview
from posthub.billing.models import Plan
from posthub.billing.operations import choose_plan
from posthub.core.tenancy import HOSTS
from posthub.jobs.models import Job
from posthub.lifecycle.machine import advance
from posthub.organizations.models import Organization
from tests.shelf import Shelf

STATEMENTS = 9
LISTS = [
    "/",
    "/inbox/",
    "/inbox/?tab=others",
    "/inbox/?tab=decided",
    "/topics/?month=2027-02",
    "/articles/",
    "/posts/",
    "/calendar/?d=2027-02",
    "/calendar/?d=2027-02&view=list",
    "/calendar/?d=2027-02-03&view=week",
    "/content/",
    "/content/?q=bread&kind=post",
    "/events/",
    "/media/",
    "/media/?kind=posts",
]


def statements(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(path).status_code == 200
    return len(seen)


@pytest.mark.parametrize("name", ["sofia", "marek"])
def test_a_list_takes_the_same_few_statements_at_1_and_at_30_rows(
    shelf: Shelf, browser_of: Any, name: str
) -> None:
    def counted() -> dict[str, int]:
        """As somebody finds them who was here a moment ago: a host is remembered for half a minute only."""
        found = {}
        for path in LISTS:
            HOSTS.forget()
            assert browser.get("/documents/").status_code == 200
            found[path] = statements(browser, path)
        return found

    browser = browser_of(name)
    shelf.one_of_each()
    statements(browser, "/")
    one = counted()
    for _number in range(29):
        shelf.one_of_each()
    assert counted() == one
    assert {path: count for path, count in one.items() if count > (11 if path == "/" else STATEMENTS)} == {}


@pytest.mark.parametrize("name", ["sofia", "marek"])
@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("topic", "DRAFT"),
        ("topic", "APPROVED"),
        ("article", "GENERATING"),
        ("article", "FAILED"),
        ("article", "IN_REVIEW"),
        ("article", "PENDING_APPROVAL"),
        ("article", "APPROVED"),
        ("post", "PENDING_APPROVAL"),
        ("post", "SCHEDULED"),
    ],
)
def test_the_review_page_shows_every_state_in_at_most_nine_statements(
    shelf: Shelf, browser_of: Any, name: str, kind: str, state: str
) -> None:
    made = {"topic": shelf.topic, "article": shelf.article, "post": lambda state: shelf.posts(state)[0]}[
        kind
    ](state)
    browser = browser_of(name)
    url = reverse("approvals:review", args=[kind, made.pk], urlconf="posthub.urls.tenant")
    statements(browser, url)
    assert statements(browser, url) <= STATEMENTS
    assert b'id="desk"' in browser.get(url, headers={"HX-Request": "true"}).content


def test_pages_of_an_organization_are_not_there_for_anybody_else(shelf: Shelf, browser_of: Any) -> None:
    article = shelf.article()
    url = f"/inbox/article/{article.pk}/"
    assert browser_of("oscar").get(url).status_code == 404
    assert browser_of("oscar", host="beta.posthub.localhost").get(url).status_code == 404
    assert Client(HTTP_HOST="acme.posthub.localhost").get(url).status_code == 302
    assert [browser_of(name).get(url).status_code for name in ("sofia", "marek", "mona", "adam")] == [200] * 4


def test_an_empty_organization_is_led_to_the_wizard(tenant: Any, browser_of: Any) -> None:
    assert b"/welcome/" in browser_of("sofia").get("/").content


def test_what_is_written_in_the_organizations_language_says_so_where_screens_speak_another(
    shelf: Shelf, cast: Any, tenant: Organization, browser_of: Any
) -> None:
    Organization.objects.filter(pk=tenant.pk).update(language="cs")
    cast.sofia.language = "en"
    cast.sofia.save()
    titles = [shelf.article().title, shelf.topic().title, "Josef", "Valentýn"]
    sofia = browser_of("sofia")
    for path in ("/", "/inbox/", "/calendar/?d=2027-02", "/calendar/?d=2027-02&view=list", "/content/"):
        page = sofia.get(path).content.decode()
        main = page[page.index("<main") :]
        rest = re.sub(r'<(\w+)[^>]* lang="cs"[^>]*>.*?</\1>', "", main, flags=re.DOTALL)
        rest = re.sub(r"<option.*?</option>|<[^>]*>", "", rest, flags=re.DOTALL)
        assert 'lang="cs"' in main, path
        assert [title for title in titles if title in rest] == [], path


def test_where_nothing_is_planned_yet_nothing_is_said_to_be_decided(
    shelf: Shelf, tenant: Any, browser_of: Any
) -> None:
    Job.objects.create(schema_name=tenant.schema_name, task="billing.mail", queue="mail", key="x")
    sofia = browser_of("sofia")
    for path in ("/", "/inbox/"):
        page = sofia.get(path).content.decode()
        said = [words in page for words in ("Nothing is planned yet", "decided on everything", "All decided")]
        assert (said, "We are working" in page, 'id="task-' in page) == (
            [True, False, False],
            False,
            False,
        ), path


def test_the_log_names_the_texts_it_is_about_and_leads_to_them(
    shelf: Shelf, cast: Any, browser_of: Any, back: Any
) -> None:
    post = shelf.posts(platforms=("x",))[0]
    operations.approve(post, by=cast.sofia, seen=post.content_hash)
    page = browser_of("sofia").get("/settings/activity/").content.decode()
    at = page.index(f'<a href="/inbox/post/{post.pk}/" lang="en">')
    assert post.title in page[at : at + 300]


def test_what_waits_is_told_in_words_with_the_first_thing_on_top(shelf: Shelf, browser_of: Any) -> None:
    article = shelf.article()
    page = browser_of("sofia").get("/").content.decode()
    assert "One thing waits for you" in page
    assert f"/inbox/article/{article.pk}/" in page
    page = browser_of("marek").get("/").content.decode()
    assert "Nothing waits for you" in page


def test_one_proposed_topic_waits_for_who_decides_and_takes_a_minute(shelf: Shelf, browser_of: Any) -> None:
    shelf.topic()
    page = browser_of("sofia").get("/").content.decode()
    assert "One thing waits for you" in page
    assert "about 1 minute, you can stop at any time" in page
    assert "Waiting for you" in page


def test_the_posts_of_one_article_are_one_thing_in_the_inbox(shelf: Shelf, browser_of: Any) -> None:
    shelf.posts(platforms=("facebook", "instagram", "x"))
    page = browser_of("sofia").get("/inbox/").content.decode()
    assert page.count("data-row") == 1
    assert "Facebook, Instagram, X" in page


def test_the_inbox_is_filtered_by_kind_and_persona(shelf: Shelf, browser_of: Any) -> None:
    shelf.topic()
    shelf.article()
    sofia = browser_of("sofia")
    assert sofia.get("/inbox/?kind=topic").content.decode().count("data-row") == 1
    assert sofia.get(f"/inbox/?persona={shelf.persona.pk}").content.decode().count("data-row") == 2
    assert "Clear filters" in sofia.get("/inbox/?kind=post").content.decode()


def asking_again(page: str) -> str:
    """Where the page asks again by itself, "" where it does not."""
    found = re.search(
        r'id="watch"[^>]* data-poll hx-get="([^"]+)" hx-trigger="load delay:\d+ms, resume"', page
    )
    return unescape(found[1]) if found else ""


def test_the_inbox_looks_after_itself_until_everything_is_written(
    shelf: Shelf, browser_of: Any, back: Callable[[], None]
) -> None:
    shelf.topic()
    article = shelf.article("GENERATING")
    sofia, htmx = browser_of("sofia"), {"HX-Request": "true"}
    page = sofia.get("/inbox/?tab=mine").content.decode()
    same = sofia.get(asking_again(page), headers=htmx).content.decode()
    assert ("data-poll" in same, 'id="rows"' in same, 'id="inbox-top"' in same) == (True, False, False)
    back()
    advance(article, "PENDING_APPROVAL")
    new = sofia.get(asking_again(same), headers=htmx).content.decode()
    assert asking_again(new) == ""
    assert "Two things wait for you" in new
    assert new.count("hx-swap-oob") == 2
    assert f"/inbox/article/{article.pk}/" in new
    assert "seen=" not in new


def test_a_filter_of_the_inbox_is_what_it_asks_again_for(shelf: Shelf, browser_of: Any) -> None:
    shelf.article("GENERATING")
    sofia = browser_of("sofia")
    page = sofia.get("/inbox/?tab=mine&kind=topic", headers={"HX-Request": "true"}).content.decode()
    assert 'id="watch" hx-swap-oob="true"' in " ".join(page.split())
    assert "kind=topic" in asking_again(page)
    assert asking_again(sofia.get("/inbox/?tab=decided").content.decode()) == ""


def test_the_strip_of_days_begins_today(shelf: Shelf, tenant: Organization) -> None:
    post = shelf.posts("SCHEDULED", platforms=("x",))[0]
    zone = ZoneInfo(tenant.zone)
    today = timezone.now().astimezone(zone).date()
    last = today + datetime.timedelta(days=6)
    post.scheduled_at = datetime.datetime.combine(last, datetime.time(23, 30), zone)
    sofia = User.objects.get(name="Sofia")
    record(post, Outcome.APPROVED, by=sofia, seen=post.content_hash)
    post.save()
    week = overview(tenant.zone, of=sofia, supervises=True).week
    assert [day.date for day in week] == [today + datetime.timedelta(days=number) for number in range(7)]
    assert [len(day.things) for day in week] == [0, 0, 0, 0, 0, 0, 1]


def test_a_preview_promises_no_picture_that_the_plan_does_not_make(
    shelf: Shelf, tenant: Organization, browser_of: Any
) -> None:
    url = f"/inbox/post/{shelf.posts(platforms=('instagram', 'tiktok'))[0].pk}/"
    sofia = browser_of("sofia")
    page = sofia.get(url).content.decode()
    assert "Your plan makes no pictures. Add one of your own." in page
    assert "Your plan makes no videos. Add a picture, or film one to these words." in page
    assert "Picture to come" not in page
    choose_plan(tenant, Plan.objects.get(code="pro"))
    assert "Picture to come" in sofia.get(url).content.decode()
