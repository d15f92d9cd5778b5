"""The way of a post from topic to delivery, as a reader sees it: where it is and who has the ball."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from posthub.approvals.queries.review import Subject, article_of, topic_of
from posthub.content.models import BlogPost, SocialPost
from posthub.content.policies import can_decide
from posthub.ui.times import day

DONE = frozenset({"APPROVED", "SCHEDULED", "DELIVERING", "DELIVERED"})


@dataclass(frozen=True, slots=True)
class Step:
    """One stage; `state` as {% pipeline_step %} knows it."""

    label: str | Promise
    state: str
    current: bool
    url: str = ""


def path_of(
    subject: Subject, *, article: BlogPost | None, posts: list[SocialPost], supervises: bool
) -> list[Step]:
    topic = topic_of(subject)
    own = {"article": article_of(subject), "post": subject if isinstance(subject, SocialPost) else None}
    return [
        _step(_("Topic"), [topic], subject.KIND == "topic", supervises),
        _step(_("Article"), [article or own["article"]], subject.KIND == "article", supervises),
        _step(_("Social posts"), posts or [own["post"]], subject.KIND == "post", supervises),
        Step(
            _("Out %(day)s") % {"day": day(topic.date)},
            "done" if posts and all(post.state == "DELIVERED" for post in posts) else "todo",
            current=False,
        ),
    ]


def _step(label: str, things: Iterable[Any], current: bool, supervises: bool) -> Step:
    there = [thing for thing in things if thing is not None]
    if not there:
        return Step(label, "todo", current)
    first = next((thing for thing in there if can_decide(thing, supervises=supervises)), there[0])
    url = "" if current else reverse("approvals:review", args=[first.KIND, first.pk])
    return Step(label, stage_state(there, supervises=supervises), current, url)


def stage_state(things: list[Any], *, supervises: bool) -> str:
    """Of several things of one stage the one that needs somebody most says where the stage is."""
    states = {thing.state for thing in things}
    if "FAILED" in states:
        return "late"
    if any(can_decide(thing, supervises=supervises) for thing in things):
        return "you"
    if states & {"PENDING_APPROVAL", "IN_REVIEW", "CHANGES_REQUESTED", "DRAFT", "ON_HOLD"}:
        return "others"
    if "GENERATING" in states:
        return "machine"
    return "done" if states & DONE else "todo"
