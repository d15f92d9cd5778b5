"""Approving, sending back, refusing: with HTMX and without, once, and only on what was seen."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from posthub.approvals.models import Comment, Decision
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.operations.versions import add_version
from posthub.jobs.models import Job
from tests.shelf import TEXT, Shelf

HTMX = {"HX-Request": "true"}


def outcomes(kind: str) -> list[str]:
    return list(Decision.objects.filter(kind=kind).values_list("outcome", flat=True))


def test_approving_an_article_asks_for_its_posts_and_leads_to_the_next_thing(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    article, other = shelf.article(), shelf.article()
    answer = browser_of("sofia").post(
        f"/review/article/{article.pk}/approve/", {"version": article.content_hash}
    )
    back()
    assert (answer.status_code, answer["Location"]) == (303, f"/inbox/article/{other.pk}/")
    article.refresh_from_db()
    assert article.state == "APPROVED"
    assert outcomes("article") == ["approved"]
    assert Decision.objects.get().content_hash == article.content_hash
    assert (
        SocialPost.objects.filter(blog_post=article).count()
        == Job.objects.filter(task="content.write_post").count()
        > 0
    )


def test_with_htmx_a_decision_answers_with_the_address_of_the_next_thing(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    article, other = shelf.article(), shelf.article()
    form = {"version": article.content_hash}
    sofia = browser_of("sofia")
    answer = sofia.post(f"/review/article/{article.pk}/approve/", form, headers=HTMX)
    on = json.loads(answer["HX-Location"])
    assert (answer.status_code, answer.content) == (200, b"")
    assert on == {"path": f"/inbox/article/{other.pk}/", "target": "#desk", "swap": "outerHTML"}
    page = sofia.get(on["path"], headers=HTMX).content.decode()
    assert "<html" not in page
    assert page.count('id="item-title"') == 1
    assert ('data-focus-after="#item-title"' in page, "Approved" in page) == (True, True)


def test_after_the_last_thing_the_desk_says_that_all_is_done(shelf: Shelf, browser_of: Any) -> None:
    (article,) = [shelf.article()]
    form = {"version": article.content_hash}
    answer = browser_of("sofia").post(f"/review/article/{article.pk}/approve/", form, headers=HTMX)
    assert "Nothing waits for you" in answer.content.decode()
    assert answer["HX-Push-Url"] == "/inbox/"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_stale_form_decides_nothing_and_shows_the_difference(
    shelf: Shelf, browser_of: Any, back: Any, headers: dict[str, str]
) -> None:
    article = shelf.article()
    seen = article.content_hash
    add_version(article, title=article.title, text=TEXT.replace("Saturday", "Sunday"), extra={})
    answer = browser_of("sofia").post(
        f"/review/article/{article.pk}/approve/", {"version": seen}, headers=headers
    )
    back()
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("</span>Saturday</del>" in page, "</span>Sunday</ins>" in page) == (True, True)
    article.refresh_from_db()
    assert (article.state, outcomes("article")) == ("PENDING_APPROVAL", [])


def test_a_topic_that_changed_shows_what_it_was_and_what_it_is(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    topic = shelf.topic()
    shown = f"{topic.title}\n\n{topic.angle}\n\n{topic.date.isoformat()}"
    form = {"version": topic.content_hash, "shown": shown}
    Topic.objects.filter(pk=topic.pk).update(angle="What time does to dough, told by the miller.")
    answer = browser_of("sofia").post(f"/topics/{topic.pk}/approve/", form)
    back()
    assert answer.status_code == 409
    assert "</span>miller</ins>" in answer.content.decode()
    assert BlogPost.objects.count() == 0


def test_of_two_approvals_the_second_sees_who_decided_and_changes_nothing(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    for made, kind in (
        (shelf.article(), "article"),
        (shelf.posts(platforms=("x",))[0], "post"),
        (shelf.topic(), "topic"),
    ):
        url, form = f"/review/{kind}/{made.pk}/approve/", {"version": made.content_hash}
        sofia = browser_of("sofia")
        assert sofia.post(url, form).status_code == 303
        late = sofia.post(url, form)
        back()
        assert (late.status_code, outcomes(kind)) == (409, ["approved"])
        assert "Sofia" in late.content.decode()
        back()


def test_a_button_pressed_twice_decides_once_and_says_so_twice(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    article, sofia = shelf.article(), browser_of("sofia")
    page = sofia.get(f"/inbox/article/{article.pk}/").content.decode()
    press = re.search(r'name="press" value="(\w+)"', page)
    assert press
    form = {"version": article.content_hash, "press": press[1]}
    answers = [sofia.post(f"/review/article/{article.pk}/approve/", form).status_code for _ in range(2)]
    back()
    assert (answers, outcomes("article")) == ([303, 303], ["approved"])


def test_what_was_typed_is_there_after_a_clash(shelf: Shelf, browser_of: Any) -> None:
    article, sofia = shelf.article(), browser_of("sofia")
    form = {"version": "0" * 64, "text": "Leave the second paragraph out, please."}
    late = sofia.post(f"/review/article/{article.pk}/changes/", form)
    assert late.status_code == 409
    assert "Leave the second paragraph out, please." in late.content.decode()


def test_staff_check_and_send_on_but_never_sign_off(shelf: Shelf, browser_of: Any, back: Any) -> None:
    checked, pending, topic = shelf.article("IN_REVIEW"), shelf.article(), shelf.topic()
    marek, sofia = browser_of("marek"), browser_of("sofia")

    def approve(browser: Any, thing: Any) -> int:
        status: int = browser.post(
            f"/review/{thing.KIND}/{thing.pk}/approve/", {"version": thing.content_hash}
        ).status_code
        return status

    assert [approve(sofia, checked), approve(marek, pending), approve(marek, topic)] == [403, 403, 403]
    assert approve(marek, checked) == 303
    back()
    checked.refresh_from_db()
    assert (checked.state, outcomes("article")) == ("PENDING_APPROVAL", ["sent_on"])


def test_all_posts_of_an_article_are_approved_at_once_each_as_it_was_seen(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    posts = shelf.posts(platforms=("facebook", "x", "linkedin"))
    form = {"post": [f"{post.pk}:{post.content_hash}" for post in posts]}
    assert browser_of("sofia").post(f"/review/post/{posts[0].pk}/approve/", form).status_code == 303
    back()
    assert set(SocialPost.objects.values_list("state", flat=True)) == {"SCHEDULED"}
    assert outcomes("post") == ["approved"] * 3


def test_exceptions_stay_open_and_one_stale_post_stops_them_all(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    first, second = shelf.posts()
    sofia = browser_of("sofia")
    stale = {"post": [f"{first.pk}:{first.content_hash}", f"{second.pk}:old"]}
    assert sofia.post(f"/review/post/{first.pk}/approve/", stale).status_code == 409
    back()
    assert set(SocialPost.objects.values_list("state", flat=True)) == {"PENDING_APPROVAL"}
    assert (
        sofia.post(
            f"/review/post/{first.pk}/approve/", {"post": [f"{first.pk}:{first.content_hash}"]}
        ).status_code
        == 303
    )
    back()
    assert list(SocialPost.objects.order_by("scheduled_at").values_list("state", flat=True)) == [
        "SCHEDULED",
        "PENDING_APPROVAL",
    ]


def test_changes_take_the_open_comments_along(shelf: Shelf, browser_of: Any, back: Any) -> None:
    article = shelf.article()
    sofia = browser_of("sofia")
    comment = {"text": "Which dough?", "quote": "about the dough", "block": "b3"}
    assert sofia.post(f"/review/article/{article.pk}/comment/", comment).status_code == 303
    page = sofia.get(f"/inbox/article/{article.pk}/").content.decode()
    assert "<mark>about the dough</mark>" in page
    assert "Which dough?" in sofia.get(f"/review/article/{article.pk}/changes/").content.decode()
    form = {"version": article.content_hash, "text": "Shorter", "reason": ["Too long"]}
    assert sofia.post(f"/review/article/{article.pk}/changes/", form).status_code == 303
    back()
    article.refresh_from_db()
    assert article.state == "GENERATING"
    payload = Job.objects.get(task="content.rewrite").payload
    assert payload["remarks"] == [
        {"quote": "about the dough", "text": "Which dough?"},
        {"quote": "", "text": "Too long: Shorter"},
    ]
    assert outcomes("article") == ["changes"]


def test_changes_without_a_word_are_sent_back_with_what_is_missing(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    article = shelf.article()
    answer = browser_of("sofia").post(
        f"/review/article/{article.pk}/changes/", {"version": article.content_hash}
    )
    back()
    assert answer.status_code == 422
    assert "Say in a sentence" in answer.content.decode()
    article.refresh_from_db()
    assert article.state == "PENDING_APPROVAL"


def test_a_refusal_needs_a_reason_and_keeps_it(shelf: Shelf, browser_of: Any, back: Any) -> None:
    topic = shelf.topic()
    sofia = browser_of("sofia")
    url = f"/topics/{topic.pk}/reject/"
    assert sofia.post(url, {"version": topic.content_hash}, headers=HTMX).status_code == 422
    answer = sofia.post(url, {"version": topic.content_hash, "reason": "We wrote about it"}, headers=HTMX)
    back()
    topic.refresh_from_db()
    assert (answer.status_code, topic.state, topic.reason) == (200, "REJECTED", "We wrote about it")
    assert "Propose another" in answer.content.decode()


def test_a_failed_article_can_be_written_again_by_either_side(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    for name in ("sofia", "marek"):
        article = shelf.article("FAILED")
        browser = browser_of(name)
        assert "Try again" in browser.get(f"/inbox/article/{article.pk}/").content.decode()
        answer = browser.post(f"/review/article/{article.pk}/regenerate/", {"version": article.content_hash})
        back()
        article.refresh_from_db()
        assert (answer.status_code, article.state) == (303, "GENERATING")


def test_internal_comments_reach_the_client_in_no_answer(shelf: Shelf, browser_of: Any, back: Any) -> None:
    article = shelf.article()
    form = {"text": "Careful with this client", "internal": "on"}
    browser_of("marek").post(f"/review/article/{article.pk}/comment/", form)
    sofia = browser_of("sofia")
    for path in (f"/inbox/article/{article.pk}/", f"/review/article/{article.pk}/changes/", "/inbox/", "/"):
        assert "Careful" not in sofia.get(path).content.decode()
    assert "Careful" in browser_of("marek").get(f"/inbox/article/{article.pk}/").content.decode()
    back()
    remark = Comment.objects.get()
    assert sofia.post(f"/comments/{remark.pk}/resolve/").status_code == 404
    sofia.post(f"/review/article/{article.pk}/comment/", form)
    back()
    assert list(Comment.objects.values_list("internal", flat=True)) == [True, False]


def test_what_changed_since_the_last_look_is_shown_to_each_on_their_own(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    article = shelf.article()
    sofia = browser_of("sofia")
    sofia.post(f"/review/article/{article.pk}/comment/", {"text": "Not Saturday"})
    back()
    add_version(article, title=article.title, text=TEXT.replace("Saturday", "Sunday"), extra={})
    page = sofia.get(f"/inbox/article/{article.pk}/").content.decode()
    assert ("1 change since your last reading" in page, "</span>Sunday</ins>" in page) == (True, True)
    assert "on an older version" in page
    assert "</span>Sunday</ins>" not in sofia.get(f"/inbox/article/{article.pk}/?view=clean").content.decode()
    assert (
        "since your last reading"
        not in browser_of("marek").get(f"/inbox/article/{article.pk}/").content.decode()
    )


def test_all_topics_of_a_month_are_approved_after_their_consequences_were_named(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    topics = [shelf.topic(), shelf.topic(), shelf.topic()]
    sofia = browser_of("sofia")
    assert sofia.get("/topics/approve/2027-02/").content.decode().count('name="topic"') == 3
    form = {"topic": [f"{topic.pk}:{topic.content_hash}" for topic in topics[:2]]}
    assert browser_of("marek").post("/topics/approve/2027-02/", form).status_code == 403
    assert sofia.post("/topics/approve/2027-02/", form)["Location"] == "/topics/?month=2027-02"
    back()
    assert sorted(Topic.objects.values_list("state", flat=True)) == ["APPROVED", "APPROVED", "DRAFT"]
    assert sofia.post("/topics/approve/2027-02/", form).status_code == 409


def test_a_full_month_shows_a_panel_and_approves_nothing(shelf: Shelf, browser_of: Any, back: Any) -> None:
    topics = [shelf.topic() for _number in range(13)]
    form = {"topic": [f"{topic.pk}:{topic.content_hash}" for topic in topics]}
    sofia = browser_of("sofia")
    assert sofia.post("/topics/approve/2027-02/", form).status_code == 403
    back()
    assert set(Topic.objects.values_list("state", flat=True)) == {"DRAFT"}
    sofia.post("/topics/approve/2027-02/", {"topic": form["topic"][:12]})
    last = topics[12]
    answer = sofia.post(f"/topics/{last.pk}/approve/", {"version": last.content_hash}, headers=HTMX)
    assert (answer.status_code, "data-quota-gate" in answer.content.decode()) == (403, True)


def test_get_changes_nothing(shelf: Shelf, browser_of: Any, back: Any) -> None:
    article, topic = shelf.article(), shelf.topic()
    sofia = browser_of("sofia")
    urls = [f"/review/article/{article.pk}/{verb}/" for verb in ("approve", "reject", "regenerate")]
    assert [sofia.get(url).status_code for url in [*urls, f"/topics/{topic.pk}/approve/"]] == [405] * 4
    for path in ("changes", "comment"):
        assert sofia.get(f"/review/article/{article.pk}/{path}/").status_code == 200
    for path in ("reject", "regenerate"):
        assert sofia.get(f"/inbox/article/{article.pk}/{path}/").status_code == 200
    back()
    assert (Decision.objects.count(), Comment.objects.count()) == (0, 0)


def test_changes_left_to_the_team_are_made_by_a_person_and_come_back(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    article = shelf.article()
    sofia, marek = browser_of("sofia"), browser_of("marek")
    url = f"/review/article/{article.pk}"
    asked = {"version": article.content_hash, "text": "Ask our shop for the prices.", "by_team": "on"}
    sofia.post(f"{url}/changes/", asked)
    back()
    article.refresh_from_db()
    assert (article.state, outcomes("article")) == ("CHANGES_REQUESTED", ["changes"])
    assert Job.objects.filter(task="content.rewrite").count() == 0
    assert sofia.post(f"{url}/approve/", {"version": article.content_hash}).status_code == 403
    assert f"/inbox/article/{article.pk}/" in marek.get("/inbox/").content.decode()
    assert "Ask our shop for the prices." in marek.get(f"{url}/changes/").content.decode()
    sent = marek.post(f"{url}/approve/", {"version": article.content_hash})
    back()
    article.refresh_from_db()
    assert (sent.status_code, article.state) == (303, "PENDING_APPROVAL")


def test_the_team_may_pass_on_to_the_ai_what_was_left_to_it(shelf: Shelf, browser_of: Any, back: Any) -> None:
    article = shelf.article()
    url = f"/review/article/{article.pk}/changes/"
    asked = {"version": article.content_hash, "text": "Shorter, please.", "by_team": "on"}
    browser_of("sofia").post(url, asked)
    browser_of("marek").post(url, {"version": article.content_hash, "text": "Keep the recipe."})
    back()
    article.refresh_from_db()
    assert article.state == "GENERATING"
    remarks = Job.objects.get(task="content.rewrite").payload["remarks"]
    assert [remark["text"] for remark in remarks] == ["Shorter, please.", "Keep the recipe."]


def test_one_decision_takes_few_statements(shelf: Shelf, browser_of: Any, back: Any) -> None:
    """The article's brings five posts and their jobs; the topic's reserves its allowance."""
    sofia, counts = browser_of("sofia"), {}
    sofia.get("/accounts/profile/")  # the host is known by now
    for thing in (shelf.article(), shelf.posts(platforms=("x",))[0], shelf.topic()):
        back()
        with CaptureQueriesContext(connection) as seen:
            form = {"version": thing.content_hash}
            path = f"/review/{thing.KIND}/{thing.pk}/approve/"
            assert sofia.post(path, form, headers={"HX-Request": "true"}).status_code == 200
        counts[thing.KIND] = len(seen)
    assert {kind: count <= 32 for kind, count in counts.items()} == dict.fromkeys(counts, True), counts
