"""Review by mail: the link shows its round and nothing else, GET changes nothing, POST decides once."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail, signing
from django.db import connection
from django.test import Client
from django.utils import timezone

from posthub.approvals import linking
from posthub.approvals.models import Comment, Decision, Reviewer, ReviewLink
from posthub.approvals.pipeline import asked_in
from posthub.approvals.views.letter import SALT, SEEN
from posthub.audit.models import AuditEntry
from posthub.content.models import SocialPost
from posthub.content.operations.versions import add_version
from posthub.organizations.models import Membership, Organization
from posthub.organizations.operations import change_settings
from tests.shelf import Shelf, pictured

HOST = "acme.posthub.localhost"


def reader(*, seconds_ago: int = 60) -> Client:
    """A browser without an account that opened the link a while ago."""
    client = Client(HTTP_HOST=HOST)
    client.cookies[SEEN] = signing.dumps(int(time.time()) - seconds_ago, salt=SALT)
    return client


@pytest.fixture
def ruth(tenant: Organization) -> Reviewer:
    return Reviewer.objects.create(name="Ruth", email="ruth@example.org", language="en")


@pytest.fixture
def letter(shelf: Shelf, tenant: Organization, ruth: Reviewer) -> Callable[..., tuple[str, ReviewLink]]:
    """The path of a link to the given things, and its row."""

    def send(*things: Any, person: Any = None) -> tuple[str, ReviewLink]:
        connection.set_tenant(tenant)
        round_ = linking.open_round(things, [person or ruth], organization=tenant, due_at=None)
        link = round_.links.get()
        return f"/r/{linking.token_of(link)}/", link

    return send


def words(response: Any) -> str:
    return str(response.content.decode())


def test_the_token_is_256_bits_and_only_its_hash_is_kept(shelf: Shelf, letter: Any) -> None:
    path, link = letter(shelf.article())
    token = path.split("/")[2]
    assert re.fullmatch(r"[\w-]{43}", token)
    assert token not in str(ReviewLink.objects.values().get(pk=link.pk))


def test_somebody_without_an_account_reads_and_approves(shelf: Shelf, letter: Any, back: Any) -> None:
    article, other = shelf.article(), shelf.article()
    path, link = letter(article, other)
    ruth = reader()
    page = ruth.get(path)
    assert (page.status_code, page["Cache-Control"], page["Referrer-Policy"]) == (
        200,
        "no-store",
        "strict-origin",
    )
    assert "The first paragraph says why bread needs time." in words(page)
    answer = ruth.post(
        f"{path}decide/", {"item": "1", "version": article.content_hash, "decision": "approve"}
    )
    back()
    assert (answer.status_code, answer["Location"]) == (303, path)
    article.refresh_from_db()
    other.refresh_from_db()
    assert (article.state, other.state) == ("APPROVED", "PENDING_APPROVAL")
    decision = Decision.objects.get()
    assert (decision.by_name, decision.link_id, decision.outcome) == ("Ruth", link.pk, "approved")
    said = AuditEntry.objects.get(action="article.approved").detail
    assert (said["via"], said["link"], said["ip"]) == ("link", str(link.pk), "127.0.0.1")


def test_each_item_is_decided_once(shelf: Shelf, letter: Any, back: Any) -> None:
    article = shelf.article()
    path, _link = letter(article)
    form = {"item": "1", "version": article.content_hash, "decision": "approve"}
    assert reader().post(f"{path}decide/", form).status_code == 303
    again = reader().post(f"{path}decide/", form)
    back()
    assert again.status_code == 409
    assert "decided on this already" in words(again)
    assert Decision.objects.count() == 1


def test_looking_changes_nothing(shelf: Shelf, letter: Any, back: Any) -> None:
    article = shelf.article()
    path, _link = letter(article)

    def everything() -> list[Any]:
        back()
        rows = [list(model.objects.order_by("pk").values()) for model in (Decision, ReviewLink)]
        article.refresh_from_db()
        return [rows, article.state, AuditEntry.objects.count()]

    before = everything()
    for headers in (
        {},
        {"Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"User-Agent": "bot"},
    ):
        client = Client(HTTP_HOST=HOST, headers=headers)
        assert [client.get(path).status_code, client.head(path).status_code] == [200, 200]
        assert client.options(path).status_code == 405
        assert client.get(f"{path}decide/")["Location"] == path
    assert everything() == before


def test_a_script_that_decides_at_once_is_asked_once_more(shelf: Shelf, letter: Any, back: Any) -> None:
    article = shelf.article()
    path, _link = letter(article)
    form = {"item": "1", "version": article.content_hash, "decision": "approve"}
    scanner = Client(HTTP_HOST=HOST)
    scanner.get(path)
    page = words(scanner.post(f"{path}decide/", form))
    back()
    assert ("That was quick" in page, Decision.objects.count()) == (True, 0)
    confirm = re.search(r'name="confirm" value="([^"]+)"', page)
    assert confirm is not None
    assert scanner.post(f"{path}decide/", {**form, "confirm": confirm[1]}).status_code == 303
    back()
    assert Decision.objects.count() == 1


def test_deciding_needs_the_form_of_the_page(shelf: Shelf, letter: Any) -> None:
    path, _link = letter(shelf.article())
    strict = Client(HTTP_HOST=HOST, enforce_csrf_checks=True)
    assert strict.post(f"{path}decide/", {"item": "1", "decision": "approve"}).status_code == 403


def test_what_changed_since_the_mail_is_shown_and_decided_as_it_is(
    shelf: Shelf, letter: Any, back: Any
) -> None:
    article = shelf.article()
    path, _link = letter(article)
    seen = article.content_hash
    add_version(article, title=article.title, text="Quite another text.", extra={})
    assert "It changed since the mail was sent" in words(reader().get(path))
    back()
    answer = reader().post(f"{path}decide/", {"item": "1", "version": seen, "decision": "approve"})
    back()
    assert answer.status_code == 409
    assert "What is different now" in words(answer)
    assert Decision.objects.count() == 0


def test_changes_need_words_and_keep_what_was_typed(shelf: Shelf, letter: Any, back: Any) -> None:
    article = shelf.article()
    path, _link = letter(article)
    form = {"item": "1", "version": article.content_hash, "decision": "changes"}
    assert reader().post(f"{path}decide/", {**form, "text": " "}).status_code == 422
    assert reader().post(f"{path}decide/", {**form, "text": "Say damp felt."}).status_code == 303
    back()
    article.refresh_from_db()
    assert (article.state, Decision.objects.get().why) == ("GENERATING", "Say damp felt.")


def test_it_can_be_undone_from_the_letter(shelf: Shelf, letter: Any, back: Any) -> None:
    post = shelf.posts(platforms=("x",))[0]
    path, _link = letter(post)
    reader().post(f"{path}decide/", {"item": "1", "version": post.content_hash, "decision": "approve"})
    back()
    batch = Decision.objects.get().batch
    assert f"{path}undo/{batch}/" in words(reader().get(path))
    assert reader().post(f"{path}undo/{batch}/").status_code == 303
    back()
    post.refresh_from_db()
    assert post.state == "PENDING_APPROVAL"


def gone(path: str, host: str = HOST) -> bool:
    client = Client(HTTP_HOST=host)
    client.cookies[SEEN] = signing.dumps(0, salt=SALT)
    asked = [client.get(path), client.post(f"{path}decide/", {"item": "1", "decision": "approve"})]
    return [answer.status_code for answer in asked] == [410, 410]


@pytest.mark.parametrize("end", ["expired", "revoked", "epoch", "removed", "elsewhere", "wrong"])
def test_a_link_that_is_over_opens_nothing(
    shelf: Shelf, letter: Any, back: Any, tenant: Organization, ruth: Reviewer, cast: Any, end: str
) -> None:
    path, link = letter(shelf.article())
    host = HOST
    if end == "expired":
        ReviewLink.objects.update(expires_at=timezone.now())
    elif end == "revoked":
        linking.revoke(link, by=cast.sofia)
    elif end == "epoch":
        linking.revoke_all(tenant, by=cast.sofia)
    elif end == "removed":
        linking.remove_reviewer(ruth, by=cast.sofia)
    elif end == "elsewhere":
        host = "beta.posthub.localhost"
    else:
        path = f"/r/{'x' * 43}/"
    assert gone(path, host)
    back()
    assert Decision.objects.count() == 0


def test_a_member_who_left_decides_no_more(shelf: Shelf, letter: Any, cast: Any) -> None:
    path, _link = letter(shelf.article(), person=cast.sofia)
    assert reader().get(path).status_code == 200
    Membership.objects.filter(user=cast.sofia).delete()
    assert gone(path)


def test_a_fresh_link_goes_to_the_same_address_only(
    shelf: Shelf, letter: Any, back: Any, mail_work: Callable[[], None]
) -> None:
    path, _link = letter(shelf.article())
    ReviewLink.objects.update(expires_at=timezone.now())
    answers = {words(reader().post(f"{one}renew/")).replace(one, "") for one in (path, f"/r/{'x' * 43}/")}
    assert len({re.sub(r'value="[^"]+"', "", answer) for answer in answers}) == 1
    back()
    mail_work()
    assert [sent.to for sent in mail.outbox if "fresh link" in sent.subject] == [["ruth@example.org"]]
    found = re.search(r"http://acme\.posthub\.localhost:\d+(/r/[\w-]{43}/)", str(mail.outbox[-1].body))
    assert found is not None
    assert found[1] != path
    assert (reader().get(found[1]).status_code, gone(path)) == (200, True)


def test_who_is_away_is_stood_in_for(tenant: Organization, cast: Any, ruth: Reviewer) -> None:
    today = timezone.localdate()
    assert [str(asked.person) for asked in asked_in(tenant, today=today)] == ["Sofia", "Ruth"]
    Membership.objects.filter(user=cast.sofia).update(away_until=today, stands_in=cast.oscar)
    assert [str(asked.person) for asked in asked_in(tenant, today=today)] == ["Oscar", "Ruth"]


def test_the_links_page_names_and_revokes(
    shelf: Shelf, letter: Any, browser_of: Any, back: Any, cast: Any
) -> None:
    path, link = letter(shelf.article())
    sofia = browser_of("sofia")
    assert "ruth@example.org" in words(sofia.get("/settings/review-links/"))
    assert browser_of("marek").post(f"/settings/review-links/{link.pk}/revoke/").status_code == 403
    assert sofia.post(f"/settings/review-links/{link.pk}/revoke/").status_code == 303
    assert gone(path)
    asked, in_place = (
        sofia.get("/settings/review-links/revoke/", headers=h) for h in ({}, {"HX-Request": "true"})
    )
    for page, whole in ((asked, True), (in_place, False)):
        assert ("<html" in words(page), "Revoke all links?" in words(page)) == (whole, True)
    assert 'action="/settings/review-links/revoke/"' in words(in_place)
    assert 'href="/settings/review-links/revoke/"' in words(sofia.get("/settings/review-links/"))
    assert browser_of("marek").get("/settings/review-links/revoke/").status_code == 403
    form = {"name": "Petr", "email": "Petr@Example.org", "language": "cs"}
    assert sofia.post("/settings/reviewers/add/", form).status_code == 303
    back()
    assert Reviewer.objects.filter(email="petr@example.org").count() == 1


def test_everyone_includes_the_people_outside(
    shelf: Shelf, letter: Any, tenant: Organization, cast: Any, back: Any
) -> None:
    from posthub.approvals import operations

    change_settings(tenant, by=cast.sofia, client_quorum="everyone")
    article = shelf.article()
    path, _link = letter(article)
    assert operations.approve(article, by=cast.sofia, seen=article.content_hash) == "agreed"
    form = {"item": "1", "version": article.content_hash, "decision": "approve"}
    assert reader().post(f"{path}decide/", form).status_code == 303
    back()
    article.refresh_from_db()
    assert article.state == "APPROVED"


def test_a_pin_on_a_picture_without_an_account(shelf: Shelf, letter: Any, back: Any) -> None:
    """Pressed or written, kept for its writer alone, and sent with the request for changes, which needs no more."""
    (post, other) = shelf.posts(platforms=("facebook", "instagram"))
    picture = pictured(post)
    path, _link = letter(post, other)
    ruth = reader()
    assert f'href="{path}spot/?item=1"' in words(ruth.get(path))
    pressed = words(ruth.get(f"{path}spot/?item=1&at.x=90&at.y=30"))
    assert (f'src="{path}media/{picture.pk}/"' in pressed, 'x="30%" y="20%"' in pressed) == (True, True)
    form = {"item": "1", "picture": str(picture.pk), "x": "30", "y": "20", "text": "Too dark here."}
    for wrong in ({"x": "101"}, {"text": " "}, {"picture": "x"}):
        assert ruth.post(f"{path}spot/", {**form, **wrong}).status_code == 422
    assert [ruth.post(f"{path}spot/", {**form, "item": item}).status_code for item in ("2", "7")] == [
        404,
        404,
    ]
    assert Client(HTTP_HOST=HOST, enforce_csrf_checks=True).post(f"{path}spot/", form).status_code == 403
    assert ruth.post(f"{path}spot/", form)["Location"] == f"{path}?item=1"
    back()
    remark = Comment.objects.get()
    assert (remark.x, remark.y, remark.by_name, remark.pending) == (30, 20, "Ruth", True)
    page = words(ruth.get(f"{path}?item=1&ask=changes"))
    assert ("30% from the left" in page, "Your remark on the picture goes with it." in page) == (True, True)
    back()
    seen = SocialPost.objects.get(pk=post.pk).content_hash
    answer = ruth.post(f"{path}decide/", {"item": "1", "version": seen, "decision": "changes", "text": ""})
    back()
    assert (answer.status_code, Comment.objects.get().pending) == (303, False)
    assert Decision.objects.get().why == "Too dark here."
