"""A month in every state, made of rows, so that one test needs no worker."""

import datetime
from collections.abc import Callable

import pytest
from django.db import connection

from posthub.accounts.models import User
from posthub.approvals.models import Outcome
from posthub.approvals.operations.recording import record
from posthub.company.models import Company
from posthub.content.models import BlogPost, Media, SocialPost, Topic
from posthub.content.operations.versions import add_version
from posthub.content.scheduling import to_utc
from posthub.lifecycle.machine import advance, begin
from posthub.organizations.models import Organization
from posthub.personas.models import Persona

TEXT = "\n\n".join(
    [
        "The first paragraph says why bread needs time.",
        "## What happens overnight",
        "The second paragraph is about the dough.",
        "The third one invites people on Saturday.",
    ]
)
DAY = datetime.date(2027, 2, 1)


class Shelf:
    """Makes topics, articles and posts; each call is one more."""

    def __init__(self, company: Company, organization: Organization) -> None:
        self.company = company
        self.organization = organization
        self.count = 0
        self.persona = begin(
            Persona(
                company=company, name="Josef", role_title="Baker", one_line="Plain", sample="Bread.", voice={}
            ),
            "ACTIVE",
        )

    def one_of_each(self) -> None:
        self.topic()
        self.article()
        self.posts()
        self.article("IN_REVIEW")

    def topic(self, state: str = "DRAFT") -> Topic:
        connection.set_tenant(self.organization)  # a request before left the connection in public
        self.count += 1
        date = DAY + datetime.timedelta(days=(self.count - 1) % 28)
        topic = begin(
            Topic(
                company=self.company,
                persona=self.persona,
                month="2027-02",
                date=date,
                title=f"Why our bread takes its time {self.count}",
                angle="What time does to dough, told by the baker.",
                funnel_stage="awareness",
                plan={"outline": ["Flour", "Water", "Time"], "primary_keyword": "sourdough"},
            ),
            "DRAFT",
        )
        return advance(topic, state) if state != "DRAFT" else topic

    def article(self, state: str = "PENDING_APPROVAL", text: str = TEXT) -> BlogPost:
        topic = self.topic("APPROVED")
        post = begin(BlogPost(topic=topic), "GENERATING")
        claims = [
            {"sentence": "The second paragraph is about the dough.", "fact_id": "s:1"},
            {"sentence": "The third one invites people on Saturday.", "fact_id": ""},
        ]
        add_version(
            post,
            title=topic.title,
            text=text,
            extra={"claims": claims, "findings": [], "seo": {"meta_description": "x" * 120}},
        )
        for step in steps_to(state):
            post = advance(post, step)
        return post

    def posts(
        self, state: str = "PENDING_APPROVAL", platforms: tuple[str, ...] = ("facebook", "x")
    ) -> list[SocialPost]:
        article = self.article("APPROVED")
        return [self.post(article, platform, hour, state) for hour, platform in enumerate(platforms, start=9)]

    def post(self, article: BlogPost, platform: str, hour: int, state: str) -> SocialPost:
        wall = datetime.datetime.combine(article.topic.date, datetime.time(hour))
        zone = "Europe/Prague"
        at = to_utc(wall, zone)
        post = begin(
            SocialPost(blog_post=article, platform=platform, wall=wall, zone=zone, scheduled_at=at),
            "GENERATING",
        )
        add_version(
            post, title=article.title, text=f"Bread takes time on {platform}.", extra={"hashtags": ["#bread"]}
        )
        for step in steps_to(state):
            if step == "SCHEDULED":
                record(post, Outcome.APPROVED, by=User.objects.get(name="Sofia"), seen=post.content_hash)
            post = advance(post, step)
        return post


def steps_to(state: str) -> list[str]:
    way = {
        "GENERATING": [],
        "FAILED": ["FAILED"],
        "IN_REVIEW": ["IN_REVIEW"],
        "PENDING_APPROVAL": ["PENDING_APPROVAL"],
        "APPROVED": ["PENDING_APPROVAL", "APPROVED"],
        "SCHEDULED": ["PENDING_APPROVAL", "APPROVED", "SCHEDULED"],
        "REJECTED": ["PENDING_APPROVAL", "REJECTED"],
    }
    return way[state]


def pictured(post: SocialPost) -> Media:
    """The row of a picture that goes with it; there is no file."""
    return Media.objects.create(
        social_post=post,
        version_number=1,
        kind="image",
        file="bread.png",
        content_type="image/png",
        size=1,
        width=1200,
        height=600,
        alt_text="A loaf",
        content_hash="0" * 64,
    )


@pytest.fixture
def shelf(tenant: Organization) -> Shelf:
    return Shelf(Company.objects.create(name="Bakery Novak", language="en"), tenant)


@pytest.fixture
def back(acme: Organization) -> Callable[[], None]:
    """Look into acme's rows again: a request leaves the connection in public."""
    return lambda: connection.set_tenant(acme)
