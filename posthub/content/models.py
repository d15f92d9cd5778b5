"""Topics, blog posts, social posts, and every version of their text."""

import datetime
import hashlib
import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from posthub.company.models import Company
from posthub.content.fields import WallTimeField
from posthub.content.platforms import NEED_PICTURE, PLATFORMS
from posthub.core.models import Row
from posthub.lifecycle.models import Stateful
from posthub.personas.models import Persona

# Some moves lead back: a decision that is undone takes its subject to where it was.
REVIEW_MOVES: dict[str, frozenset[str]] = {
    "GENERATING": frozenset({"IN_REVIEW", "PENDING_APPROVAL", "FAILED", "CHANGES_REQUESTED", "REJECTED"}),
    "FAILED": frozenset({"GENERATING"}),
    "IN_REVIEW": frozenset({"PENDING_APPROVAL", "CHANGES_REQUESTED", "GENERATING"}),
    "PENDING_APPROVAL": frozenset({"APPROVED", "CHANGES_REQUESTED", "REJECTED", "GENERATING", "IN_REVIEW"}),
    "CHANGES_REQUESTED": frozenset({"GENERATING", "IN_REVIEW", "PENDING_APPROVAL"}),
    "REJECTED": frozenset({"GENERATING", "PENDING_APPROVAL"}),
    "APPROVED": frozenset({"PENDING_APPROVAL", "ON_HOLD"}),
    "ON_HOLD": frozenset({"APPROVED", "PENDING_APPROVAL"}),
}

# The sorts of topics a month is balanced over (posthub/content/planning.py).
THEMES = {
    "product": _("product"),
    "advice": _("advice"),
    "people": _("our people"),
    "question": _("customers' question"),
    "season": _("season"),
    "proof": _("proof"),
}


class MarketingEvent(Row):
    """A day worth writing about: a public holiday, a marketing day, or one of the client's own."""

    name = models.CharField(_("name"), max_length=120)
    date = models.DateField(_("date"))
    key = models.CharField(max_length=60, blank=True)
    own = models.BooleanField(default=True)
    # Of the calendar's own days: the client does not write about it.
    left_out = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ["date", "name"]
        constraints = [
            models.UniqueConstraint(fields=["key", "date"], condition=~Q(key=""), name="event_once")
        ]


class Topic(Stateful):
    """What will be written, by whom, for which day. `plan` is the TopicDraft as validated."""

    KIND = "topic"
    MOVES = {
        "DRAFT": frozenset({"APPROVED", "REJECTED"}),
        "REJECTED": frozenset({"DRAFT"}),
        "APPROVED": frozenset({"DRAFT"}),
    }

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="topics")
    persona = models.ForeignKey(Persona, on_delete=models.PROTECT, related_name="topics")
    event = models.ForeignKey(
        MarketingEvent, null=True, blank=True, on_delete=models.SET_NULL, related_name="topics"
    )
    month = models.CharField(max_length=7)  # "2026-12"
    date = models.DateField(_("goes out"))
    title = models.CharField(_("title"), max_length=110)
    angle = models.CharField(_("angle"), max_length=300)
    theme = models.CharField(max_length=60, blank=True)
    funnel_stage = models.CharField(max_length=20)
    plan = models.JSONField()
    similar_to = models.CharField(max_length=110, blank=True)
    reason = models.CharField(_("why not"), max_length=500, blank=True)

    class Meta:
        ordering = ["date", "created_at"]
        indexes = [models.Index(fields=["month", "state"], name="topic_of_month")]

    @property
    def theme_name(self) -> str:
        return str(THEMES.get(self.theme, self.theme))

    def __str__(self) -> str:
        return self.title

    @property
    def content_hash(self) -> str:
        return content_hash([self.title, self.angle, self.persona_id, self.date])

    @property
    def text(self) -> str:
        return self.angle

    @property
    def due_on(self) -> Any:
        return self.date


