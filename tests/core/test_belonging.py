"""What belongs to one organization is of no use while working for another."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import Error, transaction
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from posthub.accounts.models import User
from posthub.company.models import Company, Document
from posthub.content.models import MarketingEvent
from posthub.core.belonging import WrongOrganization
from posthub.core.tenancy import in_schema
from posthub.organizations.models import Membership, Organization
from tests.jobs.tasks_for_tests import DAY


def event_of(schema_name: str) -> MarketingEvent:
    with in_schema(schema_name):
        return MarketingEvent.objects.get(name=schema_name)


# What a person might do by mistake with something of another organization: each with a row or a query.
INSTANCE_ACTS: dict[str, Callable[[Any], object]] = {
    "save": lambda event: event.save(),
    "save a field": lambda event: event.save(update_fields=["name"]),
    "delete": lambda event: event.delete(),
    "refresh": lambda event: event.refresh_from_db(),
    "copy in bulk": lambda event: MarketingEvent.objects.bulk_create([event]),
    "update in bulk": lambda event: MarketingEvent.objects.bulk_update([event], ["name"]),
}
QUERY_ACTS: dict[str, Callable[[Any], object]] = {
    "list": list,
    "count": lambda query: query.count(),
    "exists": lambda query: query.exists(),
    "first": lambda query: query.first(),
    "narrowed": lambda query: list(query.filter(date=DAY).order_by("-name")),
    "values": lambda query: list(query.values_list("name", flat=True)),
    "iterator": lambda query: list(query.iterator()),
    "update": lambda query: query.update(own=False),
    "delete": lambda query: query.delete(),
    "get or create": lambda query: query.get_or_create(name="new", date=DAY),
}


@pytest.fixture
def two(acme: Organization, beta: Organization) -> list[str]:
    names = [acme.schema_name, beta.schema_name]
    for name in names:
        with in_schema(name):
            MarketingEvent.objects.create(name=name, date=DAY)
    return names


@settings(
    max_examples=1000,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    act=st.sampled_from([("row", name) for name in INSTANCE_ACTS] + [("query", name) for name in QUERY_ACTS]),
    made_in=st.sampled_from([0, 1]),
    used_in=st.sampled_from([0, 1]),
)
def test_in_a_thousand_cases_nothing_of_one_is_used_in_the_other(
    two: list[str], act: tuple[str, str], made_in: int, used_in: int
) -> None:
    kind, name = act
    if kind == "row":
        subject: Any = event_of(two[made_in])
    else:
        with in_schema(two[made_in]):
            subject = MarketingEvent.objects.filter(name__startswith="o_")
    do = INSTANCE_ACTS[name] if kind == "row" else QUERY_ACTS[name]
    refused = False
    try:
        with transaction.atomic(), in_schema(two[used_in]):
            try:
                do(subject)
            except WrongOrganization:
                refused = True
            raise Error("undone, so that the next case begins alike")
    except Error:
        pass
    assert refused == (made_in != used_in)
    assert [event_of(name).name for name in two] == two


def test_a_related_row_is_not_looked_up_in_another_organization(two: list[str]) -> None:
    with in_schema(two[0]):
        company = Company.objects.create(name="Acme", website="https://acme.example")
        document = Document.objects.defer("size").get(pk=_document(company).pk)
    with in_schema(two[1]):
        for look in (lambda: document.company, lambda: document.size, lambda: list(company.documents.all())):
            with pytest.raises(WrongOrganization):
                look()
        with pytest.raises(ValueError, match="router prevents this relation"):
            Document(company=Company.objects.create(name="B")).company = company


def _document(company: Company) -> Document:
    from posthub.lifecycle.machine import begin

    return begin(Document(company=company, name="a.txt", file="org/x/a.txt", size=1), "READING")


def test_what_was_made_here_is_refused_elsewhere_and_kept_here(two: list[str]) -> None:
    event = MarketingEvent(name="new", date=DAY)
    with in_schema(two[0]):
        event.save()
        event.save()
    with in_schema(two[1]), pytest.raises(WrongOrganization):
        event.save()


def test_people_and_memberships_go_everywhere(two: list[str], acme: Organization) -> None:
    with in_schema(two[0]):
        sofia = User.objects.get(email="sofia@example.com")
    with in_schema(two[1]):
        sofia.refresh_from_db()
        assert Membership.objects.filter(user=sofia).count() == 1


def test_a_query_written_in_public_belongs_to_whoever_runs_it(two: list[str]) -> None:
    query = MarketingEvent.objects.filter(date=DAY)
    for name in two:
        with in_schema(name):
            assert [event.name for event in query.all()] == [name]


def test_every_model_of_an_organization_knows_where_it_belongs() -> None:
    from django.apps import apps

    from posthub.core.belonging import Belonging, BelongingManager, belongs_to_an_organization

    models: list[type[Model]] = [model for model in apps.get_models() if belongs_to_an_organization(model)]
    assert len(models) > 10
    assert [model for model in models if not issubclass(model, Belonging)] == []
    assert [model for model in models if not isinstance(model._default_manager, BelongingManager)] == []
