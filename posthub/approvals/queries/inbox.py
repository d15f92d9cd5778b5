"""Who has the ball: the open things of an organization, the social posts of one article as one."""

import datetime
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from posthub.accounts.models import User
from posthub.approvals.models import Decision, Look
from posthub.approvals.queries.quorum import waits_for_others
from posthub.approvals.queries.remarks import visible_to
from posthub.content.models import content_hash
from posthub.content.policies import CLIENT_STAGE, STAFF_STAGE
from posthub.content.queries import Line, lines, lines_query, review_address
from posthub.core.prepared import Prepared
from posthub.organizations.models import Organization
from posthub.worklist.models import WaitsOn
from posthub.worklist.queries import waiting_count

OPEN_TEXT = ["GENERATING", "FAILED", "IN_REVIEW", "PENDING_APPROVAL", "CHANGES_REQUESTED"]
KIND_NAMES: dict[str, str | Promise] = {
    "topic": _("Topic"),
    "article": _("Article"),
    "post": _("Social posts"),
}
KIND_ORDER = {"topic": 0, "article": 1, "post": 2}
NETWORKS = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "linkedin": "LinkedIn",
    "x": "X",
    "tiktok": "TikTok",
}


def key_of(kind: str, pk: UUID, article_id: UUID | None) -> tuple[str, UUID]:
    """What is decided together has one key: the social posts of an article."""
    return (kind, article_id) if kind == "post" and article_id else (kind, pk)


def key_of_subject(subject: Any) -> tuple[str, UUID]:
    return key_of(subject.KIND, subject.pk, getattr(subject, "blog_post_id", None))


def _place(line: Line) -> tuple[str, datetime.date, int, str]:
    """By batch, then date, then the way a post goes."""
    return line.month, line.day, KIND_ORDER[line.kind], line.title


@dataclass(slots=True)
class Entry:
    """One thing somebody has the ball of. `ball` is you, others, machine or late."""

    line: Line
    ball: str
    platforms: list[str] = field(default_factory=list)
    pks: list[UUID] = field(default_factory=list)
    comments: int = 0
    current: bool = False
    slow: bool = False  # at the client's pace it will not be through in time

    @property
    def url(self) -> str:
        return review_address(self.line.kind, self.line.pk)

    @property
    def key(self) -> tuple[str, UUID]:
        return key_of(self.line.kind, self.line.pk, self.line.article_id)

    @property
    def choice(self) -> str:
        """How a form names it."""
        return f"{self.line.kind}:{self.line.pk}"

    @property
    def kind_name(self) -> str | Promise:
        return KIND_NAMES[self.line.kind]

    @property
    def networks(self) -> str:
        return ", ".join(NETWORKS[platform] for platform in self.platforms)


