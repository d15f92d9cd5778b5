"""A month that waits to the last thing: written, illustrated by nobody, decided by nobody. Made in few statements."""

import datetime

from django.db import transaction

from posthub.accounts.models import User
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.operations.versions import add_version
from posthub.content.platforms import PLATFORMS
from posthub.content.scheduling import to_utc
from posthub.lifecycle.machine import Ledger, advance_all, begin, begin_all, close, locked_all
from posthub.organizations.models import Organization
from posthub.personas.models import Persona
from posthub.worklist.operations import gathered
from tests.support.companies import Company

FIRST = datetime.date(2027, 2, 1)
WORDS = "Good bread takes a day. The dough rests overnight, the oven waits until five."


def month_waiting(organization: Organization, *, by: User, size: int) -> list[SocialPost]:
    """As many things, each the post of an article of its own, on networks in turn. In the current schema."""
    company = Company.objects.create(name="Bakery Novak", language="en")
    persona = begin(
        Persona(
            company=company, name="Josef", role_title="Baker", one_line="Plain", sample="Bread.", voice={}
        ),
        "ACTIVE",
    )
    ledger = Ledger(by)
    with gathered():
        topics = [_topic(company, persona, number) for number in range(size)]
        begin_all(topics, "DRAFT", ledger=ledger)
        advance_all(topics, "APPROVED", ledger=ledger)
        articles = [BlogPost(topic=topic) for topic in topics]
        begin_all(articles, "GENERATING", ledger=ledger)
        for article in articles:
            add_version(article, title=article.topic.title, text=WORDS, extra={})
        advance_all(articles, "PENDING_APPROVAL", ledger=ledger)
        advance_all(articles, "APPROVED", ledger=ledger)
        posts = [_post(article, number, organization.zone) for number, article in enumerate(articles)]
        begin_all(posts, "GENERATING", ledger=ledger)
        for post in posts:
            add_version(post, title=post.title, text=WORDS, extra={"hashtags": ["#bread"]})
        advance_all(posts, "PENDING_APPROVAL", ledger=ledger)
        close(ledger)
    return posts


def waiting_again(*, by: User) -> None:
    """What stands in the calendar waits for its decision once more; the ones there were are void."""
    ledger = Ledger(by)
    with transaction.atomic(), gathered():
        advance_all(
            locked_all(SocialPost.objects.filter(state="SCHEDULED")), "PENDING_APPROVAL", ledger=ledger
        )
        close(ledger)


def _topic(company: Company, persona: Persona, number: int) -> Topic:
    return Topic(
        company=company,
        persona=persona,
        month=f"{FIRST:%Y-%m}",
        date=FIRST + datetime.timedelta(days=number % 28),
        title=f"What the oven knows, part {number + 1}",
        angle="Told by the baker.",
        funnel_stage="awareness",
        plan={},
    )


def _post(article: BlogPost, number: int, zone: str) -> SocialPost:
    wall = datetime.datetime.combine(article.topic.date, datetime.time(9))
    networks = sorted(PLATFORMS)
    return SocialPost(
        blog_post=article,
        platform=networks[number % len(networks)],
        wall=wall,
        zone=zone,
        scheduled_at=to_utc(wall, zone),
    )
