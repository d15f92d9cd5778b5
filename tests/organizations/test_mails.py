"""The matrix of mails: each member chooses for themselves, and only what a kind offers."""

import re
from collections import Counter
from typing import Any

from posthub.billing.mailing import recipients
from posthub.organizations.models import Membership, Organization

PATH = "/settings/notifications/mine/"
CHOSEN = {"review": "daily", "review_hour": "9", "reminder": "off", "week": "off", "usage": "off"}


def test_a_member_chooses_each_kind_of_mail(browser_of: Any, acme: Organization) -> None:
    sofia = browser_of("sofia")
    page = sofia.get("/settings/notifications/").content.decode()
    assert [page.count(f'name="{kind}"') for kind in ("review", "reminder", "week", "usage")] == [4, 2, 2, 2]
    assert [name for name, times in Counter(re.findall(r'\bid="([^"]+)"', page)).items() if times > 1] == []
    assert [name for name, _language in recipients(acme, "quota_soon")] == ["sofia@example.com"]
    answer = sofia.post(PATH, CHOSEN)
    assert (answer.status_code, answer["Location"]) == (303, "/settings/notifications/")
    row = Membership.objects.get(organization=acme)
    assert (row.review_mail, row.review_hour) == ("daily", 9)
    assert row.mails == {"reminder": "off", "week": "off", "usage": "off"}
    assert [row.wants(kind) for kind in ("reminder", "week", "usage", "unheard of")] == [False] * 3 + [True]
    assert list(recipients(acme, "quota_soon")) == []
    assert [name for name, _language in recipients(acme, "payment_failed")] == ["sofia@example.com"]
    sofia.post(PATH, {**CHOSEN, "review": "", "review_hour": "", "week": "weekly"})
    row.refresh_from_db()
    assert (row.review_mail, row.review_hour, row.wants("week")) == ("", None, True)


def test_what_is_not_offered_is_refused_and_staff_have_nothing_to_choose(
    browser_of: Any, acme: Organization
) -> None:
    for odd in ({"week": "daily"}, {"usage": ""}, {"review": "weekly"}):
        assert browser_of("sofia").post(PATH, {**CHOSEN, **odd}).status_code == 422
    assert Membership.objects.get(organization=acme).mails == {}
    assert [browser_of(name).post(PATH, CHOSEN).status_code for name in ("marek", "oscar")] == [403, 404]
    assert PATH not in browser_of("marek").get("/settings/notifications/").content.decode()
