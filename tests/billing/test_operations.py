import pytest

from posthub.billing.models import Feature, Plan, UsageMeter
from posthub.billing.operations import choose_plan, release, reserve
from posthub.billing.queries import allowance, plan_of
from posthub.core.errors import OverAllowance
from posthub.core.tenancy import in_schema
from posthub.organizations.models import Organization
from tests.support.threads import at_once

MONTH = "2026-12"


def used(organization: Organization) -> int:
    return allowance(organization, Feature.POSTS, period=MONTH).used


def test_who_chose_no_plan_is_on_the_trial(acme: Organization) -> None:
    assert (plan_of(acme).code, allowance(acme, Feature.POSTS, period=MONTH).left) == ("trial", 12)


def test_the_last_unit_is_given_and_the_next_refused_with_figures(acme: Organization) -> None:
    for _unit in range(12):
        reserve(acme, Feature.POSTS, period=MONTH)
    with pytest.raises(OverAllowance) as refused:
        reserve(acme, Feature.POSTS, period=MONTH)
    assert (refused.value.used, refused.value.limit, used(acme)) == (12, 12, 12)


def test_what_does_not_fit_whole_is_not_taken_in_part(acme: Organization) -> None:
    reserve(acme, Feature.POSTS, period=MONTH, units=10)
    with pytest.raises(OverAllowance):
        reserve(acme, Feature.POSTS, period=MONTH, units=3)
    with pytest.raises(OverAllowance):
        reserve(acme, Feature.POSTS, period="2027-01", units=13)
    assert used(acme) == 10


def test_what_was_given_back_can_be_taken_again(acme: Organization) -> None:
    reserve(acme, Feature.POSTS, period=MONTH, units=12)
    release(acme, Feature.POSTS, period=MONTH)
    reserve(acme, Feature.POSTS, period=MONTH)
    assert used(acme) == 12


def test_nobody_gets_back_more_than_they_took(acme: Organization) -> None:
    release(acme, Feature.POSTS, period=MONTH)
    assert used(acme) == 0


def test_going_up_gives_more_at_once(acme: Organization) -> None:
    reserve(acme, Feature.POSTS, period=MONTH, units=12)
    choose_plan(acme, Plan.objects.get(code="pro"))
    reserve(acme, Feature.POSTS, period=MONTH)
    assert used(acme) == 13


def test_going_down_takes_the_rest_of_the_month_away(acme: Organization) -> None:
    choose_plan(acme, Plan.objects.get(code="pro"))
    reserve(acme, Feature.POSTS, period=MONTH, units=13)
    choose_plan(acme, Plan.objects.get(code="basic"))
    with pytest.raises(OverAllowance) as refused:
        reserve(acme, Feature.POSTS, period=MONTH)
    assert (refused.value.limit, used(acme)) == (12, 13)
    assert allowance(acme, Feature.POSTS, period=MONTH).left == 0


def test_each_month_and_each_organization_counts_for_itself(acme: Organization, beta: Organization) -> None:
    reserve(acme, Feature.POSTS, period=MONTH, units=12)
    reserve(acme, Feature.POSTS, period="2027-01")
    with in_schema("public"):
        reserve(beta, Feature.POSTS, period=MONTH)
    with in_schema("public"):
        assert UsageMeter.objects.count() == 3


def test_of_twenty_who_want_the_last_unit_one_gets_it(own_database: str) -> None:
    acme = Organization.objects.get(name="Acme")
    reserve(acme, Feature.POSTS, period=MONTH, units=11)
    results = at_once(20, lambda _number: reserve(acme, Feature.POSTS, period=MONTH))
    assert sorted(type(result).__name__ for result in results) == ["OverAllowance"] * 19 + ["str"]
    assert used(acme) == 12


def test_of_twenty_who_begin_the_month_at_once_twelve_get_a_unit(own_database: str) -> None:
    acme = Organization.objects.get(name="Acme")
    results = at_once(20, lambda _number: reserve(acme, Feature.POSTS, period=MONTH))
    assert sorted(type(result).__name__ for result in results) == ["OverAllowance"] * 8 + ["str"] * 12
