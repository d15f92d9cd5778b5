"""The review queue: many things at once, things put off, what was opened, how much an answer weighs."""

import datetime
import gzip
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from posthub.accounts.models import User
from posthub.approvals.models import Decision, Look
from posthub.audit.models import AuditEntry
from posthub.audit.operations import first_break
from posthub.billing.models import Feature, Plan
from posthub.billing.queries import limit_of, plan_of
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.operations.versions import add_version
from posthub.jobs.models import Job
from posthub.lifecycle.models import StateChange
from posthub.organizations.models import Organization
from posthub.organizations.operations import add_member, change_settings
from posthub.worklist.models import WorkItem
from tests.conftest import PASSWORD
from tests.shelf import TEXT, Shelf

HTMX = {"HX-Request": "true"}


def shown(*subjects: Any) -> list[str]:
    return [f"{one.KIND}:{one.pk}:{one.content_hash}" for one in subjects]


def states(*subjects: Any) -> list[str]:
    for subject in subjects:
        subject.refresh_from_db()
    return [subject.state for subject in subjects]


def test_the_list_asks_first_and_names_what_was_not_opened(shelf: Shelf, browser_of: Any, back: Any) -> None:
    first, second, third = shelf.topic(), shelf.article(), shelf.article()
    sofia = browser_of("sofia")
    asked = f"/inbox/selected/approve/?item=topic:{first.pk}&item=article:{second.pk}"
    assert "2 things you have not opened" in sofia.get(asked).content.decode()
    sofia.get(f"/inbox/article/{second.pk}/")
    back()
    assert not Look.objects.exists()  # to open the page changes nothing; its script says that it was read
    assert sofia.post(f"/review/article/{second.pk}/opened/").status_code == 204
    page = sofia.get(asked, headers=HTMX).content.decode()
    assert "1 thing you have not opened" in page
    assert ("<html" in page, page.count('name="shown"'), first.title in page) == (False, 2, True)
    whole = sofia.get("/inbox/selected/approve/?batch=2027-02").content.decode()
    assert (whole.count('name="shown"'), third.title in whole) == (3, True)
    back()
    add_version(second, title=second.title, text=TEXT + "\n\nNew.", extra={})
    assert "2 things you have not opened" in sofia.get(asked).content.decode()


