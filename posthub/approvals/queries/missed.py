"""Slots that came before anybody had decided, as the mail about them tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.approvals.queries import review
from posthub.content.platforms import PLATFORMS
from posthub.organizations.models import Fallback
from posthub.ui.times import clock, day


@dataclass(frozen=True, slots=True)
class Slot:
    """Its words are made when they are read: in the language and on the clocks of whoever reads."""

    post: Any
    what: str

    @property
    def title(self) -> str:
        return str(self.post.title)

    @property
    def network(self) -> str:
        return PLATFORMS[self.post.platform].name

    @property
    def when(self) -> str:
        at = timezone.localtime(self.post.missed_at or self.post.scheduled_at)
        return f"{day(at.date(), weekday=True)} {clock(at)}"

    @property
    def became(self) -> str:
        if self.what == Fallback.APPROVE:
            return _("It goes out as it is, as you agreed.")
        if self.what == Fallback.EVERGREEN:
            return _("Something from the reserve goes out in its place.")
        if self.post.lacks_picture:
            return _("A picture is missing, so it does not go out. The slot stays empty.")
        return _("It waits, and the slot stays empty unless somebody decides before.")


def slots_of(became: Mapping[UUID, str]) -> list[Slot]:
    """By time. What was held back by hand meanwhile, or decided by somebody, is no news."""
    posts = review.subjects("post").filter(pk__in=list(became)).order_by("scheduled_at", "platform")
    slots = [Slot(post, became[post.pk]) for post in posts]
    return [slot for slot in slots if slot.what != Fallback.HOLD or slot.post.state == "PENDING_APPROVAL"]
