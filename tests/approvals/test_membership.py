"""Who approves, who is away and who decides meanwhile; each change can be taken back."""

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from posthub.accounts.models import User
from posthub.approvals import operations
from posthub.approvals.models import Decision
from posthub.organizations.models import Membership, Organization
from posthub.organizations.operations import change_settings
from tests.shelf import Shelf


@pytest.fixture
def jana(tenant: Organization) -> Membership:
    user = User.objects.create_user("jana@example.com", "correct-horse-battery", name="Jana")
    return Membership.objects.create(user=user, organization=tenant)


def test_a_change_is_said_on_the_list_and_taken_back(browser_of: Any, jana: Membership, cast: Any) -> None:
    sofia, until = browser_of("sofia"), timezone.localdate() + datetime.timedelta(days=9)
    own = Membership.objects.get(user=cast.sofia)
    where = f"/settings/members/{own.pk}/"
    page = sofia.get(where).content.decode()
    assert (f'value="{jana.user_id}"' in page, "Nothing is mailed in the organization" in page) == (
        True,
        True,
    )
    form = {"approves": "on", "away_until": until.isoformat(), "stands_in": str(jana.user_id)}
    answer = sofia.post(where, {**form, "review_mail": "daily", "review_hour": "9"}, follow=True)
    own.refresh_from_db()
    assert (own.away_until, own.stands_in_id, own.review_mail, own.review_hour) == (
        until,
        jana.user_id,
        "daily",
        9,
    )
    page = answer.content.decode()
    assert "meanwhile: Jana" in page
    undo = re.search(rf'action="({where}restore/[^"]+)"', page)
    assert undo is not None
    assert sofia.post(undo[1]).status_code == 303
    own.refresh_from_db()
    assert (own.away_until, own.stands_in_id, own.review_mail, own.review_hour) == (None, None, "", None)
    assert sofia.post(f"{where}restore/forged/").status_code == 404
    assert browser_of("marek").post(where, form).status_code == 403
    assert browser_of("oscar", host="beta.posthub.localhost").get(where).status_code == 404


def test_somebody_always_approves_and_days_lie_ahead(
    browser_of: Any, cast: Any, tenant: Organization
) -> None:
    own = Membership.objects.get(user=cast.sofia)
    sofia, where = browser_of("sofia"), f"/settings/members/{own.pk}/"
    answer = sofia.post(where, {"review_mail": "off"})
    assert (answer.status_code, "Somebody has to approve" in answer.content.decode()) == (422, True)
    own.refresh_from_db()
    assert own.approves is True
    assert sofia.post(where, {"approves": "on", "away_until": "2020-01-01"}).status_code == 422


def test_who_does_not_approve_reads_and_comments(
    browser_of: Any, jana: Membership, cast: Any, shelf: Shelf, back: Any
) -> None:
    cast.jana = jana.user
    article, post = shelf.article(), shelf.posts(platforms=("x",))[0]
    Membership.objects.filter(pk=jana.pk).update(approves=False)
    form, where = {"version": article.content_hash}, f"/review/article/{article.pk}"
    person = browser_of("jana")
    for thing in (article, post):
        back()
        page = person.get(f"/inbox/{thing.KIND}/{thing.pk}/").content.decode()
        assert ("data-decide" in page, "/comment/" in page) == (False, True)
    shown = {"shown": [f"article:{article.pk}:{article.content_hash}"]}
    tried = [person.post(f"{where}/{verb}/", form) for verb in ("approve", "changes", "reject", "regenerate")]
    tried.append(person.post("/inbox/selected/approve/", shown))
    assert [answer.status_code for answer in tried] == [403] * 5
    assert person.post(f"{where}/comment/", {"text": "Which dough?"}).status_code == 303
    back()
    assert Decision.objects.count() == 0
    # Standing in for somebody who approves and is away, her word counts.
    Membership.objects.filter(user=cast.sofia).update(away_until=timezone.localdate(), stands_in=jana.user)
    assert person.post(f"{where}/approve/", form).status_code == 303
    back()
    assert Decision.objects.get().by_id == jana.user_id


def test_everyone_means_the_stand_in_of_who_is_away(
    jana: Membership, cast: Any, shelf: Shelf, tenant: Organization
) -> None:
    change_settings(tenant, by=cast.sofia, client_quorum="everyone")
    article = shelf.article()
    assert operations.approve(article, by=jana.user, seen=article.content_hash) == "agreed"
    Membership.objects.filter(user=cast.sofia).update(away_until=timezone.localdate(), stands_in=jana.user)
    connection.set_tenant(tenant)
    another = shelf.article()
    assert operations.approve(another, by=jana.user, seen=another.content_hash) == "approved"
