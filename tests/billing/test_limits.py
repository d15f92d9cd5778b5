"""What is used of a plan, what becomes of trials and of plans that end, and what staff see of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from posthub.billing.models import Feature, Plan, Status, Subscription
from posthub.billing.operations import choose_plan, release, reserve
from posthub.billing.operations.plans import extend_trial
from posthub.billing.queries import allowance, terms_of
from posthub.billing.reminders import remind
from posthub.billing.standing import GRACE, Standing
from posthub.core.errors import OverAllowance, Refused
from posthub.organizations.models import Organization
from tests.support.payments import KEY
from tests.support.threads import at_once

MONTH = "2027-02"


def test_of_a_hundred_who_want_the_last_unit_one_gets_it(own_database: str) -> None:
    acme = Organization.objects.get(name="Acme")
    reserve(acme, Feature.POSTS, period=MONTH, units=11)
    results = at_once(100, lambda _number: reserve(acme, Feature.POSTS, period=MONTH))
    assert sorted(type(result).__name__ for result in results) == ["OverAllowance"] * 99 + ["str"]
    assert allowance(acme, Feature.POSTS, period=MONTH).left == 0


def test_four_fifths_and_all_of_it_are_told_once_each(acme: Organization, cast: Any) -> None:
    from posthub.jobs.models import Job

    def told() -> list[str]:
        return sorted(job.payload["name"] for job in Job.objects.filter(task="billing.mail"))

    reserve(acme, Feature.POSTS, period=MONTH, units=9)
    assert told() == []
    reserve(acme, Feature.POSTS, period=MONTH)
    assert told() == ["quota_soon"]
    reserve(acme, Feature.POSTS, period=MONTH, units=2)
    release(acme, Feature.POSTS, period=MONTH)
    reserve(acme, Feature.POSTS, period=MONTH)
    assert told() == ["quota_full", "quota_soon"]
    reserve(acme, Feature.POSTS, period="2027-03", units=12)
    assert told() == ["quota_full", "quota_full", "quota_soon"]


# -- trials ------------------------------------------------------------------------------------------


@pytest.fixture
def selling(settings: Any) -> None:
    settings.STRIPE_SECRET_KEY = KEY


def trial_ends(organization: Organization, **ago: float) -> Organization:
    organization.trial_ends = timezone.now() - timedelta(**ago)
    Organization.objects.filter(pk=organization.pk).update(trial_ends=organization.trial_ends)
    return organization


def test_without_a_key_a_trial_has_no_end(acme: Organization, browser_of: Any) -> None:
    trial_ends(acme, days=300)
    assert (terms_of(acme).standing, allowance(acme, Feature.POSTS).limit) == (Standing.TRIAL, 12)
    assert "Payments are not set up here" in browser_of("sofia").get("/billing/").content.decode()


def test_a_trial_ends_by_itself_first_for_what_is_new_and_then_for_all_writing(
    selling: None, acme: Organization, browser_of: Any
) -> None:
    sofia = browser_of("sofia")
    save = {"name": "Acme", "language": "en", "zone": "Europe/Prague", "country": "CZ"}
    trial_ends(acme, days=1)
    assert (terms_of(acme).standing, allowance(acme, Feature.POSTS).limit) == (Standing.OVER, 0)
    with pytest.raises(OverAllowance, match="Your trial is over"):
        reserve(acme, Feature.POSTS, period=MONTH)
    assert sofia.post("/topics/propose/", {"month": MONTH}).status_code != 403
    trial_ends(acme, days=GRACE.days + 1)
    assert terms_of(acme).standing == Standing.FROZEN
    answer = sofia.post("/topics/propose/", {"month": MONTH})
    assert (answer.status_code, "See the plans" in answer.content.decode()) == (403, True)
    assert sofia.get("/").status_code == 200
    assert sofia.post("/settings/", save).status_code != 403  # people and exports are seen to all the same


def test_reminders_of_a_trial_come_once_each_and_again_where_it_was_extended(
    selling: None, acme: Organization, beta: Organization, cast: Any
) -> None:
    connection.set_schema_to_public()
    ends = acme.trial_ends
    assert ends is not None
    steps = [ends - timedelta(days=days) for days in (4, 2.5, 2.4, 0.5, 0.4)] + [ends + timedelta(hours=1)]
    assert [remind(now) for now in steps] == [0, 2, 0, 2, 0, 2]
    extend_trial(acme, days=7, by=cast.adam)
    assert remind(ends + timedelta(hours=2)) == 0
    assert remind(ends + timedelta(days=5)) == 1
    with pytest.raises(Refused):
        extend_trial(acme, days=365, by=cast.adam)


def test_a_plan_that_ended_keeps_its_data_and_then_its_pages(selling: None, acme: Organization) -> None:
    choose_plan(acme, Plan.objects.get(code="pro"))
    rows = Subscription.objects.filter(organization=acme)
    now = timezone.now()
    for status, since, standing in [
        (Status.ACTIVE, {}, Standing.ACTIVE),
        (Status.PAST_DUE, {"past_due_since": now - timedelta(days=13)}, Standing.PAST_DUE),
        (Status.PAST_DUE, {"past_due_since": now - timedelta(days=15)}, Standing.FROZEN),
        (Status.UNPAID, {"past_due_since": now - timedelta(days=1)}, Standing.OVER),
        (Status.CANCELED, {"ended_at": now - timedelta(days=29)}, Standing.OVER),
        (Status.CANCELED, {"ended_at": now - timedelta(days=31)}, Standing.FROZEN),
        (Status.INCOMPLETE, {}, Standing.TRIAL),
    ]:
        rows.update(status=status, **{"past_due_since": None, "ended_at": None, **since})
        assert (status, terms_of(acme).standing) == (status, standing)


# -- the admin ---------------------------------------------------------------------------------------


def test_staff_see_whom_a_change_affects_before_it_is_made(
    acme: Organization, beta: Organization, browser_of: Any
) -> None:
    adam = browser_of("adam", host="posthub.localhost")
    connection.set_schema_to_public()
    plan = Plan.objects.get(code="pro")
    choose_plan(acme, plan)
    reserve(acme, Feature.POSTS, period=MONTH, units=20)
    path = f"/admin/billing/plan/{plan.pk}/change/"
    fields = [field.name for field in Plan._meta.fields if field.editable]
    form = {name: getattr(plan, name) for name in fields if getattr(plan, name) is not False}
    page = adam.post(path, {**form, "posts_a_month": 12}).content.decode()
    assert ["Acme" in page, "Beta" in page, "24 → 12" in page, "20 / 12" in page] == [True, False, True, True]
    assert Plan.objects.get(code="pro").posts_a_month == 24
    adam.post(path, {**form, "posts_a_month": 12, "_seen": "1"})
    assert Plan.objects.get(code="pro").posts_a_month == 12
    Subscription.objects.filter(organization=acme).update(status="canceled")
    adam.post(
        path, {**form, "posts_a_month": 11}
    )  # nobody is on it any more: there is nothing to look at first
    assert Plan.objects.get(code="pro").posts_a_month == 11
    beta_before = beta.trial_ends
    adam.post("/admin/billing/ontrial/", {"action": "by_a_week", "_selected_action": [str(beta.pk)]})
    beta.refresh_from_db()
    assert beta_before is not None
    assert beta.trial_ends == beta_before + timedelta(days=7)
    assert [adam.get(f"/admin/billing/{name}/").status_code for name in ("ontrial", "price", "addon")] == [
        200
    ] * 3
