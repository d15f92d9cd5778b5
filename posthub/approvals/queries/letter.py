"""What a review by mail shows: the items of its round, each as it is now."""

import datetime
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.approvals import consequence
from posthub.approvals.models import Decision, Outcome, ReviewLink, VoidReason
from posthub.approvals.policies import MINUTES
from posthub.approvals.queries import review, social
from posthub.approvals.queries.facts import facts_in
from posthub.approvals.queries.inbox import KIND_NAMES, KIND_ORDER
from posthub.approvals.queries.remarks import Thread, pinned, threads_on
from posthub.approvals.queries.stopping import why_stopped
from posthub.content.diff import first_words
from posthub.content.markdown import blocks
from posthub.content.models import SocialPost, Topic
from posthub.content.platforms import PLATFORMS
from posthub.content.policies import CLIENT_STAGE
from posthub.organizations.models import Organization
from posthub.ui.times import day

EXCERPT = 160
UNDO = datetime.timedelta(minutes=MINUTES)


@dataclass(slots=True)
class Item:
    """One thing of the round. `mine` while this person's word is wanted on it; `reworked` if somebody had asked."""

    place: int
    subject: Any
    mailed: str
    mine: bool
    decision: Decision | None
    reworked: bool = False

    @property
    def kind_name(self) -> str:
        return str(KIND_NAMES[self.subject.KIND])

    @property
    def title(self) -> str:
        name = f" · {PLATFORMS[self.subject.platform].name}" if self.subject.KIND == "post" else ""
        return f"{self.subject.title}{name}"

    @property
    def changed(self) -> bool:
        """Whether it is not any more what the mail spoke of."""
        return self.mine and self.subject.content_hash != self.mailed

    @property
    def url(self) -> str:
        return f"?item={self.place}"

    @property
    def ask_url(self) -> str:
        return f"?item={self.place}&ask=changes#ask"

    @property
    def ask_label(self) -> str:
        return _("Reject") if self.subject.KIND == "topic" else _("Ask for changes")

    @property
    def undo_batch(self) -> Any:
        """The click that can still be taken back, None where it is too late."""
        young = self.decision and self.decision.created_at > timezone.now() - UNDO
        return self.decision.batch if young and self.decision else None

    @property
    def topic(self) -> Any:
        return review.topic_of(self.subject)

    @property
    def excerpt(self) -> str:
        text = first_words(self.subject.text)
        return text if len(text) <= EXCERPT else f"{text[:EXCERPT].rsplit(' ', 1)[0]}…"

    @property
    def day(self) -> str:
        return day(day_of(self.subject), weekday=True)


def day_of(subject: Any) -> datetime.date:
    """On which it goes out, on the clocks that are active."""
    due: Any = subject.due_on
    return timezone.localtime(due).date() if isinstance(due, datetime.datetime) else due


def place_of(subject: Any) -> tuple[datetime.date, int, str, str]:
    return day_of(subject), KIND_ORDER[subject.KIND], subject.title, getattr(subject, "platform", "")


def items_of(link: ReviewLink) -> list[Item]:
    """The things of the link's round that still exist, at most five statements."""
    rows = list(link.round.items.all())
    found: dict[Any, Any] = {}
    for kind in {row.kind for row in rows}:
        ids = [row.object_id for row in rows if row.kind == kind]
        found |= {subject.pk: subject for subject in review.subjects(kind).filter(pk__in=ids)}
    decided = Decision.objects.filter(link=link, voided_at=None).order_by("created_at")
    latest = {decision.object_id: decision for decision in decided}
    return [
        _item(row, found[row.object_id], latest.get(row.object_id)) for row in rows if row.object_id in found
    ]


def _item(row: Any, subject: Any, decision: Decision | None) -> Item:
    agreed = decision is not None and decision.content_hash == subject.content_hash
    mine = subject.state in CLIENT_STAGE and not agreed
    return Item(row.position, subject, mailed=row.content_hash, mine=mine, decision=decision)


def still_open(link: ReviewLink) -> list[Item]:
    return [item for item in items_of(link) if item.mine]


def page_of(
    link: ReviewLink, organization: Organization, asked: str, *, token: str, by: Any
) -> dict[str, Any]:
    """The item that was asked for by its number, else the first one whose decision is wanted."""
    items = items_of(link)
    wanted = [item for item in items if item.mine]
    chosen = next((item for item in items if str(item.place) == asked), wanted[0] if wanted else None)
    context: dict[str, Any] = {
        "items": items,
        "item": chosen,
        "left": len(wanted),
        "done": len(items) - len(wanted),
        "all": len(items),
    }
    if chosen is not None:
        context |= _words(chosen, organization, token, by=by)
        context["stopped"] = why_stopped(chosen.subject, organization, by=by, client=True)
    return context


def _words(item: Item, organization: Organization, token: str, *, by: Any) -> dict[str, Any]:
    subject = item.subject
    said: dict[str, Any] = {
        "subject": subject,
        "persona": item.topic.persona,
        "lang": item.topic.company.language,
        "version": subject.content_hash,
        "facts": facts_in(*([] if isinstance(subject, Topic) else [subject])),
        "paragraphs": blocks(subject.text),
        "consequence": consequence.of(
            subject,
            networks=review.networks_for(subject, organization.platforms) if subject.KIND == "article" else 0,
            zone=organization.zone,
            staff=False,
        ),
    }
    if isinstance(subject, SocialPost):
        said["preview"] = social.preview_of(subject, organization, supervises=True, token=token)
        said["threads"] = own_spots(subject, by=by)
        said["pinned"] = pinned([said["preview"]], said["threads"])
    return said


def own_spots(post: SocialPost, *, by: Any) -> list[Thread]:
    """The person's own open remarks on the post's picture: a link shows nobody else's."""
    own = [thread for thread in threads_on(post, by=by, supervises=True) if thread.yours]
    return [one for one in own if one.remark.picture and not one.older and not one.remark.resolved_at]


def mail_context(link: ReviewLink, organization: Organization, name: str) -> dict[str, Any] | None:
    """What a mail of this kind says; None where there is nothing left to say."""
    items = items_of(link)
    wanted = [item for item in items if item.mine]
    if name == "receipt":
        since = timezone.now() - UNDO
        fresh = [item for item in items if item.decision and item.decision.created_at >= since]
        return _said(link, organization, fresh) if fresh else None
    asked = _changes_asked_for(wanted)
    for item in wanted:
        item.reworked = item.subject.pk in asked
    return _said(link, organization, wanted) if wanted else None


def _changes_asked_for(items: list[Item]) -> set[Any]:
    """Of which of them changes were asked for: what waits now is what came of it."""
    ids = [item.subject.pk for item in items]
    asked = Decision.objects.filter(object_id__in=ids, outcome=Outcome.CHANGES)
    return set(asked.exclude(void_reason=VoidReason.UNDONE).values_list("object_id", flat=True))


def _said(link: ReviewLink, organization: Organization, items: list[Item]) -> dict[str, Any]:
    end = link.expires_at.astimezone(ZoneInfo(organization.zone))
    return {
        "organization": organization.name,
        "name": link.name,
        "items": items,
        "count": len(items),
        "first_day": items[0].day,
        "until": day(end.date(), weekday=True),
        "action_label": _("Review"),
    }
