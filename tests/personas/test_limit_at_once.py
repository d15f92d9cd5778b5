"""Two people activating the last voice at the same moment: the plan's limit holds."""

from collections.abc import Iterator

import pytest
from django.db import connection

from posthub.company.models import Company
from posthub.core.errors import OverAllowance
from posthub.core.tenancy import in_schema
from posthub.lifecycle.models import StateChange
from posthub.organizations.models import Organization
from posthub.personas.models import Persona
from posthub.personas.operations import activate_persona
from tests.personas.test_personas import six
from tests.support.threads import at_once


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker) -> Iterator[tuple[str, list[Persona]]]:
    """Six voices of a company that other connections see; removed afterwards."""
    with django_db_blocker.unblock():
        schema = Organization.objects.get(name="Acme").schema_name
        with in_schema(schema):
            company = Company.objects.create(name="Committed", language="en")
            voices = six(company)
        try:
            yield schema, voices
        finally:
            with in_schema(schema):
                StateChange.objects.filter(object_id__in=[voice.pk for voice in voices]).delete()
                company.delete()
            connection.set_schema_to_public()


def test_six_at_once_give_three(committed):
    schema, voices = committed

    def activate(number: int) -> str:
        with in_schema(schema):
            return activate_persona(voices[number], by=None).state

    results = at_once(6, activate)
    assert [result for result in results if result == "ACTIVE"] == ["ACTIVE"] * 3
    assert sum(isinstance(result, OverAllowance) for result in results) == 3
    with in_schema(schema):
        assert Persona.objects.filter(state="ACTIVE").count() == 3
