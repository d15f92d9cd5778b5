"""Reads over content: versions of a text, and topics, articles and posts in one list."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateTimeField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, JSONObject, Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.content.models import BlogPost, Media, SocialPost, Topic, Version
from posthub.content.platforms import NEED_PICTURE, PLATFORMS
from posthub.content.policies import can_decide, can_edit
from posthub.jobs.models import Job
from posthub.jobs.queries import running_jobs, task_of

EXCERPT = 420
NOBODY = str(UUID(int=0))
# Posts that their network would not take as they are.
LACKS_PICTURE = Q(platform__in=sorted(NEED_PICTURE), media_hash="")


class Line(NamedTuple):
    """A topic, an article or a post as one line; `due` is midnight UTC where only the day is known."""

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
    lacks_picture: bool = False
    until: datetime.datetime | None = None

    @property
    def day(self) -> datetime.date:
        """On the clocks that are active; a topic and an article have a day and no moment."""
        return timezone.localtime(self.due).date() if self.kind == "post" else self.due.date()

    @property
    def url(self) -> str:
        return review_address(self.kind, self.pk)

    @property
    def kind_name(self) -> str:
        return {"topic": _("Topic"), "article": _("Article"), "post": _("Social post")}[self.kind]

    @property
    def network(self) -> str:
        """Of a post, as people call it; "" of what is none."""
        return PLATFORMS[self.platform].name if self.platform else ""


@cache
def _address(kind: str) -> str:
    return reverse("approvals:review", urlconf="posthub.urls.tenant", args=[kind, UUID(int=0)])


def review_address(kind: str, pk: UUID) -> str:
    """As `reverse` says it, without asking it for each of hundreds."""
    return _address(kind).replace(NOBODY, str(pk))


def versions_of(subject: BlogPost | SocialPost) -> QuerySet[Version]:
    """All texts there were, the oldest first."""
    return subject.versions.all()


COLUMNS = (
    "row_kind", "pk", "row_topic", "row_article", "row_title", "row_month", "row_due", "row_persona", "row_voice",
    "state", "state_since", "row_platform", "row_excerpt", "row_bare", "row_until",
)  # fmt: skip


NEVER = Value(None, DateTimeField(null=True))
NO_WORDS = Value("", TextField())


def lines(
    *,
    topics: Q | None = None,
    articles: Q | None = None,
    posts: Q | None = None,
    newest_first: bool = False,
    until: Any = NEVER,
) -> list[Line]:
    """What fits the conditions, by date, in one statement, without the beginnings of the texts. A kind without a
    condition is left out.
    """
    whole = lines_query(topics=topics, articles=articles, posts=posts, newest_first=newest_first, until=until)
    return [] if whole is None else [Line(*row) for row in whole]


def lines_query(
    *,
    topics: Q | None = None,
    articles: Q | None = None,
    posts: Q | None = None,
    newest_first: bool = False,
    until: Any = NEVER,
) -> QuerySet[Any, Any] | None:
    """What `lines` asks. `until` is an expression over each row: a moment that whoever asks keeps about it."""
    whole = _together(topics, articles, posts, until=until)
    if whole is None:
        return None
    order = ["-state_since", "pk"] if newest_first else ["row_due", "row_title", "row_platform"]
    return whole.order_by(*order)


def page_of_lines(
    number: str | None,
    size: int,
    *,
    topics: Q | None = None,
    articles: Q | None = None,
    posts: Q | None = None,
) -> Page[Line]:
    """A page of what fits the conditions, what goes out last first. Two statements."""
    whole = _together(topics, articles, posts, beginnings=True)
    rows: Any = [] if whole is None else whole.order_by("-row_due", "row_title", "row_platform", "pk")
    page = Paginator(rows, size).get_page(number)
    page.object_list = [Line(*row) for row in page.object_list]
    return page


def beginning_of(line: Line) -> str:
    """The first words of what a line stands for."""
    named = Q(pk=line.pk)
    whole = _together(
        named if line.kind == "topic" else None,
        named if line.kind == "article" else None,
        named if line.kind == "post" else None,
        beginnings=True,
    )
    assert whole is not None
    return str(whole.values_list("row_excerpt", flat=True).get())


def _together(
    topics: Q | None, articles: Q | None, posts: Q | None, *, until: Any = NEVER, beginnings: bool = False
) -> QuerySet[Any, Any] | None:
    parts: list[QuerySet[Any, Any]] = []
    if topics is not None:
        parts.append(_topics(topics))
    if articles is not None:
        parts.append(_articles(articles))
    if posts is not None:
        parts.append(_posts(posts))
    if not parts:
        return None
    parts = [
        part.annotate(
            row_excerpt=_beginning(part.model) if beginnings else NO_WORDS, row_until=until
        ).values_list(*COLUMNS)
        for part in parts
    ]
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def _topics(condition: Q) -> QuerySet[Any, Any]:
    return _columns(
        Topic.objects.filter(condition),
        kind="topic",
        topic="",
        row_article=Value(None, UUIDField(null=True)),
        row_title=_text("title"),
        row_due=Cast("date", DateTimeField()),
        row_platform=Value("", CharField()),
        row_bare=Value(False),
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
        row_bare=Value(False),
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
        row_bare=Case(When(LACKS_PICTURE, then=True), default=False, output_field=BooleanField()),
    )


def _columns(rows: QuerySet[Any], *, kind: str, topic: str, **own: Any) -> QuerySet[Any, Any]:
    """The same columns of each kind; `topic` is the way to the topic."""
    columns: QuerySet[Any, Any] = rows.order_by().annotate(
        row_kind=Value(kind, CharField()),
        row_topic=F(f"{topic}pk"),
        row_month=_text(f"{topic}month"),
        row_persona=F(f"{topic}persona_id"),
        row_voice=_text(f"{topic}persona__name"),
        **own,
    )
    return columns


def _text(name: str) -> Any:
    return Cast(name, TextField())


def _beginning(model: Any) -> Any:
    if model is Topic:
        return _text("angle")
    return Coalesce(Substr("version__text", 1, EXCERPT), Value(""), output_field=TextField())


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic in the month's list: what may be done with it, and what became of it."""

    topic: Topic
    can_decide: bool
    can_edit: bool
    article: BlogPost | None
    job: Job | None

    @property
    def task(self) -> Any:
        """The job as the progress fragment shows it."""
        return task_of(self.job) if self.job else None

    @property
    def selector(self) -> str:
        return f"#topic-{self.topic.pk}"

    @property
    def reason_id(self) -> str:
        return f"reason-{self.topic.pk}"

    @property
    def shown(self) -> str:
        """The words as the form shows them; topics keep no versions to compare with."""
        return f"{self.topic.title}\n\n{self.topic.angle}\n\n{self.topic.date.isoformat()}"


