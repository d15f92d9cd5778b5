"""What cannot be approved any more says so and what to do."""

import datetime
from typing import Any

from django.utils import timezone

from posthub.approvals.models import Decision
from posthub.content.models import SocialPost
from tests.shelf import Shelf


def test_a_post_whose_time_has_passed_is_not_approved(shelf: Shelf, browser_of: Any, back: Any) -> None:
    (post,) = shelf.posts(platforms=("x",))
    SocialPost.objects.filter(pk=post.pk).update(scheduled_at=timezone.now() - datetime.timedelta(hours=1))
    post.refresh_from_db()
    answer = browser_of("sofia").post(f"/review/post/{post.pk}/approve/", {"version": post.content_hash})
    back()
    assert (answer.status_code, "Move it to a later time" in answer.content.decode()) == (422, True)
    assert (SocialPost.objects.get().state, Decision.objects.count()) == ("PENDING_APPROVAL", 0)
