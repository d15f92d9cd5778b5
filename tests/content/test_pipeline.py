"""From personas to a scheduled post, on the offline provider, with the database and the job runner as they are."""

from typing import Any

import pytest

from posthub.approvals import operations as approvals
from posthub.billing.models import Feature, UsageMeter
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.operations import (
    approve_topic,
    articles,
    propose_another,
    propose_month,
    reject_topic,
)
from posthub.content.operations.review import Remark
from posthub.core.errors import OverAllowance, Refused, Stale, WrongState
from posthub.jobs.models import Job
from posthub.lifecycle.models import StateChange
from posthub.organizations.models import Organization
from posthub.personas.models import Persona
from posthub.worklist.models import WorkItem


@pytest.fixture
def article(month: list[Topic], work: Any, cast: Any) -> BlogPost:
    post = approve_topic(month[0], by=cast.sofia, seen=month[0].content_hash)
    work()
    post.refresh_from_db()
    return post


@pytest.fixture
def five_posts(article: BlogPost, work: Any, cast: Any) -> list[SocialPost]:
    articles.approve(article, by=cast.sofia, seen=article.content_hash)
    work()
    return list(SocialPost.objects.all())


def test_a_month_of_topics_fills_the_plan_with_dates_voices_and_no_near_duplicates(
    month: list[Topic],
) -> None:
    assert len(month) == 12
    assert {topic.state for topic in month} == {"DRAFT"}
    assert all(topic.date.strftime("%Y-%m") == "2027-02" for topic in month)
    assert len({topic.persona_id for topic in month}) == 3
    assert [topic.title for topic in month if topic.similar_to] == []


def test_asking_twice_for_the_same_month_is_one_job(company: Any, cast: Any) -> None:
    one = propose_month(company, month="2027-02", by=cast.sofia)
    other = propose_month(company, month="2027-02", by=cast.sofia)
    assert one.pk == other.pk


def test_a_full_month_takes_no_more_topics(month: list[Topic], company: Any, work: Any, cast: Any) -> None:
    propose_month(company, month="2027-02", by=cast.sofia)
    (job,) = work()
    assert (job.state, job.cause) == ("DEAD", "This month has no free place for another topic.")


def test_without_an_active_persona_no_month_is_proposed(company: Any, cast: Any) -> None:
    Persona.objects.all().delete()
    with pytest.raises(Refused):
        propose_month(company, month="2027-02", by=cast.sofia)


def test_an_approved_topic_becomes_an_article_that_waits_for_the_client(
    article: BlogPost, tenant: Organization
) -> None:
    assert article.state == "PENDING_APPROVAL"
    assert article.version is not None
    assert 1500 <= len(article.text.split()) <= 4000
    assert article.version.extra["claims"]
    assert [finding for finding in article.version.extra["findings"] if finding["severity"] == "block"] == []
    seo = article.version.extra["seo"]
    assert len(seo["meta_title"]) <= 60
    assert 50 <= len(seo["meta_description"]) <= 160
    assert UsageMeter.objects.get(organization=tenant, feature=Feature.POSTS, period="2027-02").used == 1


def test_the_list_of_open_work_follows_each_move(article: BlogPost, cast: Any) -> None:
    def waits_on() -> list[str]:
        return list(WorkItem.objects.filter(kind="article").values_list("waits_on", flat=True))

    assert waits_on() == ["client"]
    articles.approve(article, by=cast.sofia, seen=article.content_hash)
    assert waits_on() == []


def test_every_move_says_who_and_what_was_seen(article: BlogPost, cast: Any) -> None:
    articles.approve(article, by=cast.sofia, seen=article.content_hash)
    last = StateChange.objects.filter(object_id=article.pk).last()
    assert last is not None
    assert (last.before, last.after, last.by_id, last.content_hash) == (
        "PENDING_APPROVAL",
        "APPROVED",
        cast.sofia.pk,
        article.content_hash,
    )


def test_a_decision_on_a_text_that_changed_decides_nothing(article: BlogPost, cast: Any) -> None:
    seen = article.content_hash
    articles.edit(article, by=cast.marek, seen=seen, title="Another title", text="Another text.")
    with pytest.raises(Stale):
        articles.approve(article, by=cast.sofia, seen=seen)
    article.refresh_from_db()
    assert article.state == "PENDING_APPROVAL"


def test_approving_twice_has_one_effect(article: BlogPost, cast: Any) -> None:
    articles.approve(article, by=cast.sofia, seen=article.content_hash)
    with pytest.raises(WrongState):
        articles.approve(article, by=cast.sofia, seen=article.content_hash)
    assert SocialPost.objects.count() == 5


def test_an_approved_article_becomes_one_post_a_network_inside_its_limits(
    five_posts: list[SocialPost],
) -> None:
    assert sorted(post.platform for post in five_posts) == [
        "facebook",
        "instagram",
        "linkedin",
        "tiktok",
        "x",
    ]
    assert {post.state for post in five_posts} == {"PENDING_APPROVAL"}
    assert len({post.text for post in five_posts}) == 5
    assert [post.version.extra["findings"] for post in five_posts if post.version.extra["findings"]] == []  # type: ignore[union-attr]


