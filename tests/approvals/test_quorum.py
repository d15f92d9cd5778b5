"""Whose yes is wanted: one of them, everyone, the marketer and the manager, and never only the writer's."""

from typing import Any

import pytest

from posthub.accounts.models import User
from posthub.approvals import operations
from posthub.approvals.models import Decision
from posthub.content.operations.review import edit
from posthub.core.errors import Refused
from posthub.organizations.models import Membership, Organization
from posthub.organizations.operations import add_member, assign, change_settings
from tests.shelf import Shelf


@pytest.fixture
def jana(tenant: Organization, cast: Any) -> User:
    person = User.objects.create_user("jana@example.com", "another-long-password", name="Jana")
    add_member(tenant, user=person, by=cast.sofia)
    return person


def test_everyone_has_to_agree_and_the_last_yes_moves_it(
    shelf: Shelf, tenant: Organization, cast: Any, jana: User
) -> None:
    change_settings(tenant, by=cast.sofia, client_quorum="everyone")
    for thing in (shelf.topic(), shelf.article(), shelf.posts(platforms=("x",))[0]):
        before = thing.state
        assert operations.approve(thing, by=cast.sofia, seen=thing.content_hash) == "agreed"
        thing.refresh_from_db()
        assert thing.state == before
        assert operations.approve(thing, by=jana, seen=thing.content_hash) == "approved"
        thing.refresh_from_db()
        assert thing.state in {"APPROVED", "SCHEDULED"}


def test_a_yes_to_other_words_does_not_count(
    shelf: Shelf, tenant: Organization, cast: Any, jana: User
) -> None:
    change_settings(tenant, by=cast.sofia, client_quorum="everyone")
    article = shelf.article()
    operations.approve(article, by=cast.sofia, seen=article.content_hash)
    edited = edit(article, by=cast.marek, seen=article.content_hash, title="Other", text="Other words.")
    assert operations.approve(edited, by=jana, seen=edited.content_hash) == "agreed"


def test_who_does_not_approve_content_is_not_waited_for(
    shelf: Shelf, tenant: Organization, cast: Any, jana: User
) -> None:
    change_settings(tenant, by=cast.sofia, client_quorum="everyone")
    Membership.objects.filter(user=jana).update(approves=False)
    article = shelf.article()
    assert operations.approve(article, by=cast.sofia, seen=article.content_hash) == "approved"


def test_what_one_agreed_on_leaves_the_own_queue_only(
    shelf: Shelf, tenant: Organization, cast: Any, jana: User, browser_of: Any, back: Any
) -> None:
    change_settings(tenant, by=cast.sofia, client_quorum="everyone")
    article = shelf.article()
    sofia = browser_of("sofia")
    sofia.post(f"/review/article/{article.pk}/approve/", {"version": article.content_hash})
    assert "Nothing waits for you" in sofia.get("/inbox/").content.decode()
    back()
    edit(article, by=cast.marek, seen=article.content_hash, title="Other", text="Other words.")
    assert "Nothing waits for you" not in sofia.get("/inbox/").content.decode()


def test_marketer_and_manager_both_look_before_the_client(
    shelf: Shelf, tenant: Organization, cast: Any
) -> None:
    change_settings(tenant, by=cast.sofia, staff_stage="both")
    for first, second in ((cast.marek, cast.mona), (cast.mona, cast.marek)):
        article = shelf.article("IN_REVIEW")
        assert operations.send_to_client(article, by=first, seen=article.content_hash) == "checked"
        assert operations.send_to_client(article, by=first, seen=article.content_hash) == "checked"
        assert operations.send_to_client(article, by=second, seen=article.content_hash) == "sent_on"
        article.refresh_from_db()
        assert article.state == "PENDING_APPROVAL"


def test_everyone_of_the_team_means_all_who_are_assigned(
    shelf: Shelf, tenant: Organization, cast: Any
) -> None:
    change_settings(tenant, by=cast.sofia, staff_quorum="everyone", staff_stage="marketer")
    petr = User.objects.create_user("petr@example.com", "another-long-password", staff_role="MARKETER")
    assign(tenant, marketer=petr, by=cast.adam)
    article = shelf.article("IN_REVIEW")
    assert operations.send_to_client(article, by=cast.marek, seen=article.content_hash) == "checked"
    assert operations.send_to_client(article, by=petr, seen=article.content_hash) == "sent_on"


def test_nobody_approves_their_own_words_unless_it_is_allowed(
    shelf: Shelf, tenant: Organization, cast: Any, jana: User
) -> None:
    change_settings(tenant, by=cast.sofia, own_words=False)
    article = shelf.article()
    own = edit(article, by=cast.sofia, seen=article.content_hash, title="Mine", text="My own words.")
    with pytest.raises(Refused, match="wrote this text yourself"):
        operations.approve(own, by=cast.sofia, seen=own.content_hash)
    assert Decision.objects.count() == 0
    assert operations.approve(own, by=jana, seen=own.content_hash) == "approved"
    change_settings(tenant, by=cast.sofia, own_words=True)
    other = shelf.article()
    mine = edit(other, by=cast.sofia, seen=other.content_hash, title="Mine", text="My own words.")
    assert operations.approve(mine, by=cast.sofia, seen=mine.content_hash) == "approved"
