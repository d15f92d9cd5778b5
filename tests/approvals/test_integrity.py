"""Nothing stands in the calendar that nobody approved as it is: the database itself says no."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from posthub.ai.providers.base import MediaRequest
from posthub.approvals import operations
from posthub.approvals.models import Decision
from posthub.content.illustrating import Kept, _attach
from posthub.content.models import Media, SocialPost, media_hash
from posthub.content.operations import holding
from posthub.content.operations.review import edit
from tests.shelf import Shelf


def refused(statement: str, *values: Any) -> str:
    """The name of the rule that direct SQL ran into."""
    with pytest.raises(IntegrityError) as told, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    name: str = told.value.__cause__.diag.constraint_name  # type: ignore[union-attr]
    return name


@pytest.fixture
def scheduled(shelf: Shelf) -> SocialPost:
    return shelf.posts("SCHEDULED", platforms=("x",))[0]


@pytest.mark.parametrize("state", ["SCHEDULED", "DELIVERING"])
def test_sql_cannot_schedule_what_nobody_approved(shelf: Shelf, state: str) -> None:
    post = shelf.posts("APPROVED", platforms=("x",))[0]
    statement = "UPDATE content_socialpost SET state = %s WHERE id = %s"
    assert refused(statement, state, post.pk) == "post_goes_out_as_approved"


@pytest.mark.parametrize(
    "change",
    [
        "scheduled_at = scheduled_at + interval '1 second'",
        "platform = 'facebook'",
        "version_id = NULL",
        "version_id = (SELECT id FROM content_version WHERE blog_post_id IS NOT NULL LIMIT 1)",
    ],
)
def test_sql_cannot_change_what_stands_in_the_calendar(scheduled: SocialPost, change: str) -> None:
    statement = f"UPDATE content_socialpost SET {change} WHERE id = %s"
    assert refused(statement, scheduled.pk) == "post_goes_out_as_approved"


def test_sql_cannot_put_other_words_under_a_decision(scheduled: SocialPost) -> None:
    statement = "UPDATE content_version SET text = 'Other words' WHERE social_post_id = %s"
    assert refused(statement, scheduled.pk) == "version_is_kept"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM approvals_decision WHERE object_id = %s",
        "UPDATE approvals_decision SET content_hash = repeat('0', 64) WHERE object_id = %s",
        "UPDATE approvals_decision SET outcome = 'rejected' WHERE object_id = %s",
        "UPDATE approvals_decision SET voided_at = now() WHERE object_id = %s",
    ],
)
def test_a_decision_that_a_post_goes_out_by_is_kept(scheduled: SocialPost, statement: str) -> None:
    assert refused(statement, scheduled.pk) == "decision_is_kept"


def test_what_was_said_later_about_the_same_words_counts(scheduled: SocialPost, cast: Any) -> None:
    """Approved, taken out, rejected: the old yes does not put it back."""
    SocialPost.objects.filter(pk=scheduled.pk).update(state="PENDING_APPROVAL")
    operations.reject(scheduled, by=cast.sofia, seen=scheduled.content_hash, reason="Not now.")
    statement = "UPDATE content_socialpost SET state = 'SCHEDULED' WHERE id = %s"
    assert refused(statement, scheduled.pk) == "post_goes_out_as_approved"


def test_the_hash_of_a_time_is_the_same_in_any_zone(scheduled: SocialPost) -> None:
    elsewhere = scheduled.scheduled_at.astimezone(datetime.timezone(datetime.timedelta(hours=9)))
    assert scheduled.hash_at(elsewhere) == scheduled.content_hash


def test_editing_after_approval_voids_the_decision(scheduled: SocialPost, cast: Any) -> None:
    edited = edit(
        scheduled, by=cast.marek, seen=scheduled.content_hash, title="Another", text="Quite another text."
    )
    assert edited.state == "PENDING_APPROVAL"
    standing = Decision.objects.get(object_id=scheduled.pk)
    assert (standing.void_reason, standing.voided_at is not None) == ("changed", True)


def test_a_clients_move_is_a_decision_for_the_new_time(scheduled: SocialPost, cast: Any) -> None:
    wall = scheduled.wall + datetime.timedelta(days=1)
    moved = operations.move(scheduled, by=cast.sofia, seen=scheduled.content_hash, wall=wall)
    assert moved.state == "SCHEDULED"
    assert list(Decision.objects.filter(content_hash=moved.content_hash).values_list("outcome")) == [
        ("approved",)
    ]


def test_what_is_released_goes_out_by_the_decision_it_had(scheduled: SocialPost, cast: Any) -> None:
    held = holding.hold(scheduled, by=cast.marek, seen=scheduled.content_hash)
    assert holding.release(held, by=cast.marek, seen=held.content_hash).state == "SCHEDULED"
    assert Decision.objects.filter(object_id=scheduled.pk, voided_at=None).count() == 1


def test_a_post_whose_time_has_passed_meanwhile_is_not_scheduled(shelf: Shelf, cast: Any) -> None:
    post = shelf.posts(platforms=("x",))[0]
    SocialPost.objects.filter(pk=post.pk).update(scheduled_at=timezone.now() - datetime.timedelta(hours=1))
    post.refresh_from_db()
    with pytest.raises(Exception, match="time has passed"):
        operations.approve(post, by=cast.sofia, seen=post.content_hash)
    assert Decision.objects.filter(object_id=post.pk).count() == 0


def picture(post: SocialPost) -> Media:
    return Media.objects.create(
        social_post=post,
        version_number=1,
        kind="image",
        file="org/acme/media/x.jpg",
        content_type="image/jpeg",
        size=1,
        alt_text="A loaf",
        content_hash="a" * 64,
    )


def test_sql_cannot_change_the_picture_of_what_stands_in_the_calendar(shelf: Shelf, cast: Any) -> None:
    post = shelf.posts(platforms=("x",))[0]
    shown = picture(post)
    post.refresh_from_db()
    assert post.media_hash == media_hash("a" * 64, "A loaf")
    operations.approve(post, by=cast.sofia, seen=post.content_hash)
    for change in ("alt_text = 'Another'", "content_hash = repeat('b', 64)"):
        assert (
            refused(f"UPDATE content_media SET {change} WHERE id = %s", shown.pk)
            == "post_goes_out_as_approved"
        )
    assert refused("DELETE FROM content_media WHERE id = %s", shown.pk) == "post_goes_out_as_approved"


def test_a_picture_that_comes_after_the_approval_asks_again(scheduled: SocialPost) -> None:
    request = MediaRequest(prompt="A loaf", ratio="1:1", language="en", words="Bread", brand="Acme")
    kept = Kept("x.jpg", "image/jpeg", 1, 1, 1, "a" * 64, "offline", "drawn")
    _attach("image", scheduled, request, kept)
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.media.count(), scheduled.media_hash != "") == (
        "PENDING_APPROVAL",
        1,
        True,
    )
