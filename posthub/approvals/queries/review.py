"""What stands beside a text while somebody decides on it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from posthub.accounts.models import User
from posthub.approvals.models import Comment, Decision, Reviewer
from posthub.billing.queries import of_plan
from posthub.content.diff import Change, Segment, changes, difference
from posthub.content.models import BlogPost, SocialPost, Topic, Version
from posthub.content.queries import newest_media, versions_of
from posthub.core.database import connection
from posthub.jobs.models import Job, JobState
from posthub.lifecycle.models import StateChange

Subject = Topic | BlogPost | SocialPost
VERSIONS_SHOWN = 12
WITH: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "topic": (Topic, ("persona", "company", "event")),
    "article": (BlogPost, ("topic__persona", "topic__company", "version")),
    "post": (
        SocialPost,
        ("blog_post__topic__persona", "blog_post__topic__company", "blog_post__version", "version"),
    ),
}

OF_PLAN = {"article": ["platforms"], "post": ["images", "video"]}


def subjects(kind: str) -> QuerySet[Any]:
    """All of a kind, each with what a page about it shows, of the plan too: networks, pictures and videos."""
    said = {field: of_plan(field, schema_name=connection.schema_name) for field in OF_PLAN.get(kind, ())}
    model, related = WITH[kind]
    plan = {f"plan_{field}": value for field, value in said.items()}
    rows: QuerySet[Any] = model.objects.select_related(*related).annotate(**plan)
    return rows.annotate(shown_media=newest_media()) if kind == SocialPost.KIND else rows


def networks_for(article: Any, chosen: list[str]) -> int:
    """To how many networks an article of `subjects` goes: those chosen, as many as the plan allows."""
    allowed: int = article.plan_platforms
    return min(len(chosen), allowed)


def topic_of(subject: Subject) -> Topic:
    if isinstance(subject, Topic):
        return subject
    return subject.topic if isinstance(subject, BlogPost) else subject.blog_post.topic


def article_of(subject: Subject) -> BlogPost | None:
    if isinstance(subject, SocialPost):
        return subject.blog_post
    return subject if isinstance(subject, BlogPost) else None


def posts_of(article: BlogPost) -> list[SocialPost]:
    return list(subjects("post").filter(blog_post=article).order_by("scheduled_at", "platform"))


def recent_versions(subject: Subject) -> list[Version]:
    """The newest first, without what the checks said."""
    if isinstance(subject, Topic):
        return []
    if subject.version is None or subject.version.number == 1:
        return [subject.version] if subject.version else []
    return list(versions_of(subject).defer("extra").order_by("-number")[:VERSIONS_SHOWN])


def decisions_on(subject: Subject, *, and_of: User, since: datetime.datetime) -> list[Decision]:
    """The decisions on this thing, and those the person made on anything since; the newest first."""
    mine = Q(by_id=and_of.pk, created_at__gte=since)
    return list(
        Decision.objects.filter(Q(kind=subject.KIND, object_id=subject.pk) | mine).order_by("-created_at")
    )


def last_look(
    versions: list[Version], decisions: Iterable[Decision], comments: Iterable[Comment], by: User
) -> Version | None:
    """The text this person last decided on, wrote or remarked on, where it is not the current one."""
    if not versions:
        return None
    moments = [decision.created_at for decision in decisions if decision.by_id == by.pk]
    numbers = [version.number for version in versions if version.author_id == by.pk]
    numbers += [remark.version_number for remark in comments if remark.by_id == by.pk]
    numbers += [version.number for version in versions if moments and version.created_at <= max(moments)]
    seen = max(numbers, default=versions[0].number)
    return next((version for version in versions if version.number == seen < versions[0].number), None)


@dataclass(frozen=True, slots=True)
class Since:
    """What is new since somebody last looked."""

    version: Version
    segments: list[Segment]
    changes: list[Change]


def since(before: Version | None, now: Version | None) -> Since | None:
    if before is None or now is None:
        return None
    return Since(before, difference(before.text, now.text), changes(before.text, now.text))


def version_as_seen(subject: Subject, seen: str) -> Version | None:
    """The version whose hash a form carried, None where only the time moved or it is none of ours."""
    if isinstance(subject, Topic):
        return None
    for version in versions_of(subject).order_by("-number")[:VERSIONS_SHOWN]:
        known = version.content_hash
        if isinstance(subject, SocialPost):
            known = subject.hash_of(version)
        if known == seen:
            return version
    return None


@dataclass(frozen=True, slots=True)
class LastMove:
    who: str
    state: str
    at: datetime.datetime


def last_move(subject: Subject) -> LastMove | None:
    """Who moved it last and where to; "" for the machine."""
    change = StateChange.objects.filter(kind=subject.KIND, object_id=subject.pk).order_by("-at").first()
    if change is None:
        return None
    return LastMove(_name_of(change.by_id) if change.by_id else "", change.after, change.at)


def decided_in(batch: UUID, *, by: User) -> bool:
    """Whether this person's press of a button, which `batch` stands for, has done its work already."""
    return Decision.objects.filter(batch=batch, by_id=by.pk, voided_at=None).exists()


def _name_of(person_id: UUID) -> str:
    person = User.objects.filter(pk=person_id).first() or Reviewer.objects.filter(pk=person_id).first()
    return str(person) if person else ""


def job_on(url: str, schema_name: str) -> Job | None:
    """The work under way whose result will stand at `url`."""
    running = Job.objects.filter(
        schema_name=schema_name, result_url=url, state__in=[JobState.QUEUED, JobState.RUNNING]
    )
    return running.defer("answers", "payload", "detail").order_by("-created_at").first()


def start_of_today() -> datetime.datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
