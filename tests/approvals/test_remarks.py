"""Remarks: unsent until the review is, answered, on words that move, suggested; internal ones never the client's."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve

from posthub.approvals import linking
from posthub.approvals.models import Comment, Reviewer
from posthub.approvals.queries.remarks import marked, threads_on
from posthub.content.models import Media
from posthub.content.operations.versions import add_version
from posthub.organizations.models import Organization
from tests.approvals.test_letter import reader
from tests.guards.walk import addresses
from tests.shelf import TEXT, Shelf, pictured

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
BY_HTMX = {"HX-Request": "true"}
CANARY = "Kanarienvogel-4711"


def read(browser: Client, thing: Any) -> str:
    return str(browser.get(f"/inbox/{thing.KIND}/{thing.pk}/").content.decode())


def test_a_remark_is_its_authors_until_the_decision_is_sent(shelf: Shelf, browser_of: Any, back: Any) -> None:
    article, other = shelf.article(), shelf.article()
    sofia, marek = browser_of("sofia"), browser_of("marek")
    for thing in (article, other):
        sofia.post(f"/review/article/{thing.pk}/comment/", {"text": "Not on Saturday"})
        assert (
            "goes out with your decision" in read(sofia, thing),
            "Not on Saturday" in read(marek, thing),
        ) == (
            True,
            False,
        )
    back()
    remark = Comment.objects.get(object_id=other.pk)
    assert marek.get(f"/comments/{remark.pk}/reply/").status_code == 404
    sofia.post(f"/review/article/{other.pk}/remarks/send/")
    assert ("Not on Saturday" in read(marek, other), "seen by you alone" in read(sofia, other)) == (
        True,
        False,
    )
    sofia.post(f"/review/article/{article.pk}/approve/", {"version": article.content_hash})
    assert "Not on Saturday" in read(marek, article)


def test_answers_stay_in_their_talk_and_are_as_internal_as_it(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    article = shelf.article()
    marek, mona, sofia = browser_of("marek"), browser_of("mona"), browser_of("sofia")
    marek.post(f"/review/article/{article.pk}/comment/", {"text": "Ours", "internal": "on"})
    back()
    ours = Comment.objects.get()
    assert sofia.post(f"/comments/{ours.pk}/reply/", {"text": "?"}).status_code == 404
    assert mona.post(f"/comments/{ours.pk}/reply/", {"text": " "}).status_code == 422
    for where in (f"/comments/{ours.pk}/reply/", f"/review/article/{article.pk}/comment/"):
        refused = mona.post(where, {"text": " "}, headers=BY_HTMX)
        assert (refused.headers["HX-Retarget"], refused.headers["HX-Reswap"]) == ("this", "outerHTML")
        assert 'id="comments"' not in refused.content.decode()
    mona.post(f"/comments/{ours.pk}/reply/", {"text": "Agreed, " + CANARY})
    back()
    assert list(Comment.objects.values_list("answers", "internal")) == [(None, True), (ours.pk, True)]
    assert (CANARY in read(marek, article), CANARY in read(sofia, article)) == (True, False)


@pytest.mark.parametrize(
    ("after", "marks", "older"),
    [
        (TEXT + "\n\nOne more.", 1, False),
        ("A new beginning.\n\n" + TEXT, 1, False),
        (TEXT.replace("needs time", "takes long"), 0, True),
    ],
)
def test_a_remark_stays_on_its_words_where_they_survive(
    shelf: Shelf, cast: Any, after: str, marks: int, older: bool
) -> None:
    article = shelf.article()
    Comment.objects.create(
        kind="article", object_id=article.pk, version_number=1, block="b1", quote="needs time",
        offset=36, text="How long?", by_id=cast.sofia.pk, by_name="Sofia",
    )  # fmt: skip
    add_version(article, title=article.title, text=after, extra={})
    (thread,) = threads_on(article, by=cast.sofia, supervises=True)
    assert thread.older is older
    assert sum("<mark>needs time</mark>" in block.html for block in marked(article.text, [thread])) == marks


def test_of_the_same_words_twice_the_ones_that_were_meant_are_marked(shelf: Shelf, cast: Any) -> None:
    text = "Bread is bread. He said “bread & butter” and bread."
    article = shelf.article(text=text)
    for offset, quote in ((9, "bread"), (23, "“bread & butter”")):
        Comment.objects.create(
            kind="article", object_id=article.pk, version_number=1, block="b1", quote=quote,
            offset=offset, text="This", by_id=cast.sofia.pk, by_name="Sofia",
        )  # fmt: skip
    html = marked(text, threads_on(article, by=cast.sofia, supervises=True))[0].html
    assert "Bread is <mark>bread</mark>" in html
    assert "said <mark>“bread &amp; butter”</mark>" in html


def test_words_with_the_hard_spaces_of_the_page_are_found_in_what_was_written(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    article = shelf.article(text="Kváskový chléb zraje v chladu a u nás i v neděli.")
    sofia = browser_of("sofia")
    assert "zraje v\u00a0chladu a\u00a0u\u00a0nás i\u00a0v\u00a0neděli" in read(sofia, article)
    said = {"block": "b1", "quote": "v\u00a0chladu a\u00a0u\u00a0nás", "offset": "21", "text": "Kde?"}
    sofia.post(f"/review/article/{article.pk}/comment/", said)
    back()
    assert Comment.objects.get().quote == "v chladu a u nás"
    assert "<mark>v\u00a0chladu a\u00a0u\u00a0nás</mark>" in read(sofia, article)


def test_a_suggestion_is_taken_over_with_one_click_and_the_rest_stays(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    text = TEXT.replace("\n\n", "\n\n\n", 1) + "\n"
    article = shelf.article(text=text)
    sofia, marek = browser_of("sofia"), browser_of("marek")
    form = sofia.get(f"/review/article/{article.pk}/comment/?block=b3&suggest=1").content.decode()
    assert "The second paragraph is about the dough.</textarea>" in form
    said = {"block": "b3", "suggestion": "The second paragraph is about **time**.", "text": ""}
    sofia.post(f"/review/article/{article.pk}/comment/", said)
    sofia.post(f"/review/article/{article.pk}/remarks/send/")
    assert "<ins>" in read(marek, article).replace('<ins><span class="sr"', "<ins>")
    back()
    remark = Comment.objects.get()
    stale = marek.post(f"/comments/{remark.pk}/accept/", {"version": "another"})
    taken = marek.post(f"/comments/{remark.pk}/accept/", {"version": article.content_hash})
    back()
    article.refresh_from_db()
    assert (stale.status_code, taken.status_code) == (409, 303)
    assert article.text == text.replace("is about the dough", "is about **time**")
    assert Comment.objects.get().resolved_at is not None
    assert marek.post(f"/comments/{remark.pk}/accept/", {"version": article.content_hash}).status_code == 409


def keyed(path: str, things: list[Any], remark: Comment) -> set[str]:
    """The address with the keys of real things in it."""
    made = {path}
    for key in [*(thing.pk for thing in things), remark.pk]:
        made |= {UUID.sub(str(key), path)}
    return {one.replace("/article/", f"/{kind}/") for one in made for kind in ("article", "post", "topic")}


def test_an_internal_remark_reaches_the_client_at_no_address(
    shelf: Shelf, tenant: Organization, browser_of: Any, back: Callable[[], None], mail_work: Any
) -> None:
    article, posts = shelf.article(), shelf.posts()
    approved = shelf.article("APPROVED")
    marek = browser_of("marek")
    for thing in (article, posts[0], approved):
        marek.post(
            f"/review/{thing.KIND}/{thing.pk}/comment/",
            {"text": CANARY, "quote": f"{CANARY} quoted", "internal": "on"},
        )
    assert CANARY in read(marek, article)
    back()
    remark = Comment.objects.first()
    assert remark is not None
    things = [article, posts[0], approved, article.topic]
    paths = {
        one
        for address in addresses("posthub.urls.tenant")
        if not address.path.startswith(("/accounts/", "/visual-book/"))
        for one in keyed(address.path, things, remark)
        if leads_somewhere(one)
    }
    assert len(paths) > 60
    sofia = browser_of("sofia")
    leaks = []
    for path in sorted(paths):
        for headers in ({}, {"HX-Request": "true"}):
            answer = sofia.get(path, headers=headers)
            body = b"".join(answer) if answer.streaming else answer.content
            if CANARY.encode() in body:
                leaks.append(path)
    assert leaks == []
    back()
    ruth = Reviewer.objects.create(name="Ruth", email="ruth@example.org", language="en")
    link = linking.open_round([article, *posts], [ruth], organization=tenant, due_at=None).links.get()
    mail_work()
    path = f"/r/{linking.token_of(link)}/"
    pages = [reader().get(f"{path}?item={place}").content.decode() for place in range(8)]
    changed = sofia.post(
        f"/review/article/{article.pk}/changes/", {"version": article.content_hash, "text": "Shorter"}
    )
    back()
    whole = json.dumps([[str(one.message()) for one in mail.outbox], pages, changed.content.decode()])
    assert (len(mail.outbox) > 0, CANARY in whole) == (True, False)
    connection.set_tenant(tenant)


def leads_somewhere(path: str) -> bool:
    try:
        resolve(path, urlconf="posthub.urls.tenant")
    except Resolver404:
        return False
    return True


def test_a_remark_on_a_spot_of_the_picture(shelf: Shelf, browser_of: Any, back: Any) -> None:
    """By pressing it, which needs no scripts, or with percent written by hand; numbered where it is shown."""
    one, other = shelf.posts(platforms=("facebook", "instagram"))
    picture = pictured(one)
    sofia, where = browser_of("sofia"), f"/review/post/{one.pk}/comment/"
    assert f"{where}?spot=1" in sofia.get(f"/inbox/post/{other.pk}/").content.decode()
    assert sofia.get(f"/media/{picture.pk}/").status_code == 404  # of this picture there is only the row
    page = " ".join(sofia.get(f"{where}?spot=1").content.decode().split())
    assert ('type="image"' in page, 'width="300" height="150"' in page) == (True, True)
    pressed = " ".join(sofia.get(f"{where}?spot=1&at.x=90&at.y=30").content.decode().split())
    assert ('x="30%" y="20%"' in pressed, 'name="x" type="number" value="30"' in pressed) == (True, True)
    by_key = sofia.get(f"{where}?spot=1&at.x=0&at.y=0").content.decode()
    assert 'x="50%" y="50%"' in by_key
    form = {"picture": str(picture.pk), "x": "30", "y": "20", "text": "Too dark here."}
    for wrong in ({"x": "101"}, {"y": ""}, {"picture": str(other.pk)}, {"picture": "x"}):
        assert sofia.post(where, {**form, **wrong}).status_code == 422
    assert sofia.post(where, form).status_code == 303
    back()
    assert Comment.objects.values_list("x", "y", "picture", "pending").get() == (30, 20, picture.pk, True)
    page = sofia.get(f"/inbox/post/{other.pk}/").content.decode()  # it stands on the page of the sisters, too
    assert ('x="30%" y="20%"' in page, "30% from the left, 20% from the top" in page) == (True, True)
    assert "from the left" not in browser_of("marek").get(f"/inbox/post/{one.pk}/").content.decode()
    back()
    Media.objects.create(
        social_post=one,
        version_number=2,
        kind="image",
        file="bread2.png",
        content_type="image/png",
        size=1,
        alt_text="Another loaf",
        content_hash="1" * 64,
    )
    page = sofia.get(f"/inbox/post/{one.pk}/").content.decode()
    assert ('x="30%"' in page, "on an older picture" in page) == (False, True)
