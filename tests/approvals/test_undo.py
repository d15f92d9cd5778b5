"""Undo: within ten minutes, as long as nothing has begun that could not be taken back."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from posthub.approvals import operations
from posthub.approvals.models import Decision
from posthub.billing.models import UsageMeter
from posthub.content.models import BlogPost, SocialPost
from posthub.content.policies import CLIENT_STAGE
from posthub.core.errors import WrongState
from posthub.jobs.models import Job
from posthub.worklist.models import WorkItem
from tests.shelf import Shelf


def undo_all(by: Any) -> int:
    return operations.undo(Decision.objects.latest("created_at").batch, by=by)  # type: ignore[arg-type]


def test_an_approved_topic_is_as_before_and_nothing_is_written_or_counted(shelf: Shelf, cast: Any) -> None:
    topic = shelf.topic()
    operations.approve(topic, by=cast.sofia, seen=topic.content_hash)
    undo_all(cast.sofia)
    topic.refresh_from_db()
    assert topic.state == "DRAFT"
    assert BlogPost.objects.count() == 0
    assert list(Job.objects.values_list("state", flat=True)) == ["CANCELLED"]
    assert UsageMeter.objects.get().used == 0
    assert list(WorkItem.objects.values_list("kind", flat=True)) == ["topic"]
    operations.approve(topic, by=cast.sofia, seen=topic.content_hash)
    assert BlogPost.objects.count() == 1


def test_an_approved_article_gives_its_unwritten_posts_back(shelf: Shelf, cast: Any) -> None:
    article = shelf.article()
    operations.approve(article, by=cast.sofia, seen=article.content_hash)
    assert SocialPost.objects.count() > 1
    undo_all(cast.sofia)
    article.refresh_from_db()
    assert (article.state, SocialPost.objects.count()) == ("PENDING_APPROVAL", 0)
    assert set(Job.objects.values_list("state", flat=True)) == {"CANCELLED"}


def test_all_posts_of_one_click_leave_the_calendar_together(shelf: Shelf, cast: Any) -> None:
    posts = shelf.posts(platforms=("x", "linkedin", "facebook"))
    batch = uuid4()
    operations.approve_all({post: post.content_hash for post in posts}, by=cast.sofia, batch=batch)
    assert operations.undo(batch, by=cast.sofia) == 3
    assert set(SocialPost.objects.values_list("state", flat=True)) == {"PENDING_APPROVAL"}
    assert set(Decision.objects.values_list("void_reason", flat=True)) == {"undone"}


@pytest.mark.parametrize("verb", ["changes", "team", "reject", "regenerate"])
def test_what_was_sent_back_waits_for_the_client_again(shelf: Shelf, cast: Any, verb: str) -> None:
    article = shelf.article()
    given: dict[str, Any] = {"by": cast.sofia, "seen": article.content_hash}
    if verb == "reject":
        operations.reject(article, reason="No.", **given)
    elif verb == "regenerate":
        operations.regenerate(article, stage=CLIENT_STAGE, **given)
    else:
        asked = {"stage": CLIENT_STAGE, "text": "Shorter.", "by_team": verb == "team"}
        operations.request_changes(article, **asked, **given)
    undo_all(cast.sofia)
    article.refresh_from_db()
    assert (article.state, article.content_hash) == ("PENDING_APPROVAL", given["seen"])
    assert set(Job.objects.values_list("state", flat=True)) <= {"CANCELLED"}


def test_what_a_worker_has_begun_is_not_undone(shelf: Shelf, cast: Any) -> None:
    topic = shelf.topic()
    operations.approve(topic, by=cast.sofia, seen=topic.content_hash)
    Job.objects.update(state="RUNNING", lease_until=timezone.now())
    with pytest.raises(WrongState, match="being written already"):
        undo_all(cast.sofia)
    topic.refresh_from_db()
    assert (topic.state, Job.objects.get().cancel_requested) == ("APPROVED", False)


def test_only_ones_own_only_once_and_only_for_ten_minutes(shelf: Shelf, cast: Any) -> None:
    first, second = shelf.topic(), shelf.topic()
    operations.approve(first, by=cast.sofia, seen=first.content_hash)
    with pytest.raises(WrongState):
        undo_all(cast.adam)
    undo_all(cast.sofia)
    with pytest.raises(WrongState):
        undo_all(cast.sofia)
    operations.approve(second, by=cast.sofia, seen=second.content_hash)
    with pytest.raises(WrongState, match="10 minutes"):
        operations.undo(older_copy(Decision.objects.latest("created_at")), by=cast.sofia)


def older_copy(decision: Decision) -> UUID:
    """The same decision made eleven minutes ago; the database lets nobody change when one was made."""
    values = {field.attname: f'"{field.attname}"' for field in Decision._meta.concrete_fields}
    batch = uuid4()
    values |= {
        "id": "gen_random_uuid()",
        "batch": "%s",
        "created_at": "created_at - interval '11 minutes'",
    }
    names = ", ".join(f'"{name}"' for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO approvals_decision ({names}) SELECT {', '.join(values.values())} "
            "FROM approvals_decision WHERE id = %s",
            [batch, decision.pk],
        )
    return batch


def test_the_toast_offers_it_and_its_button_leads_back(shelf: Shelf, browser_of: Any, back: Any) -> None:
    article = shelf.article()
    sofia = browser_of("sofia")
    form = {"version": article.content_hash}
    page = sofia.post(f"/review/article/{article.pk}/approve/", form, headers={"HX-Request": "true"})
    back()
    address = f"/decisions/{Decision.objects.get().batch}/undo/"
    assert f'action="{address}"' in page.content.decode()
    answer = sofia.post(address)
    back()
    assert (answer.status_code, answer["Location"]) == (303, f"/inbox/article/{article.pk}/")
    article.refresh_from_db()
    assert article.state == "PENDING_APPROVAL"
    assert browser_of("marek").post(address).status_code == 404
