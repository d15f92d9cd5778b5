"""Reads over content: versions of a text, and topics, articles and posts in one list."""

import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, DateTimeField, F, Q, QuerySet, TextField, UUIDField, Value
from django.db.models.functions import Cast, Coalesce, Substr

from posthub.content.models import BlogPost, SocialPost, Topic, Version

MODELS: dict[str, type[Topic] | type[BlogPost] | type[SocialPost]] = {
    "topic": Topic,
    "article": BlogPost,
    "post": SocialPost,
}
EXCERPT = 420


class Line(NamedTuple):
    """A topic, an article or a post as one line of a list. `due` is a moment; midnight UTC where only the day is known."""

    kind: str
    pk: UUID
    topic_id: UUID
    article_id: UUID | None
    title: str
    month: str
    due: datetime.datetime
    persona_id: UUID
    persona: str
    state: str
    since: datetime.datetime
    platform: str
    excerpt: str

    @property
    def day(self) -> datetime.date:
        return self.due.date()


def versions_of(subject: BlogPost | SocialPost) -> QuerySet[Version]:
    """All texts there were, the oldest first."""
    return subject.versions.all()


COLUMNS = (
    "row_kind", "pk", "row_topic", "row_article", "row_title", "row_month", "row_due", "row_persona", "row_voice",
    "state", "state_since", "row_platform", "row_excerpt",
)  # fmt: skip


def lines(
    *, topics: Q | None = None, articles: Q | None = None, posts: Q | None = None, newest_first: bool = False
) -> list[Line]:
    """What fits the conditions, by date, in one statement. A kind without a condition is left out."""
    parts = []
    if topics is not None:
        parts.append(_topics(topics))
    if articles is not None:
        parts.append(_articles(articles))
    if posts is not None:
        parts.append(_posts(posts))
    if not parts:
        return []
    whole = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    order = ["-state_since", "pk"] if newest_first else ["row_due", "row_title", "row_platform"]
    return [Line(*row) for row in whole.order_by(*order)]


def _topics(condition: Q) -> QuerySet[Any, Any]:
    return _columns(
        Topic.objects.filter(condition),
        kind="topic",
        topic="",
        row_article=Value(None, UUIDField(null=True)),
        row_title=_text("title"),
        row_due=Cast("date", DateTimeField()),
        row_platform=Value("", CharField()),
        row_excerpt=_text("angle"),
    )


def _articles(condition: Q) -> QuerySet[Any, Any]:
    return _columns(
        BlogPost.objects.filter(condition),
        kind="article",
        topic="topic__",
        row_article=F("pk"),
        row_title=Coalesce(_text("version__title"), _text("topic__title")),
        row_due=Cast("topic__date", DateTimeField()),
        row_platform=Value("", CharField()),
        row_excerpt=_beginning(),
    )


def _posts(condition: Q) -> QuerySet[Any, Any]:
    return _columns(
        SocialPost.objects.filter(condition),
        kind="post",
        topic="blog_post__topic__",
        row_article=F("blog_post_id"),
        row_title=Coalesce(_text("blog_post__version__title"), _text("blog_post__topic__title")),
        row_due=F("scheduled_at"),
        row_platform=_text("platform"),
        row_excerpt=_beginning(),
    )


def _columns(rows: QuerySet[Any], *, kind: str, topic: str, **own: Any) -> QuerySet[Any, Any]:
    """The same columns of each kind; `topic` is the way to the topic."""
    return (
        rows.order_by()
        .annotate(
            row_kind=Value(kind, CharField()),
            row_topic=F(f"{topic}pk"),
            row_month=_text(f"{topic}month"),
            row_persona=F(f"{topic}persona_id"),
            row_voice=_text(f"{topic}persona__name"),
            **own,
        )
        .values_list(*COLUMNS)
    )


def _text(name: str) -> Any:
    return Cast(name, TextField())


def _beginning() -> Any:
    return Coalesce(Substr("version__text", 1, EXCERPT), Value(""), output_field=TextField())
