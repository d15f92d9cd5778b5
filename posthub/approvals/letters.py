"""Mails about what waits for approval, what was decided, and what nobody decided on."""

import datetime
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from posthub.accounts.mail import Letter, declare, sample_address
from posthub.approvals.models import Decision, Outcome
from posthub.approvals.queries.letter import Item
from posthub.approvals.queries.missed import Slot
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.organizations.models import Fallback
from posthub.ui.times import day

ORGANIZATION = "Pekárna Podhorka"


def items() -> list[Item]:
    """A topic and a post that stand in no database; each was decided on, which only the receipt tells."""
    today = timezone.localdate()
    topic = Topic(
        title=_("Why our bread stays fresh for four days"),
        angle=_(
            "A loaf of rye sourdough on the kitchen table, and what happens in it from Monday to Thursday."
        ),
        date=today + datetime.timedelta(days=5),
    )
    return [
        Item(1, topic, "", mine=True, decision=Decision(outcome=Outcome.APPROVED)),
        Item(2, post(days=6), "", mine=True, decision=Decision(outcome=Outcome.CHANGES), reworked=True),
    ]


def post(*, days: int) -> SocialPost:
    topic = Topic(title=_("Three breakfasts from one loaf"))
    at = timezone.now().replace(hour=9, minute=0) + datetime.timedelta(days=days)
    return SocialPost(blog_post=BlogPost(topic=topic), platform="facebook", scheduled_at=at)


def waiting() -> dict[str, Any]:
    shown = items()
    return {
        "organization": ORGANIZATION,
        "items": shown,
        "count": len(shown),
        "first_day": shown[0].day,
        "until": day(timezone.localdate() + datetime.timedelta(days=7), weekday=True),
        "action_url": sample_address("/r/…/"),
        "action_label": _("Review"),
    }


def undecided() -> dict[str, Any]:
    return {
        "organization": ORGANIZATION,
        "count": 2,
        "people": "Tereza Hanáková, Jan Hanák",
        "action_url": sample_address("/inbox/?tab=others"),
    }


def missed() -> dict[str, Any]:
    return {
        "organization": ORGANIZATION,
        "count": 2,
        "slots": [Slot(post(days=0), Fallback.HOLD), Slot(post(days=1), Fallback.EVERGREEN)],
        "action_url": sample_address("/inbox/"),
    }


OCCASIONS: dict[str, tuple[Any, Callable[[], dict[str, Any]]]] = {
    "asked": (gettext_lazy("To each approver, when something waits for approval."), waiting),
    "reminder": (gettext_lazy("To each approver who has not decided yet."), waiting),
    "renewed": (gettext_lazy("To an approver who asked for a fresh link."), waiting),
    "receipt": (gettext_lazy("To whoever decided by a link, with the way to undo it."), waiting),
    "escalation": (
        gettext_lazy("To the marketer and the manager, when nobody decides for three days."),
        undecided,
    ),
    "missed": (
        gettext_lazy("To approvers and the team, when a slot came before anybody had decided."),
        missed,
    ),
}

declare(
    gettext_lazy("Approvals"),
    [Letter(f"review_{name}", occasion, sample) for name, (occasion, sample) in OCCASIONS.items()],
)