class BlogPost(Stateful):
    """An article. The words, and the SEO data beside them, are in its versions."""

    KIND = "article"
    MOVES = REVIEW_MOVES

    topic = models.OneToOneField(Topic, on_delete=models.PROTECT, related_name="blog_post")
    version = models.ForeignKey("Version", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["topic__date", "created_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.version.title if self.version else self.topic.title

    @property
    def text(self) -> str:
        return self.version.text if self.version else ""

    @property
    def content_hash(self) -> str:
        return self.version.content_hash if self.version else ""

    @property
    def due_on(self) -> Any:
        return self.topic.date


class SocialPost(Stateful):
    """A post for one network. `scheduled_at` is UTC; `wall` the clock time people meant, in `zone`."""

    KIND = "post"
    MOVES = {
        **REVIEW_MOVES,
        "APPROVED": frozenset({"SCHEDULED", "PENDING_APPROVAL", "ON_HOLD"}),
        "SCHEDULED": frozenset({"APPROVED", "PENDING_APPROVAL", "ON_HOLD", "DELIVERING"}),
        "DELIVERING": frozenset({"DELIVERED", "FAILED"}),
        "DELIVERED": frozenset(),
    }

    blog_post = models.ForeignKey(BlogPost, on_delete=models.PROTECT, related_name="social_posts")
    platform = models.CharField(_("network"), max_length=12)
    version = models.ForeignKey("Version", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scheduled_at = models.DateTimeField(_("goes out"))
    wall = WallTimeField()
    zone = models.CharField(max_length=40)
    # Held for a slot that would stay empty: good at any time.
    reserve = models.BooleanField(default=False, db_default=False)
    # The slot before which nobody had decided, once people were told of it.
    missed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Of the picture or film that is shown, with what is said of it; kept true by a trigger on content_media.
    media_hash = models.CharField(max_length=64, blank=True, default="", db_default="", editable=False)

    class Meta:
        ordering = ["scheduled_at", "platform"]
        constraints = [models.UniqueConstraint(fields=["blog_post", "platform"], name="one_post_a_network")]
        indexes = [models.Index(fields=["scheduled_at"], name="post_by_time")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.blog_post.title

    @property
    def text(self) -> str:
        return self.version.text if self.version else ""

    @property
    def lacks_picture(self) -> bool:
        """Its network takes nothing without a picture or film, and none goes with it yet."""
        return self.platform in NEED_PICTURE and not self.media_hash

    @property
    def content_hash(self) -> str:
        return self.hash_at(self.scheduled_at)

    def hash_of(self, version: "Version") -> str:
        """What a decision on another text of this post was bound to, all else being as it is."""
        return post_hash(version.content_hash, self.platform, self.scheduled_at, media=self.media_hash)

    def hash_at(self, moment: datetime.datetime) -> str:
        """What a decision on this post is bound to if it goes out at `moment`."""
        words = self.version.content_hash if self.version else ""
        return post_hash(words, self.platform, moment, media=self.media_hash)

    @property
    def due_on(self) -> Any:
        return self.scheduled_at


class Version(Row):
    """One text of one article or post; never changed once written.

    `extra` is what belongs to the text beside its words: SEO data and outline of an article, hashtags,
    hook and link mode of a post, `claims` (posthub.content.claims) and `findings` of the checks.
    """

    blog_post = models.ForeignKey(
        BlogPost, null=True, blank=True, on_delete=models.CASCADE, related_name="versions"
    )
    social_post = models.ForeignKey(
        SocialPost, null=True, blank=True, on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=110)
    text = models.TextField(_("text"))
    extra = models.JSONField(default=dict)
    made_by = models.CharField(max_length=10, choices=[("ai", _("AI")), ("person", _("A person"))])
    author_id = models.UUIDField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    prompt = models.CharField(max_length=80, blank=True)
    content_hash = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(blog_post__isnull=False, social_post__isnull=True)
                | Q(blog_post__isnull=True, social_post__isnull=False),
                name="version_of_one_thing",
            ),
            models.UniqueConstraint(fields=["blog_post", "number"], name="article_version_once"),
            models.UniqueConstraint(fields=["social_post", "number"], name="post_version_once"),
        ]


class Picture(Row):
    """A picture that people gave, as it was made anew when it came in. Posts show a part of it (`Media.picture`).

    `focal_x` and `focal_y` are what must stay in sight, in per cent from the left and the top.
    """

    name = models.CharField(_("name"), max_length=120)
    file = models.FileField(max_length=300)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt_text = models.CharField(_("what it shows"), max_length=300, blank=True)
    focal_x = models.PositiveSmallIntegerField(default=50)
    focal_y = models.PositiveSmallIntegerField(default=50)
    generated = models.BooleanField(default=False)
    content_hash = models.CharField(max_length=64, unique=True)
    by_id = models.UUIDField()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def needs_words(self) -> bool:
        return not self.alt_text


class Media(Row):
    """A picture or film of a post, and where it came from; the file lies in the organization's own folder.

    `generated` is the mark that a machine made it; it stays with the row, and in the picture's own data.
    """

    social_post = models.ForeignKey(SocialPost, on_delete=models.CASCADE, related_name="media")
    version_number = models.PositiveIntegerField()
    kind = models.CharField(max_length=5, choices=[("image", _("picture")), ("video", _("film"))])
    file = models.FileField(max_length=300)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    seconds = models.PositiveSmallIntegerField(default=0)
    alt_text = models.CharField(_("alt text"), max_length=300)
    generated = models.BooleanField(default=True)
    provider = models.CharField(max_length=40, blank=True)
    model = models.CharField(max_length=80, blank=True)
    prompt_name = models.CharField(max_length=60, blank=True)
    prompt_version = models.PositiveSmallIntegerField(default=1)
    prompt = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64)
    picture = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="media"
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(alt_text=""), name="media_says_what_it_shows"),
            models.UniqueConstraint(
                fields=["social_post", "version_number", "kind"], name="media_once_a_version"
            ),
        ]

    @property
    def network(self) -> str:
        return PLATFORMS[self.social_post.platform].name


def content_hash(parts: Any) -> str:
    """SHA-256 over the parts as canonical JSON, hex."""
    return hashlib.sha256(
        json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str).encode()
    ).hexdigest()


def post_hash(words: str, platform: str, moment: datetime.datetime, *, media: str = "") -> str:
    """Text, network, second of going out, picture; the trigger in approvals/migrations computes the same in SQL."""
    at = moment.astimezone(datetime.UTC).replace(microsecond=0)
    return content_hash([words, platform, at.isoformat(), *([media] if media else [])])


def media_hash(file_hash: str, alt_text: str) -> str:
    """Of a picture as people see it and hear of it; a trigger on content_media computes the same in SQL."""
    return hashlib.sha256(f"{file_hash}\n{alt_text}".encode()).hexdigest()


def version_hash(title: str, text: str, extra: dict[str, Any]) -> str:
    """What a decision is bound to: the words people see, not what the checks said of them."""
    return content_hash([title, text, shown_of(extra)])


def shown_of(extra: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in extra.items() if key not in {"claims", "findings"}}
