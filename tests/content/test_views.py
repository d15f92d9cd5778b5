"""The month of topics, the lists, the editors and the versions."""

import re
from typing import Any

import pytest

from posthub.content.models import BlogPost, SocialPost, Version
from posthub.content.operations.versions import add_version
from posthub.jobs.models import Job
from posthub.organizations.models import Organization
from tests.shelf import TEXT, Shelf

HTMX = {"HX-Request": "true"}


def test_topics_are_asked_for_and_the_page_shows_the_work(shelf: Shelf, browser_of: Any, back: Any) -> None:
    sofia = browser_of("sofia")
    assert "Propose topics for February 2027" in sofia.get("/topics/?month=2027-02").content.decode()
    answer = sofia.post("/topics/propose/", {"month": "2027-02"})
    assert (answer.status_code, answer["Location"]) == (303, "/topics/?month=2027-02")
    page = sofia.get("/topics/?month=2027-02").content.decode()
    assert "data-poll" in page
    assert sofia.post("/topics/propose/", {"month": "nonsense"}).status_code == 422
    assert sofia.get("/topics/propose/").status_code == 405


def test_a_month_without_writers_says_what_comes_first(tenant: Organization, browser_of: Any) -> None:
    assert "Nobody to write yet" in browser_of("sofia").get("/topics/").content.decode()


def test_rows_offer_decisions_to_the_client_only(shelf: Shelf, browser_of: Any) -> None:
    topic = shelf.topic()
    action = f'action="/topics/{topic.pk}/approve/"'
    assert action in browser_of("sofia").get("/topics/?month=2027-02").content.decode()
    assert action not in browser_of("marek").get("/topics/?month=2027-02").content.decode()


def test_an_approved_row_shows_its_article_and_the_job(shelf: Shelf, browser_of: Any) -> None:
    topic = shelf.topic()
    form = {"version": topic.content_hash}
    row = browser_of("sofia").post(f"/topics/{topic.pk}/approve/", form, headers=HTMX).content.decode()
    assert row.count(f'id="topic-{topic.pk}"') == 1
    assert ("data-poll" in row, "Generating" in row, "<html" in row) == (True, True, False)


def test_a_topic_is_edited_only_as_it_was_shown(shelf: Shelf, browser_of: Any, back: Any) -> None:
    topic = shelf.topic()
    url = f"/topics/{topic.pk}/edit/"
    form = {
        "version": topic.content_hash,
        "title": "A better title",
        "angle": "Told anew.",
        "date": "2027-02-20",
    }
    marek = browser_of("marek")
    assert marek.post(url, {**form, "date": "2020-01-01"}).status_code == 422
    assert marek.post(url, form).status_code == 303
    assert marek.post(url, form).status_code == 409
    back()
    topic.refresh_from_db()
    assert (topic.title, topic.date.isoformat()) == ("A better title", "2027-02-20")


def test_another_topic_comes_only_for_a_refused_one(shelf: Shelf, browser_of: Any, back: Any) -> None:
    refused, waiting = shelf.topic("REJECTED"), shelf.topic()
    sofia = browser_of("sofia")
    for topic in (refused, waiting):
        assert sofia.post(f"/topics/{topic.pk}/another/").status_code == 303
    back()
    assert [job.payload["topic"] for job in Job.objects.all()] == [str(refused.pk)]


def test_lists_are_searched_and_filtered(shelf: Shelf, browser_of: Any) -> None:
    shelf.article(text="A text about rye.\n\nMore.")
    shelf.article("IN_REVIEW")
    sofia = browser_of("sofia")
    counts = {
        path: sofia.get(path).content.decode().count("data-row")
        for path in (
            "/articles/",
            "/articles/?q=rye",
            "/articles/?state=IN_REVIEW",
            "/articles/?q=nowhere",
            "/articles/?state=x",
        )
    }
    assert list(counts.values()) == [2, 1, 1, 0, 2]
    fragment = sofia.get("/articles/?q=rye", headers=HTMX)
    assert ("<html" in fragment.content.decode(), fragment["Vary"].count("HX-Request")) == (False, 1)


