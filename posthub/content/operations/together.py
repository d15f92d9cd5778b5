"""The client's yes to many things at once: what each alone would bring about, in few statements.

The rows come locked and checked; `ledger` takes the moves, and whoever gave it closes it.
"""

from collections import defaultdict
from typing import Any

from posthub.billing.models import Feature
from posthub.billing.operations import reserve
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.operations import articles, topics
from posthub.content.operations.posts import check_can_go_out
from posthub.core.errors import OverAllowance
from posthub.jobs.operations import enqueue_all
from posthub.lifecycle.machine import Ledger, advance_all, begin_all
from posthub.organizations.models import Organization

__all__ = [
    "approve_articles",
    "approve_one",
    "approve_posts",
    "approve_topics",
    "check_can_go_out",
    "reserve_for",
]


def reserve_for(chosen: list[Topic], organization: Organization) -> dict[Topic, OverAllowance]:
    """Take the months' allowance for the articles of `chosen`; returns those that are too many, with the reason."""
    by_month: dict[str, list[Topic]] = defaultdict(list)
    for topic in chosen:
        by_month[topic.month].append(topic)
    too_many: dict[Topic, OverAllowance] = {}
    for month, wanted in by_month.items():
        try:
            reserve(organization, Feature.POSTS, period=month, units=len(wanted))
        except OverAllowance as problem:
            left = max(0, problem.limit - problem.used)
            if left:
                reserve(organization, Feature.POSTS, period=month, units=left)
            too_many |= dict.fromkeys(wanted[left:], problem)
    return too_many


def approve_one(
    subject: Topic | BlogPost | SocialPost, organization: Organization, *, ledger: Ledger
) -> None:
    """The same for one thing. Raises OverAllowance, Refused."""
    if isinstance(subject, Topic):
        reserve(organization, Feature.POSTS, period=subject.month)
        approve_topics([subject], ledger=ledger)
    elif isinstance(subject, BlogPost):
        approve_articles([subject], organization, ledger=ledger)
    else:
        check_can_go_out(subject)
        approve_posts([subject], ledger=ledger)


def approve_topics(chosen: list[Topic], *, ledger: Ledger) -> None:
    """Their articles are written. `reserve_for` has counted them."""
    if not chosen:
        return
    advance_all(chosen, "APPROVED", ledger=ledger)
    there = {
        post.topic_id: post for post in BlogPost.objects.filter(topic__in=chosen).select_related("topic")
    }
    new = [BlogPost(topic=topic) for topic in chosen if topic.pk not in there]
    begin_all(new, "GENERATING", ledger=ledger)
    enqueue_all(topics.writing_of(post, by=ledger.by) for post in [*there.values(), *new])


def approve_articles(chosen: list[BlogPost], organization: Organization, *, ledger: Ledger) -> None:
    """Their social posts are written, one for each chosen network."""
    if not chosen:
        return
    advance_all(chosen, "APPROVED", ledger=ledger)
    have = set(SocialPost.objects.filter(blog_post__in=chosen).values_list("blog_post_id", "platform"))
    platforms = articles.chosen_platforms(organization)
    new: list[Any] = [
        articles.unwritten(post, platform, organization)
        for post in chosen
        for platform in platforms
        if (post.pk, platform) not in have
    ]
    begin_all(new, "GENERATING", ledger=ledger)
    enqueue_all(articles.writing_of(post, by=ledger.by) for post in new)


def approve_posts(chosen: list[SocialPost], *, ledger: Ledger) -> None:
    """Into the calendar, each at its time."""
    advance_all(chosen, "APPROVED", ledger=ledger)
    advance_all(chosen, "SCHEDULED", ledger=ledger)
