"""The demo's month on the offline provider, each job done as a worker would do it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from posthub.approvals.models import Decision
from posthub.approvals.operations import regenerate
from posthub.billing.models import Plan
from posthub.billing.operations import choose_plan
from posthub.company.models import Company, Dna, DnaPoint
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.operations import propose_month
from posthub.content.policies import CLIENT_STAGE
from posthub.demo.month import Month
from posthub.lifecycle.models import StateChange
from posthub.organizations.models import Organization, StaffStage
from tests.content.conftest import back, company, work

__all__ = ["back", "company", "work"]


class Killed(BaseException):
    """Nobody catches this: the seed stops where it is."""


@pytest.fixture
def topics(tenant: Organization, company: Company, cast: Any, work: Callable[[], Any]) -> list[Topic]:
    """As many as one of each needs; then a plan with the demo's networks, but for one."""
    choose_plan(tenant, Plan.objects.get(code="basic"))
    DnaPoint.objects.get_or_create(dna=Dna.objects.get(), key="voice.vocabulary_banned")
    propose_month(company, month="2027-02", by=cast.sofia)
    work()
    choose_plan(tenant, Plan.objects.get(code="pro"))
    tenant.platforms = tenant.platforms[:4]
    tenant.save()
    return list(Topic.objects.all())


def fill(month: Month) -> None:
    month.write_articles()
    month.decide_articles()
    month.decide_posts()
    month.ask_staff_to_look()
    month.let_writing_fail()


def states(model: Any) -> set[str]:
    return set(model.objects.values_list("state", flat=True))


def test_the_month_holds_every_state_though_its_seed_was_killed_on_the_way(
    tenant: Organization, topics: list[Topic], cast: Any, work: Callable[[], Any], browser_of: Any, back: Any
) -> None:
    stops = iter(["content.rewrite", "content.write_post"])
    stop = [next(stops)]

    def wait(task: str) -> None:
        """Dies once before the rewriting, once while the marketer checks first."""
        if task == stop[0] and (task == "content.rewrite" or tenant.staff_stage == StaffStage.MARKETER):
            stop[0] = next(stops, "")
            raise Killed
        work()

    month = Month(client=cast.sofia, organization=tenant, wait=wait, scheduled=(0,), waiting=())
    for _attempt in range(2):
        with pytest.raises(Killed):
            fill(month)
    fill(month)
    first = StateChange.objects.count()
    fill(month)
    assert StateChange.objects.count() == first
    assert states(Topic) == {"DRAFT", "APPROVED", "REJECTED"}
    rest = {"IN_REVIEW", "PENDING_APPROVAL", "CHANGES_REQUESTED", "REJECTED", "FAILED", "ON_HOLD"}
    assert states(BlogPost) == rest | {"APPROVED"}
    assert states(SocialPost) == rest | {"SCHEDULED"}
    assert Organization.objects.get(pk=tenant.pk).staff_stage == StaffStage.OFF
    assert set(Decision.objects.values_list("outcome", flat=True)) >= {"approved", "rejected", "changes"}
    article = BlogPost.objects.get(state="FAILED")
    check_the_failure(browser_of("sofia"), article)
    back()
    for failed in (article, SocialPost.objects.get(state="FAILED")):
        regenerate(failed, by=cast.sofia, seen=failed.content_hash, stage=CLIENT_STAGE)
        work()
        failed.refresh_from_db()
        assert failed.state == "PENDING_APPROVAL"


def check_the_failure(sofia: Client, article: BlogPost) -> None:
    page = sofia.get(f"/inbox/article/{article.pk}/").content.decode()
    assert "a word you avoid. Allow it again among the company&#x27;s facts, then try again." in page
    assert "Try again" in page