def test_an_edit_is_a_new_version_and_a_stale_one_saves_nothing(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    article = shelf.article()
    url = f"/content/article/{article.pk}/edit/"
    sofia = browser_of("sofia")
    assert "input-words" in sofia.get(url).content.decode()
    form = {"version": article.content_hash, "title": "By hand", "text": "Our own words."}
    assert sofia.post(url, {**form, "text": ""}).status_code == 422
    assert sofia.post(url, form)["Location"] == f"/inbox/article/{article.pk}/"
    late = sofia.post(url, {**form, "text": "Somebody else's words."})
    back()
    assert (late.status_code, "against the one that stands now" in late.content.decode()) == (409, True)
    article = BlogPost.objects.get(pk=article.pk)
    assert (article.text, article.version.number, article.version.made_by) == ("Our own words.", 2, "person")


def test_an_approved_text_that_is_edited_waits_again(shelf: Shelf, browser_of: Any, back: Any) -> None:
    (post,) = shelf.posts("SCHEDULED", ("x",))
    form = {"version": post.content_hash, "text": "Other words."}
    assert browser_of("sofia").post(f"/content/post/{post.pk}/edit/", form).status_code == 303
    back()
    assert SocialPost.objects.get(pk=post.pk).state == "PENDING_APPROVAL"


def test_a_post_over_the_limit_of_its_network_is_not_saved(shelf: Shelf, browser_of: Any, back: Any) -> None:
    (post,) = shelf.posts(platforms=("x",))
    form = {"version": post.content_hash, "text": "č" * 281}
    answer = browser_of("sofia").post(f"/content/post/{post.pk}/edit/", form)
    assert (answer.status_code, "X takes 280 characters" in answer.content.decode()) == (422, True)


def test_the_preview_saves_nothing(shelf: Shelf, browser_of: Any, back: Any) -> None:
    article = shelf.article()
    url = f"/content/article/{article.pk}/preview/"
    form = {"version": article.content_hash, "title": "T", "text": "## Head\n\n<script>x</script>"}
    fragment = browser_of("sofia").post(url, form, headers=HTMX).content.decode()
    whole = browser_of("sofia").post(url, form).content.decode()
    for page in (fragment, whole):
        assert '<h2 id="b1" data-block="b1">Head</h2>' in page
        assert "<script>x" not in page
    back()
    assert Version.objects.count() == 1


def test_nobody_edits_what_is_with_the_other_side_or_being_written(shelf: Shelf, browser_of: Any) -> None:
    checked, written = shelf.article("IN_REVIEW"), shelf.article("GENERATING")
    sofia = browser_of("sofia")
    urls = [f"/content/article/{article.pk}/edit/" for article in (checked, written)]
    assert [sofia.get(url).status_code for url in urls] == [403, 403]
    assert [browser_of("marek").get(url).status_code for url in urls] == [200, 403]


def test_versions_are_compared_and_an_older_one_comes_back_as_a_new_one(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    article = shelf.article()
    add_version(article, title=article.title, text=TEXT.replace("Saturday", "Sunday"), extra={})
    url = f"/content/article/{article.pk}/versions/"
    sofia = browser_of("sofia")
    assert "</span>Sunday</ins>" in sofia.get(f"{url}?from=1&to=2").content.decode()
    assert sofia.get(f"{url}?from=1&to=9").status_code == 404
    assert sofia.get(f"{url}?from=%27&to=x").status_code == 200
    form = {"version": article.content_hash, "number": 1}
    assert sofia.post(f"/content/article/{article.pk}/restore/", form)["Location"] == url
    back()
    article = BlogPost.objects.get(pk=article.pk)
    assert (article.version.number, article.text) == (3, TEXT)


def test_content_of_another_organization_is_not_there(shelf: Shelf, browser_of: Any) -> None:
    article, topic = shelf.article(), shelf.topic()
    oscar = browser_of("oscar", host="beta.posthub.localhost")
    paths = [f"/content/article/{article.pk}/{verb}/" for verb in ("edit", "versions")]
    assert [oscar.get(path).status_code for path in [*paths, f"/topics/{topic.pk}/"]] == [404] * 3


def test_a_decision_on_a_topic_counts_the_head_of_the_month_again(shelf: Shelf, browser_of: Any) -> None:
    topic, other = shelf.topic(), shelf.topic()
    sofia, htmx = browser_of("sofia"), {"HX-Request": "true"}
    assert "Approve 2 topics" in sofia.get("/topics/?month=2027-02").content.decode()
    form = {"version": topic.content_hash}
    page = sofia.post(f"/topics/{topic.pk}/approve/", form, headers=htmx).content.decode()
    assert f'id="topic-{topic.pk}"' in page
    assert 'id="month-head" hx-swap-oob="true"' in page
    assert ("Approve 1 topic<" in page, "1 of 12 articles of this month are used" in page) == (True, True)
    form = {"version": other.content_hash, "reason": "Not now"}
    page = sofia.post(f"/topics/{other.pk}/reject/", form, headers=htmx).content.decode()
    assert ("Approve" in page, 'hx-swap-oob="true"' in page) == (False, True)


def test_a_row_being_written_comes_again_when_its_work_is_over(shelf: Shelf, browser_of: Any) -> None:
    topic = shelf.topic()
    sofia, htmx = browser_of("sofia"), {"HX-Request": "true"}
    form = {"version": topic.content_hash}
    row = sofia.post(f"/topics/{topic.pk}/approve/", form, headers=htmx).content.decode()
    assert f'hx-get="/topics/{topic.pk}/" hx-trigger="jobOver"' in row
    fresh = sofia.get(f"/topics/{topic.pk}/", headers=htmx).content.decode()
    assert fresh.lstrip().startswith(f'<li id="topic-{topic.pk}"')
    assert 'id="month-head" hx-swap-oob="true"' in fresh


def test_what_was_accepted_is_held_back_and_released(shelf: Shelf, browser_of: Any, back: Any) -> None:
    article = shelf.article("APPROVED")
    post = shelf.post(article, "x", 9, "SCHEDULED")
    seen = {"article": article.content_hash, "post": post.content_hash}
    sofia = browser_of("sofia")

    def ask(verb: str, one: Any) -> str:
        form = {"version": seen[one.KIND]}
        answer: str = sofia.post(f"/content/{one.KIND}/{one.pk}/{verb}/", form, follow=True).content.decode()
        back()
        article.refresh_from_db()
        post.refresh_from_db()
        return answer

    assert "Put on hold" in sofia.get(f"/inbox/article/{article.pk}/").content.decode()
    assert "Put on hold" in sofia.get(f"/inbox/post/{post.pk}/").content.decode()
    assert "Release" in ask("hold", article)
    assert (article.state, post.state) == ("ON_HOLD", "ON_HOLD")
    assert "Its article is on hold. Release the article first." in ask("release", post)
    ask("release", article)
    assert (article.state, post.state) == ("APPROVED", "SCHEDULED")
    seen["post"] = "0"
    assert "This changed since you opened it" in ask("hold", post)
    assert post.state == "SCHEDULED"


@pytest.mark.parametrize(
    ("name", "state", "said"),
    [
        ("sofia", "PENDING_APPROVAL", "Waiting for you"),
        ("sofia", "IN_REVIEW", "With our team"),
        ("marek", "PENDING_APPROVAL", "Waiting for client"),
        ("marek", "IN_REVIEW", "Waiting for you"),
    ],
)
def test_each_side_reads_whose_turn_it_is(
    shelf: Shelf, browser_of: Any, name: str, state: str, said: str
) -> None:
    """On the list and in the calendar: a word that both sides shared would be wrong for one of them."""
    shelf.posts(state, ("x",))
    browser = browser_of(name)
    for path, start in (("/posts/", 'id="rows"'), ("/calendar/?d=2027-02&view=list", 'id="post-')):
        rows = browser.get(path).content.decode().split(start)[1]
        found = re.search("Waiting for you|Waiting for client|With our team", rows)
        assert found is not None, path
        assert (path, found[0]) == (path, said)


@pytest.mark.parametrize(("name", "said"), [("sofia", "Waiting for you"), ("marek", "Draft")])
def test_a_filter_says_a_state_as_its_rows_do(shelf: Shelf, browser_of: Any, name: str, said: str) -> None:
    shelf.topic()
    page = browser_of(name).get("/content/?kind=topic").content.decode()
    before, rows = page.split('id="rows"')
    assert re.search(rf'<option value="DRAFT"[^>]*>\s*{said}\s*</option>', before)
    assert said in rows
    assert "Proposed topics" in browser_of(name).get("/content/").content.decode()