def test_an_approved_post_is_scheduled_at_its_clock_time(five_posts: list[SocialPost], cast: Any) -> None:
    post = five_posts[0]
    approvals.approve(post, by=cast.sofia, seen=post.content_hash)
    post.refresh_from_db()
    assert post.state == "SCHEDULED"
    assert (post.wall.hour, post.scheduled_at.hour) == (9, 8)


def test_staff_who_move_a_scheduled_post_ask_the_client_again(
    five_posts: list[SocialPost], cast: Any
) -> None:
    post = five_posts[0]
    approvals.approve(post, by=cast.sofia, seen=post.content_hash)
    post.refresh_from_db()
    own = approvals.move(post, by=cast.sofia, seen=post.content_hash, wall=post.wall.replace(hour=11))
    assert own.state == "SCHEDULED"
    theirs = approvals.move(own, by=cast.marek, seen=own.content_hash, wall=post.wall.replace(hour=12))
    assert theirs.state == "PENDING_APPROVAL"


def test_requested_changes_make_a_new_version_with_the_remark_as_its_reason(
    article: BlogPost, work: Any, cast: Any
) -> None:
    before = article.content_hash
    articles.request_changes(article, by=cast.sofia, seen=before, remarks=[Remark("", "Please shorten it.")])
    work()
    article.refresh_from_db()
    assert article.state == "PENDING_APPROVAL"
    assert article.version is not None
    assert (article.version.number, article.version.reason) == (2, "Please shorten it.")
    assert article.content_hash != before


def test_changes_without_a_word_are_refused(article: BlogPost, cast: Any) -> None:
    with pytest.raises(Refused):
        articles.request_changes(
            article, by=cast.sofia, seen=article.content_hash, remarks=[Remark("x", "  ")]
        )


def test_regenerating_writes_another_text_and_keeps_the_old_one(
    article: BlogPost, work: Any, cast: Any
) -> None:
    first = article.text
    articles.regenerate(article, by=cast.sofia, seen=article.content_hash, reason="A different angle")
    work()
    article.refresh_from_db()
    assert article.version is not None
    assert article.version.number == 2
    assert article.text != first
    assert article.versions.get(number=1).text == first


def test_editing_an_approved_article_asks_for_approval_again(article: BlogPost, cast: Any) -> None:
    articles.approve(article, by=cast.sofia, seen=article.content_hash)
    article.refresh_from_db()
    edited = articles.edit(
        article, by=cast.marek, seen=article.content_hash, title="Title here", text="New words."
    )
    assert edited.state == "PENDING_APPROVAL"


def test_an_older_version_comes_back_as_a_new_one(article: BlogPost, cast: Any) -> None:
    first = article.text
    articles.edit(article, by=cast.sofia, seen=article.content_hash, title="Title here", text="New words.")
    article.refresh_from_db()
    restored = articles.restore(article, by=cast.sofia, seen=article.content_hash, number=1)
    assert restored.text == first
    assert restored.versions.count() == 3


def test_a_rejected_topic_is_replaced_by_another_on_the_same_day(
    month: list[Topic], work: Any, cast: Any
) -> None:
    refused = reject_topic(month[0], by=cast.sofia, seen=month[0].content_hash, reason="We wrote about this.")
    propose_another(refused, by=cast.sofia)
    work()
    fresh = Topic.objects.exclude(pk__in=[topic.pk for topic in month]).get()
    assert (fresh.date, fresh.state) == (refused.date, "DRAFT")
    assert fresh.title != refused.title


def test_the_thirteenth_article_of_a_month_is_over_the_allowance(
    month: list[Topic], tenant: Organization, cast: Any
) -> None:
    for topic in month:
        approve_topic(topic, by=cast.sofia, seen=topic.content_hash)
    last = month[0]
    last.pk, last.state = None, "DRAFT"
    extra = Topic.objects.create(
        **{f.name: getattr(last, f.name) for f in Topic._meta.fields if f.name != "id"}
    )
    with pytest.raises(OverAllowance):
        approve_topic(extra, by=cast.sofia, seen=extra.content_hash)
    extra.refresh_from_db()
    assert extra.state == "DRAFT"
    assert Job.objects.filter(task="content.write_article").count() == 12


def test_with_a_staff_stage_the_team_sees_it_first(
    month: list[Topic], tenant: Organization, work: Any, cast: Any
) -> None:
    tenant.staff_stage = "marketer"
    tenant.save()
    post = approve_topic(month[0], by=cast.sofia, seen=month[0].content_hash)
    work()
    post.refresh_from_db()
    assert post.state == "IN_REVIEW"
    assert articles.send_to_client(post, by=cast.marek, seen=post.content_hash).state == "PENDING_APPROVAL"


def test_a_superseded_job_writes_nothing(month: list[Topic], work: Any, cast: Any) -> None:
    post = approve_topic(month[0], by=cast.sofia, seen=month[0].content_hash)
    BlogPost.objects.filter(pk=post.pk).update(revision=post.revision + 1)
    work()
    post.refresh_from_db()
    assert (post.state, post.version) == ("GENERATING", None)