def test_many_are_approved_in_one_batch_and_one_undo_takes_all_back(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    topic, article, posts = shelf.topic(), shelf.article(), shelf.posts()
    sofia = browser_of("sofia")
    answer = sofia.post("/inbox/selected/approve/", {"shown": shown(topic, article, *posts)})
    back()
    assert (answer.status_code, answer["Location"]) == (303, "/inbox/")
    assert states(topic, article, *posts) == ["APPROVED", "APPROVED", *["SCHEDULED"] * len(posts)]
    decisions = Decision.objects.filter(outcome="approved", by_id=decider())
    assert decisions.count() == 2 + len(posts)
    (batch,) = set(decisions.values_list("batch", flat=True))
    assert Job.objects.filter(task="content.write_article").count() == 1
    written = SocialPost.objects.filter(blog_post=article)
    assert Job.objects.filter(task="content.write_post").count() == written.count() > 0
    assert first_break(connection.schema_name) is None
    assert WorkItem.objects.filter(object_id__in=[topic.pk, article.pk]).count() == 0
    undone = sofia.post(f"/decisions/{batch}/undo/")
    back()
    assert undone["Location"] == "/inbox/"
    assert states(topic, article, *posts) == ["DRAFT", *["PENDING_APPROVAL"] * (1 + len(posts))]
    assert BlogPost.objects.filter(topic=topic).count() == 0


def decider() -> UUID:
    return Decision.objects.latest("created_at").by_id


def test_what_is_stale_stays_and_is_named_while_the_rest_is_decided(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    fresh, stale = shelf.article(), shelf.article()
    form = {"shown": shown(fresh, stale)}
    add_version(stale, title=stale.title, text=TEXT + "\n\nNew.", extra={})
    page = browser_of("sofia").post("/inbox/selected/approve/", form).content.decode()
    back()
    assert states(fresh, stale) == ["APPROVED", "PENDING_APPROVAL"]
    assert ("1 stays undecided" in page, "This changed since you opened it" in page) == (True, True)
    assert Decision.objects.count() == 1


def test_changes_are_asked_for_in_many_texts_with_one_remark(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    topic, first, second = shelf.topic(), shelf.article(), shelf.article()
    sofia = browser_of("sofia")
    asked = f"?item=topic:{topic.pk}&item=article:{first.pk}&item=article:{second.pk}"
    assert "1 topic stays as it is" in sofia.get(f"/inbox/selected/changes/{asked}").content.decode()
    form = {"shown": shown(first, second), "text": ""}
    assert sofia.post("/inbox/selected/changes/", form).status_code == 422
    answer = sofia.post("/inbox/selected/changes/", {**form, "text": "Shorter"}, headers=HTMX)
    back()
    assert (answer.content, "HX-Location" in answer) == (b"", True)
    assert states(topic, first, second) == ["DRAFT", "GENERATING", "GENERATING"]
    assert len(set(Decision.objects.values_list("batch", flat=True))) == 1


def test_staff_send_many_on_and_never_decide_for_the_client(shelf: Shelf, browser_of: Any, back: Any) -> None:
    mine, clients = shelf.article("IN_REVIEW"), shelf.article()
    browser_of("marek").post("/inbox/selected/approve/", {"shown": shown(mine, clients)})
    back()
    assert states(mine, clients) == ["PENDING_APPROVAL", "PENDING_APPROVAL"]
    assert list(Decision.objects.values_list("outcome", flat=True)) == ["sent_on"]


def test_where_everyone_is_wanted_many_at_once_are_agreed_to_and_not_approved(
    shelf: Shelf, acme: Organization, cast: Any, browser_of: Any, back: Any
) -> None:
    add_member(acme, user=User.objects.create_user("jana@example.com", PASSWORD, name="Jana"), by=cast.sofia)
    change_settings(acme, by=cast.sofia, client_quorum="everyone")
    article = shelf.article()
    browser_of("sofia").post("/inbox/selected/approve/", {"shown": shown(article)})
    back()
    assert states(article) == ["PENDING_APPROVAL"]
    assert list(Decision.objects.values_list("outcome", flat=True)) == ["agreed"]


def test_too_many_topics_for_the_plan_are_left_and_the_rest_approved(
    shelf: Shelf, acme: Organization, browser_of: Any, back: Any
) -> None:
    limit = limit_of(plan_of(acme), Feature.POSTS)
    chosen = [shelf.topic() for _number in range(limit + 2)]
    page = browser_of("sofia").post("/inbox/selected/approve/", {"shown": shown(*chosen)}).content.decode()
    back()
    assert Topic.objects.filter(state="APPROVED").count() == BlogPost.objects.count() == limit
    assert "2 stay undecided" in page


def test_what_is_put_off_leaves_the_persons_list_until_its_day(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    article, other = shelf.article(), shelf.article()
    sofia = browser_of("sofia")
    due = WorkItem.objects.values_list("due", flat=True).get(object_id=article.pk)
    form = {"shown": shown(article)}
    past = {**form, "date": "2020-01-01"}
    assert sofia.post("/inbox/selected/snooze/", past).status_code == 422
    assert sofia.post("/inbox/selected/snooze/", {**form, "until": "tomorrow"}).status_code == 303
    page = sofia.get("/inbox/").content.decode()
    assert (article.title in page, other.title in page, "?tab=snoozed" in page) == (False, True, True)
    assert article.title in sofia.get("/inbox/?tab=snoozed").content.decode()
    assert "One thing waits for you" in sofia.get("/").content.decode()
    assert article.title in browser_of("marek").get("/inbox/?tab=others").content.decode()
    back()
    assert WorkItem.objects.values_list("due", flat=True).get(object_id=article.pk) == due
    Look.objects.update(snoozed_until=timezone.now() - datetime.timedelta(minutes=1))
    assert article.title in sofia.get("/inbox/").content.decode()
    back()
    Look.objects.update(snoozed_until=timezone.now() + datetime.timedelta(days=1))
    assert sofia.post(f"/review/article/{article.pk}/wake/").status_code == 303
    assert article.title in sofia.get("/inbox/").content.decode()


@pytest.fixture
def full_list(shelf: Shelf) -> list[BlogPost]:
    """As many articles as make what is shown independent of how many there are; the proof has 500."""
    return [shelf.article() for _number in range(60)]


def weigh(browser: Client, address: str, **given: Any) -> tuple[int, int, int]:
    """Statements, bytes, bytes packed."""
    with CaptureQueriesContext(connection) as seen:
        answer = browser.get(address, **given)
    return len(seen), len(answer.content), len(gzip.compress(answer.content, 6))


def test_the_queue_weighs_little_however_much_waits(
    full_list: list[BlogPost], browser_of: Any, back: Callable[[], None]
) -> None:
    sofia = browser_of("sofia")
    address = f"/inbox/article/{full_list[30].pk}/"
    weigh(sofia, address)
    for page in (address, "/inbox/"):
        statements, size, packed = weigh(sofia, page)
        assert (statements <= 8, size <= 60_000, packed <= 10_000) == (True, True, True), (
            page,
            statements,
            size,
        )
    back()
    form = {"version": full_list[30].content_hash}
    answer = sofia.post(f"/review/article/{full_list[30].pk}/approve/", form, headers=HTMX)
    assert len(answer.content) <= 5_000


@pytest.mark.parametrize("kind", ["article", "post", "topic"])
def test_fifty_are_approved_in_thirty_statements_with_a_record_of_each(
    shelf: Shelf, browser_of: Any, back: Any, kind: str
) -> None:
    if kind == "topic":
        connection.set_schema_to_public()  # an organization does not change the plans
        Plan.objects.update(posts_a_month=100)
    chosen: list[Any] = []
    while len(chosen) < 50:
        chosen += {
            "article": lambda: [shelf.article()],
            "topic": lambda: [shelf.topic()],
            "post": shelf.posts,
        }[kind]()
    chosen = chosen[:50]
    sofia = browser_of("sofia")
    sofia.get("/inbox/")
    back()
    before = AuditEntry.objects.count(), StateChange.objects.count()
    with CaptureQueriesContext(connection) as seen:
        answer = sofia.post("/inbox/selected/approve/", {"shown": shown(*chosen)}, headers=HTMX)
    back()
    assert (len(seen) <= 30, len(answer.content)) == (True, 0), [one["sql"][:90] for one in seen]
    done = Decision.objects.filter(outcome="approved").count()
    assert done == len(chosen)
    assert AuditEntry.objects.count() - before[0] >= done
    assert StateChange.objects.count() - before[1] >= done
    assert first_break(connection.schema_name) is None