def topic_rows(topics: QuerySet[Topic], *, jobs: Mapping[str, Job], supervises: bool) -> list[TopicRow]:
    """The topics with their articles and, of the running `jobs` by address, the work on them. One statement."""
    found = topics.select_related("persona", "event", "company", "blog_post")
    return [
        TopicRow(
            topic,
            can_decide=can_decide(topic, supervises=supervises),
            can_edit=can_edit(topic, supervises=supervises),
            article=article,
            job=jobs.get(_review_url(article)) if article else None,
        )
        for topic, article in ((topic, getattr(topic, "blog_post", None)) for topic in found)
    ]


def jobs_by_address(schema_name: str) -> dict[str, Job]:
    """The work under way, by where its result will stand."""
    return {job.result_url: job for job in running_jobs(schema_name, most=100)}


def post_line(pk: UUID) -> Line:
    """One social post as a line of a list."""
    return lines(posts=Q(pk=pk))[0]


def _review_url(subject: BlogPost) -> str:
    return review_address(subject.KIND, subject.pk)


def next_planned_day(today: datetime.date) -> datetime.date | None:
    """The day of the first topic from today on that was not refused."""
    coming = Topic.objects.filter(date__gte=today).exclude(state="REJECTED").order_by("date")
    return coming.values_list("date", flat=True).first()


def newest_media() -> Subquery:
    """A post's picture or film, {"id", "kind", "alt", "provider"}, as a part of somebody's statement."""
    shown = JSONObject(id="id", kind="kind", alt="alt_text", provider="provider")
    of_post = Media.objects.filter(social_post=OuterRef("pk")).order_by("-version_number", "-created_at")
    return Subquery(of_post.values(shown=shown)[:1])
