"""The organizations of the proof: made as a customer makes one, each with somebody signed in and a month of topics."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from posthub.accounts.models import User
from posthub.content.models import Topic
from posthub.core.tenancy import in_schema
from posthub.organizations.operations import register_organization
from tests.proofs.tenants.clocks import Spent, spent
from tests.support.companies import draft_topic, make_company

TOPICS = 12
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Place:
    """An organization's host, its schema, and the cookies of somebody who belongs there."""

    host: str
    schema_name: str
    session: str

    def get(self, path: str, **headers: str) -> int:
        return self.answer(path, **headers).status_code  # type: ignore[attr-defined, no-any-return]

    def answer(self, path: str, **headers: str) -> object:
        client = Client(HTTP_HOST=self.host)
        client.cookies[settings.SESSION_COOKIE_NAME] = self.session
        return client.get(path, headers=headers)


def make_place(number: int) -> tuple[Place, Spent]:
    """And what the registration took, its schema included."""
    user = User.objects.create_user(
        f"owner-{number}@example.com", "correct-horse-battery", name=f"Owner {number}"
    )
    label = f"place-{number}"
    took = spent(
        lambda: register_organization(
            name=f"Place {number}", label=label, by=user, language="en", platforms=[]
        )
    )
    organization = user.memberships.get().organization
    client = Client()
    with in_schema(organization.schema_name):
        # A session belongs to the host it was begun on.
        client.force_login(user, backend=BACKEND)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    return Place(f"{label}.{settings.BASE_HOST}", organization.schema_name, cookie), took


def fill(place: Place, like: Place | None) -> None:
    """With a company, three personas and a month of topics; `like` is a place whose rows are taken over."""
    if like is None:
        with in_schema(place.schema_name):
            company = make_company()
            for day in range(1, TOPICS + 1):
                draft_topic(company, f"What the workshop does on day {day}", day=day)
            assert Topic.objects.count() == TOPICS
        return
    # Foreign keys are looked at when the transaction ends, so that the order of tables does not matter.
    with in_schema("public"), transaction.atomic(), connection.cursor() as cursor:
        for table in tables(like.schema_name):
            if table != "django_migrations":
                source = f'"{like.schema_name}"."{table}"'
                cursor.execute(f'INSERT INTO "{place.schema_name}"."{table}" SELECT * FROM {source}')


def tables(schema_name: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema_name])
        return [row[0] for row in cursor.fetchall()]


def in_turn(places: list[Place]) -> Iterator[Place]:
    return cycle(places)
