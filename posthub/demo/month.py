"""The demo's month: every state there is, brought about by the operations people have.

Each step asks the history first whether it was done, so that an interrupted start goes on where it stopped
and what somebody did since is left alone.
"""

import contextlib
import re
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from posthub.accounts.models import User
from posthub.approvals import operations
from posthub.company.models import DnaPoint
from posthub.company.operations import fill_point
from posthub.company.queries import current_dna
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.operations import holding
from posthub.content.operations.topics import edit_topic
from posthub.content.policies import CLIENT_STAGE
from posthub.core.errors import PostHubError
from posthub.lifecycle.models import StateChange
from posthub.organizations.models import Organization, StaffStage
from posthub.organizations.operations import change_settings

# What becomes of the topics, counted by date; the other ones are left for the newcomer to decide.
REJECTED_TOPICS = (2, 3)
MIXED, HELD, REWRITTEN, REJECTED, LEFT_TO_TEAM, POSTS_CHECKED = 4, 5, 6, 7, 8, 9
CHECKED, FAILED = 10, 11
LEAST_LETTERS = 4  # a shorter word of a title is too common to be one that a company avoids


@dataclass(frozen=True)
class Month:
    """`wait` returns once the workers have done all jobs of a task, however they ended.

    `scheduled` and `waiting` are the topics whose posts are approved, and whose article waits for the client.
    """

    client: User
    organization: Organization
    wait: Callable[[str], None]
    scheduled: tuple[int, ...] = (0, 1)
    waiting: tuple[int, ...] = (12, 13)

    def write_articles(self) -> None:
        topics = self._topics()
        for place in REJECTED_TOPICS:
            reason = _("We wrote about this not long ago.")
            self._once(topics[place], "REJECTED", partial(operations.reject, reason=reason))
        decided = (MIXED, HELD, REWRITTEN, REJECTED, LEFT_TO_TEAM, POSTS_CHECKED)
        for place in (*self.scheduled, *decided, *self.waiting):
            self._once(topics[place], "APPROVED", operations.approve)
        self.wait("content.write_article")

    def decide_articles(self) -> None:
        articles = self._articles()
        for place in (*self.scheduled, MIXED, HELD):
            self._once(articles[place], "APPROVED", operations.approve)
        shorter = partial(
            operations.request_changes, stage=CLIENT_STAGE, text=_("Please shorten the beginning.")
        )
        self._once(articles[REWRITTEN], "CHANGES_REQUESTED", shorter)
        wrong = partial(operations.reject, reason=_("We do not want to open this subject now."))
        self._once(articles[REJECTED], "REJECTED", wrong)
        by_hand = _("The prices are about to change. Please ask our shop before you mention any.")
        ask = partial(operations.request_changes, stage=CLIENT_STAGE, text=by_hand, by_team=True)
        self._once(articles[LEFT_TO_TEAM], "CHANGES_REQUESTED", ask)
        self.wait("content.write_post")
        self.wait("content.rewrite")

    def decide_posts(self) -> None:
        articles = self._articles()
        for place in (*self.scheduled, HELD):
            for post in articles[place].social_posts.all():
                self._once(post, "SCHEDULED", operations.approve)
        self._once(articles[HELD], "ON_HOLD", holding.hold)
        refused, sent_back = self._mixed_posts()[:2]
        unlike_us = partial(operations.reject, reason=_("This does not sound like us."))
        self._once(refused, "REJECTED", unlike_us)
        by_name = _("Please use the name of the product as it stands in our shop.")
        ask = partial(operations.request_changes, stage=CLIENT_STAGE, text=by_name, by_team=True)
        self._once(sent_back, "CHANGES_REQUESTED", ask)

    def ask_staff_to_look(self) -> None:
        """For a while the marketer checks first: what is written then is still with the team."""
        topic, article = self._topics()[CHECKED], self._articles()[POSTS_CHECKED]
        done = _was(topic, "APPROVED") and _was(article, "APPROVED")
        if not done or self.organization.staff_stage != StaffStage.OFF:
            change_settings(self.organization, by=self.client, staff_stage=StaffStage.MARKETER)
            self._once(topic, "APPROVED", operations.approve)
            self._once(article, "APPROVED", operations.approve)
            self.wait("content.write_article")
            self.wait("content.write_post")
            change_settings(self.organization, by=self.client, staff_stage=StaffStage.OFF)

    def let_writing_fail(self) -> None:
        """A word the company avoids stands in two titles: nothing can be written under them.

        One title somebody changed by hand, as a client would. The words are allowed again in the end, so that
        trying again works.
        """
        topic, post = self._topics()[FAILED], self._mixed_posts()[2]
        word = pgettext("as an adverb", "cheap")
        words = {word, _plain_word(post.title, self._names())}
        article = self._articles().get(FAILED)
        done = article is not None and _was(article, "FAILED") and _was(post, "FAILED")
        if done and not words & set(self._avoided().value or []):
            return
        if topic.state == "DRAFT" and word not in topic.title:
            topic = self._renamed(topic)
        self._avoid(words)
        self._once(topic, "APPROVED", operations.approve)
        self._once(post, "FAILED", partial(operations.regenerate, stage=CLIENT_STAGE))
        self.wait("content.write_article")
        self.wait("content.write_post")
        self._avoid(set(), instead_of=words)

    def _renamed(self, topic: Topic) -> Topic:
        title = _("%(subject)s: cheap or honest?") % {"subject": topic.plan["primary_keyword"]}
        return edit_topic(
            topic,
            by=self.client,
            seen=topic.content_hash,
            title=title,
            angle=topic.angle,
            date=topic.date,
        )

    def _names(self) -> list[str]:
        """What the company and its products are called; to avoid a word of these would make no sense."""
        company = self._topics()[0].company
        sold = DnaPoint.objects.filter(dna=current_dna(company), key="offer.products_services").first()
        entries = sold.value if sold and isinstance(sold.value, list) else []
        return [company.name, *(str(entry.get("name", "")) for entry in entries)]

    def _avoid(self, words: set[str], instead_of: Set[str] = frozenset()) -> None:
        """The company's own rule, as somebody would write it among its facts."""
        point = self._avoided()
        others = [word for word in point.value or [] if word not in words | instead_of]
        fill_point(point, [*others, *sorted(words)], by=self.client)

    def _avoided(self) -> DnaPoint:
        company = self._topics()[0].company
        return DnaPoint.objects.get(dna=current_dna(company), key="voice.vocabulary_banned")

    def _once(self, subject: Any, state: str, verb: Callable[..., object]) -> None:
        """The client's decision, unless it led to its state before."""
        if _was(subject, state):
            return
        # Somebody at a browser may have decided meanwhile.
        with contextlib.suppress(PostHubError):
            verb(subject, by=self.client, seen=subject.content_hash)

    def _topics(self) -> list[Topic]:
        """In the order they were proposed in, which is that of their days; edited ones keep their place."""
        return list(Topic.objects.select_related("company").order_by("created_at"))

    def _articles(self) -> dict[int, BlogPost]:
        """By the place of their topic in the month."""
        found = {article.topic_id: article for article in BlogPost.objects.select_related("topic", "version")}
        return {place: found[topic.pk] for place, topic in enumerate(self._topics()) if topic.pk in found}

    def _mixed_posts(self) -> list[SocialPost]:
        posts = self._articles()[MIXED].social_posts.order_by("platform")
        return list(posts.select_related("blog_post__version", "version"))


def _was(subject: Any, state: str) -> bool:
    return StateChange.objects.filter(kind=subject.KIND, object_id=subject.pk, after=state).exists()


def _plain_word(title: str, names: Iterable[str]) -> str:
    """The longest word of the title that belongs to no name, in whatever ending."""
    named = {word[:LEAST_LETTERS].casefold() for name in names for word in re.findall(r"\w+", name)}
    words = [word for word in re.findall(r"\w+", title) if len(word) >= LEAST_LETTERS]
    plain = [word for word in words if word[:LEAST_LETTERS].casefold() not in named]
    return max(plain or words, key=len, default=title)
