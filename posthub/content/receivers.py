"""Listens to moves of content and keeps the list of open work true."""

from typing import Any

from django.dispatch import receiver

from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.operations.listing import keep_listed
from posthub.content.operations.media import have_illustrated
from posthub.lifecycle.machine import moved


@receiver(moved, sender=Topic)
@receiver(moved, sender=BlogPost)
@receiver(moved, sender=SocialPost)
def keep_worklist(sender: Any, subject: Topic | BlogPost | SocialPost, **said: Any) -> None:
    keep_listed(subject)


@receiver(moved, sender=SocialPost)
def illustrate(sender: Any, subject: SocialPost, before: str, **said: Any) -> None:
    """A post that was just written gets its picture or film, where the plan has them."""
    if before == "GENERATING" and subject.state in {"IN_REVIEW", "PENDING_APPROVAL"}:
        have_illustrated(subject)