@dataclass(frozen=True, slots=True)
class Queue:
    mine: list[Entry]
    others: list[Entry]
    snoozed: list[Entry] = field(default_factory=list)

    def around(self, subject: Any) -> tuple[Entry | None, Entry | None]:
        """The thing before `subject` in the person's list and the one after it."""
        keys = [entry.key for entry in self.mine]
        key = key_of_subject(subject)
        if key not in keys:
            return None, self.after(subject)
        at = keys.index(key)
        return self.mine[at - 1] if at else None, self.mine[at + 1] if at + 1 < len(keys) else None

    def near(self, subject: Any, size: int) -> list[Entry]:
        """At most `size` of the person's things, `subject` among them where it is one."""
        at = next((n for n, entry in enumerate(self.mine) if entry.key == key_of_subject(subject)), 0)
        start = max(0, min(at - size // 2, len(self.mine) - size))
        return self.mine[start : start + size]

    def after(self, subject: Any) -> Entry | None:
        """The next thing that waits for me behind `subject`, else the first one."""
        topic = (
            subject if subject.KIND == "topic" else getattr(subject, "topic", None) or subject.blog_post.topic
        )
        due = subject.due_on
        day = timezone.localtime(due).date() if isinstance(due, datetime.datetime) else due
        here = (topic.month, day, KIND_ORDER[subject.KIND], subject.title)
        rest = [entry for entry in self.mine if entry.key != key_of_subject(subject)]
        return next((entry for entry in rest if _place(entry.line) > here), rest[0] if rest else None)

    @property
    def oldest(self) -> datetime.datetime | None:
        return min((entry.line.since for entry in self.mine), default=None)


def open_lines(*, of: User, and_also: Iterable[UUID] = ()) -> list[Line]:
    """Everything that waits for somebody, and the things named besides; with until when `of` put it off."""
    named = {f"named{number}": pk for number, pk in enumerate(and_also)}
    rows = _open_lines(len(named)).rows(user=of.pk, now=timezone.now(), **named)
    return [Line(*row) for row in rows]


@lru_cache(32)
def _open_lines(_names: int) -> Prepared:
    """With so many things named besides."""

    def build(user: UUID, now: datetime.datetime, **named: UUID) -> Any:
        besides = Q(pk__in=list(named.values()))
        text = Q(state__in=OPEN_TEXT) | besides
        until = put_off_by(user, now)
        return lines_query(topics=Q(state="DRAFT") | besides, articles=text, posts=text, until=until)

    return Prepared(build)


def queue_of(
    rows: Iterable[Line],
    *,
    supervises: bool,
    agreed: Set[UUID] = frozenset(),
) -> Queue:
    """Open lines shared out between this side and the other, by batch and date.

    `agreed` is what this person said yes to already and somebody else has still to.
    """
    mine_states = CLIENT_STAGE if supervises else STAFF_STAGE | {"FAILED"}
    mine: dict[tuple[str, UUID, str], Entry] = {}
    others: dict[tuple[str, UUID, str], Entry] = {}
    today = timezone.localdate()
    waiting = [line for line in rows if line.state in {"DRAFT", *OPEN_TEXT}]
    for line in sorted(waiting, key=_place):
        is_mine = line.state in mine_states and line.pk not in agreed
        side = mine if is_mine else others
        key = (*key_of(line.kind, line.pk, line.article_id), line.state)
        entry = side.setdefault(key, Entry(line, _ball(line, is_mine, today)))
        entry.pks.append(line.pk)
        if line.platform:
            entry.platforms.append(line.platform)
    wanted = [entry for entry in mine.values() if entry.line.until is None]
    snoozed = [entry for entry in mine.values() if entry.line.until]
    return Queue(wanted, list(others.values()), snoozed)


def queue_for(user: User, rows: Iterable[Line], *, rules: Organization, supervises: bool) -> Queue:
    """The queue as this person sees it."""
    agreed = waits_for_others(user, rules=rules)
    return queue_of(rows, supervises=supervises, agreed=agreed)


def waiting_for(user: User, *, rules: Organization, supervises: bool) -> int:
    """How many things stand in this person's queue, without fetching them."""
    put_off = Look.objects.filter(by_id=user.pk, snoozed_until__gt=timezone.now()).values("object_id")
    side = WaitsOn.CLIENT if supervises else WaitsOn.STAFF
    agreed = waits_for_others(user, rules=rules)
    return waiting_count(rules.pk, side, without=[put_off, agreed])


def put_off_by(user: UUID, now: datetime.datetime) -> Subquery:
    """Until when the person put a line off; what is over is not put off any more."""
    looks = Look.objects.filter(by_id=user, object_id=OuterRef("pk"), snoozed_until__gt=now)
    return Subquery(looks.values("snoozed_until")[:1])


def _ball(line: Line, is_mine: bool, today: datetime.date) -> str:
    if line.state == "FAILED" or line.day < today:
        return "late"
    if is_mine:
        return "you"
    return "machine" if line.state == "GENERATING" else "others"


def only(entries: list[Entry], *, kind: str = "", persona: str = "") -> list[Entry]:
    return [
        entry
        for entry in entries
        if (not kind or entry.line.kind == kind) and (not persona or str(entry.line.persona_id) == persona)
    ]


class Batch(NamedTuple):
    """The things of one month; `size` counts those too that are not shown."""

    month: str
    entries: list[Entry]
    size: int


def in_batches(shown: Iterable[Entry], *, of: Iterable[Entry]) -> list[Batch]:
    """What is shown `of` the whole list, in the order given."""
    sizes = Counter(entry.line.month for entry in of)
    months = groupby(shown, key=lambda entry: entry.line.month)
    return [Batch(month, list(group), sizes[month]) for month, group in months]


def digest_of(batches: Iterable[Batch], queue: Queue) -> str:
    """A short mark of what is shown, the same as long as nobody would see a difference."""
    shown = [
        (entry.line.pk, entry.line.state, entry.line.title, entry.networks, entry.comments)
        for batch in batches
        for entry in batch.entries
    ]
    return content_hash([shown, len(queue.mine), len(queue.others)])[:16]


def count_comments(entries: list[Entry], *, by: User, supervises: bool) -> None:
    """Write into each entry how many open talks it has that this person sees. One statement."""
    open_comments = visible_to(by, supervises=supervises).filter(
        object_id__in=[entry.line.pk for entry in entries], resolved_at=None, answers=None
    )
    rows = open_comments.order_by().values_list("object_id").annotate(count=Count("id"))
    by_id: dict[UUID, int] = dict(rows)
    for entry in entries:
        entry.comments = by_id.get(entry.line.pk, 0)


def with_titles(decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    """Decisions with what they were about, one statement for all kinds."""
    decisions = list(decisions)
    ids: dict[str, list[UUID]] = {"topic": [], "article": [], "post": []}
    for decision in decisions:
        ids[decision.kind].append(decision.object_id)
    wanted = {kind: Q(pk__in=pks) if pks else None for kind, pks in ids.items()}
    named = lines(topics=wanted["topic"], articles=wanted["article"], posts=wanted["post"])
    found = {line.pk: line for line in named}
    return [
        {
            "decision": decision,
            "line": found[decision.object_id],
            "url": review_address(decision.kind, decision.object_id),
            "network": NETWORKS.get(found[decision.object_id].platform, ""),
            "kind_name": KIND_NAMES[decision.kind],
        }
        for decision in decisions
        if decision.object_id in found
    ]


def mark_current(queue: Queue, subject: Any) -> None:
    key = key_of_subject(subject)
    for entry in (*queue.mine, *queue.others):
        entry.current = entry.key == key


def finished(rows: Iterable[Line], decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    """What the person decided, newest first, each thing once (the posts of an article are one)."""
    by_id = {line.pk: line for line in rows}
    things: dict[tuple[str, UUID], dict[str, Any]] = {}
    for decision in decisions:
        line = by_id.get(decision.object_id)
        if line is not None:
            url = review_address(line.kind, line.pk)
            key = key_of(line.kind, line.pk, line.article_id)
            things.setdefault(key, {"line": line, "decision": decision, "url": url})
    return list(things.values())
