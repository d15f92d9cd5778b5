"""What came of the work: counted from decisions and moves, and taken along as a table."""

import datetime
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from posthub.accounts.models import User
from posthub.approvals import operations
from posthub.approvals.consequence import things_waiting
from posthub.approvals.queries.first_looks import Rate
from posthub.content.policies import CLIENT_STAGE
from posthub.core.spreadsheets import safe
from posthub.delivery.queries.results import Results, Week, results_of
from posthub.delivery.views.results import in_words
from posthub.organizations.models import Organization
from posthub.ui.times import lasting, span
from tests.shelf import Shelf

LONG_AGO = """
INSERT INTO approvals_decision
SELECT (jsonb_populate_record(
    d, jsonb_build_object('id', gen_random_uuid(), 'created_at', d.created_at - interval '8 days')
)).*
FROM approvals_decision d
"""


def test_the_weeks_count_what_was_accepted_and_how_long_it_took(
    shelf: Shelf, acme: Organization, tenant: Organization
) -> None:
    sofia = User.objects.get(name="Sofia")
    article = shelf.article()
    post, other = shelf.posts()
    operations.request_changes(other, by=sofia, seen=other.content_hash, stage=CLIENT_STAGE, text="Shorter.")
    for thing in (article, post):
        operations.approve(thing, by=sofia, seen=thing.content_hash)
    connection.set_tenant(acme)
    found = results_of(acme, weeks=4)
    now = found.weeks[-1]
    assert (len(found.weeks), now.articles, now.posts, now.passed, now.delivered) == (4, 1, 1, 2, 0)
    assert (found.looks, found.hours_saved, len(now.waits), found.early) == (Rate(2, 3), 3, 3, True)
    assert [(voice.name, voice.planned, voice.accepted, voice.at_first) for voice in found.voices] == [
        ("Josef", 7, 1, 1)
    ]


def test_the_page_shows_an_example_until_there_is_a_week(shelf: Shelf, browser_of: Any, back: Any) -> None:
    sofia = browser_of("sofia")
    page = sofia.get("/results/weeks/").content.decode()
    assert ("Example" in page, "results/weeks/table" in page, "what it saved" in page) == (True, False, False)
    back()
    shelf.posts("SCHEDULED")
    with connection.cursor() as cursor:
        cursor.execute(LONG_AGO)
    with CaptureQueriesContext(connection) as seen:
        page = sofia.get("/results/weeks/?weeks=4").content.decode()
    assert ("Example" in page, "results/weeks/table/?weeks=4" in page) == (False, True)
    assert len(seen) <= 12
    answer = sofia.get("/results/weeks/table/?weeks=4")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert (answer["Content-Type"], len(lines)) == ("text/csv; charset=utf-8", 5)
    assert lines[0] == (
        'Week from,Articles approved,Social posts approved,"Approved at the first look, %",'
        "Median hours to a decision,Delivered"
    )
    assert sofia.get("/results/weeks/?weeks=nonsense").context["weeks"] == 12


def test_no_cell_of_a_table_becomes_a_formula() -> None:
    given = ["=1+1", "+44 1", "-1", "@SUM", "\t=1", " =1", "plain", 3, -2.5, None, "50 %"]
    assert [safe(value) for value in given] == [
        "'=1+1", "'+44 1", "'-1", "'@SUM", "'\t=1", "' =1", "plain", 3, -2.5, "", "50 %",
    ]  # fmt: skip


def test_waits_are_said_as_people_say_them() -> None:
    assert [in_words(hours) for hours in (None, 0.001, 0.5, 5.2, 47, 72)] == [
        "–", "1 minute", "30 minutes", "5 hours", "47 hours", "3 days",
    ]  # fmt: skip
    with translation.override("cs"):
        minute, hours = datetime.timedelta(minutes=1), datetime.timedelta(hours=5)
        assert [said(length) for said in (span, lasting) for length in (minute, hours)] == [
            "1 minuta", "5 hodin", "1 minutu", "5 hodin",
        ]  # fmt: skip
        assert things_waiting(0) == "Nic na vás nečeká"
    week = Week(datetime.date(2026, 11, 23), waits=[1.0, 3.0])
    assert (week.median_hours, week.first_share) == (2.0, None)
    old = timezone.now() - datetime.timedelta(days=8)
    assert (Results([week], [], old).early, Results([week], [], None).early) == (False, True)
