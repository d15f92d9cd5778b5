"""Companies begun and changed; points judged, filled in, accepted."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from posthub.audit.models import AuditEntry
from posthub.company.changes import fingerprint
from posthub.company.forms import CompanyForm, looks_like_website
from posthub.company.models import Company, DnaPoint
from posthub.company.operations import (
    accept_dna,
    change_company,
    fill_point,
    judge_point,
    keep_old_value,
    read_website,
    start_company,
    take_new_value,
)
from posthub.company.pipeline.readings import write_points
from posthub.company.points import POINTS
from posthub.company.queries import usable_dna
from posthub.core.errors import Refused, Stale, WrongState
from posthub.jobs.models import Job
from posthub.jobs.operations import cancel
from posthub.organizations.operations import invite
from tests.company.conftest import found, point, version


def test_a_new_company_has_a_first_draft_with_every_point_to_fill_in(company):
    assert company.name == "alder.example"
    draft = version(company, "DRAFT")
    assert (draft.number, draft.points.count()) == (1, len(POINTS))


def test_a_typed_name_is_a_fact(tenant, cast):
    company = start_company(name="Alder & Finch", website="", language="en", by=cast.sofia)
    assert usable_dna(company) == {"identity.brand_name": "Alder & Finch"}


def test_a_company_needs_a_name_or_an_address(tenant, cast):
    with pytest.raises(Refused):
        start_company(name=" ", website="", language="en", by=cast.sofia)


def test_starting_the_same_company_twice_gives_one(company, cast):
    again = start_company(name="", website="https://alder.example/", language="en", by=cast.sofia)
    assert again == company
    assert Company.objects.count() == 1


def test_another_address_keeps_what_is_known(company, cast):
    fill_point(point(company, "offer.flagship"), "Slate roofs", by=cast.sofia)
    changed = change_company(company, name="", website="finch.example", language="cs", by=cast.sofia)
    assert (changed.name, changed.website, changed.language) == ("finch.example", "finch.example", "cs")
    assert usable_dna(changed) == {"offer.flagship": "Slate roofs"}


def test_asking_twice_for_a_reading_gives_one_job(company, cast):
    first = read_website(company, by=cast.sofia)
    assert read_website(company, by=cast.sofia) == first
    cancel(first)
    assert read_website(company, by=cast.sofia) != first


def test_nothing_is_read_without_an_address(tenant, cast):
    company = start_company(name="Alder", website="", language="en", by=cast.sofia)
    with pytest.raises(Refused):
        read_website(company, by=cast.sofia)
    assert not Job.objects.exists()


def test_a_verdict_is_kept_and_audited(company, cast):
    write_points(company, [found("offer.flagship", "Slate roofs")])
    judge_point(point(company, "offer.flagship"), "never", by=cast.sofia)
    assert point(company, "offer.flagship").verdict == "never"
    entry = AuditEntry.objects.get(action="dna_point.judged")
    assert (entry.actor_id, entry.detail["key"]) == (cast.sofia.pk, "offer.flagship")


def test_an_empty_point_cannot_be_judged(company, cast):
    with pytest.raises(Refused):
        judge_point(point(company, "offer.flagship"), "right", by=cast.sofia)


def test_a_verdict_on_a_value_that_changed_since_decides_nothing(company, cast):
    write_points(company, [found("offer.flagship", "Slate roofs")])
    seen = fingerprint(point(company, "offer.flagship"))
    fill_point(point(company, "offer.flagship"), "Tin roofs", by=cast.sofia)
    with pytest.raises(Stale):
        judge_point(point(company, "offer.flagship"), "wrong", by=cast.sofia, seen=seen)
    assert point(company, "offer.flagship").verdict == "right"


def test_what_a_person_fills_in_is_right_and_a_refused_value_stays_refused(company, cast):
    write_points(company, [found("identity.founded", "1998")])
    judge_point(point(company, "identity.founded"), "wrong", by=cast.sofia)
    filled = fill_point(point(company, "identity.founded"), "1999", by=cast.sofia)
    assert (filled.value, filled.verdict, filled.by_person) == ("1999", "right", True)
    assert filled.refused_values == ["1998"]


def test_saying_right_after_all_lifts_the_refusal(company, cast):
    write_points(company, [found("identity.founded", "1998")])
    judge_point(point(company, "identity.founded"), "wrong", by=cast.sofia)
    fill_point(point(company, "identity.founded"), "1999", by=cast.sofia)
    fill_point(point(company, "identity.founded"), "1998", by=cast.sofia)
    judged = judge_point(point(company, "identity.founded"), "right", by=cast.sofia)
    assert judged.refused_values == []


def test_accepting_replaces_the_version_before_and_takes_over_the_brand(company, cast):
    write_points(company, [found("identity.brand_name", "Alder & Finch")])
    accept_dna(version(company, "DRAFT"), by=cast.sofia)
    company.refresh_from_db()
    assert company.name == "Alder & Finch"
    write_points(company, [found("offer.flagship", "Slate roofs")])
    accept_dna(version(company, "DRAFT"), by=cast.sofia)
    states = company.versions.values_list("number", "state")
    assert list(states) == [(2, "ACCEPTED"), (1, "REPLACED")]


def test_a_replaced_version_is_history(company, cast):
    write_points(company, [found("offer.flagship", "Slate roofs")])
    accept_dna(version(company, "DRAFT"), by=cast.sofia)
    old = point(company, "offer.flagship", "ACCEPTED")
    write_points(company, [found("offer.flagship", "Tin roofs")])
    accept_dna(version(company, "DRAFT"), by=cast.sofia)
    with pytest.raises(WrongState):
        judge_point(old, "wrong", by=cast.sofia)


def accepted_with_proposals(company, by):
    write_points(company, [found("offer.flagship", "Slate roofs"), found("identity.founded", "1998")])
    accept_dna(version(company, "DRAFT"), by=by)
    write_points(company, [found("offer.flagship", "Tin roofs"), found("identity.founded", "1997")])


def test_a_proposal_counts_only_once_it_is_settled(company, cast):
    accepted_with_proposals(company, cast.sofia)
    assert usable_dna(company) == {"offer.flagship": "Slate roofs", "identity.founded": "1998"}
    take_new_value(point(company, "offer.flagship"), by=cast.sofia)
    assert usable_dna(company)["offer.flagship"] == "Slate roofs"
    keep_old_value(point(company, "identity.founded"), by=cast.sofia)
    assert usable_dna(company) == {"offer.flagship": "Tin roofs", "identity.founded": "1998"}
    assert version(company, "ACCEPTED").number == 2


def test_dismissing_every_proposal_leaves_the_accepted_version(company, cast):
    accepted_with_proposals(company, cast.sofia)
    keep_old_value(point(company, "offer.flagship"), by=cast.sofia)
    keep_old_value(point(company, "identity.founded"), by=cast.sofia)
    assert list(company.versions.values_list("number", "state")) == [(2, "DISMISSED"), (1, "ACCEPTED")]
    assert point(company, "offer.flagship", "ACCEPTED").verdict == "right"


def test_a_verdict_while_a_proposal_is_open_reaches_both(company, cast):
    accepted_with_proposals(company, cast.sofia)
    judge_point(point(company, "offer.flagship", "ACCEPTED"), "never", by=cast.sofia)
    draft = point(company, "offer.flagship", "DRAFT")
    assert (draft.value, draft.verdict) == ("Slate roofs", "never")
    assert "offer.flagship" not in usable_dna(company)


def test_a_cleared_point_stays_empty(company, cast):
    write_points(company, [found("offer.flagship", "Slate roofs")])
    fill_point(point(company, "offer.flagship"), None, by=cast.sofia)
    write_points(company, [found("offer.flagship", "Slate roofs")])
    assert point(company, "offer.flagship").value is None


def test_points_carry_the_time_they_changed(company, cast):
    before = timezone.now()
    fill_point(point(company, "offer.flagship"), "Slate roofs", by=cast.sofia)
    assert DnaPoint.objects.filter(updated_at__gte=before, key="offer.flagship").count() == 1


def test_a_name_typed_before_does_not_stay_the_brand(tenant, cast):
    company = start_company(name="Typed wrong", website="", language="en", by=cast.sofia)
    change_company(company, name="Alder & Finch", website="", language="en", by=cast.sofia)
    assert usable_dna(company) == {"identity.brand_name": "Alder & Finch"}
    change_company(company, name="", website="finch.example", language="en", by=cast.sofia)
    assert usable_dna(company) == {}


@pytest.mark.parametrize(
    ("typed", "website"),
    [
        ("novak.cz", True), ("127.0.0.1:8000", True), ("localhost:8000/en/", True), ("http://localhost/", True),
        ("Novák s.r.o.", False), ("Studio: Vize", False), ("Bread 24:7", False),
    ],
)  # fmt: skip
def test_addresses_are_told_from_names(typed, website):
    assert looks_like_website(typed) is website


def test_what_runs_is_no_name():
    for typed in ("javascript:alert(1)", "<img src=x onerror=alert(1)>", "{{ 7*7 }}"):
        assert "company" in CompanyForm({"company": typed, "language": "cs"}).errors, typed


def test_the_log_is_held_before_the_organization(tenant, cast):
    """Else somebody who begins a company and a message from Stripe about it wait for each other."""
    for begin in (
        lambda: start_company(name="Elm", website="", language="en", by=cast.sofia),
        lambda: invite(tenant, email="elm@example.com", by=cast.sofia),
    ):
        with CaptureQueriesContext(connection) as asked:
            begin()
        held = [query["sql"] for query in asked if "advisory" in query["sql"] or "FOR UPDATE" in query["sql"]]
        assert "pg_advisory_xact_lock" in held[0]
