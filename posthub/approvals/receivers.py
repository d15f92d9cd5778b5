"""Listens to moves of content: a decision for words or a time that are others now stands no longer."""

from typing import Any

from django.dispatch import receiver

from posthub.approvals.models import VoidReason
from posthub.approvals.operations.recording import void
from posthub.content.models import BlogPost, SocialPost
from posthub.lifecycle.machine import moved

ACCEPTED = frozenset({"APPROVED", "SCHEDULED", "ON_HOLD"})


@receiver(moved, sender=BlogPost)
@receiver(moved, sender=SocialPost)
def void_decisions(sender: Any, subject: BlogPost | SocialPost, before: str, **said: Any) -> None:
    if before in ACCEPTED and subject.state == "PENDING_APPROVAL":
        void(subject.KIND, subject.pk, VoidReason.CHANGED)
