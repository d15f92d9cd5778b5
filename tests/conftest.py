"""One cast for all tests: sofia (supervisor), marek (her marketer), mona (his manager), adam (admin), oscar.

The database is made once: public, and two organizations, acme (sofia's) and beta (oscar's). Each test
runs in a transaction that is rolled back, over all schemas.
"""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases

from posthub.accounts.models import StaffRole, User
from posthub.billing.models import Plan
from posthub.core.tasks import make_transport_tables
from posthub.core.tenancy import HOSTS
from posthub.organizations.models import Organization
from posthub.organizations.operations import assign, register_organization
from posthub.organizations.queries import tenant_of_host
from posthub.organizations.roles import grant_public

PASSWORD = "correct-horse-battery"
# Files that take longest. Test processes take whole files in this order, so that none is left alone at the end.
LONGEST_FIRST = (
    "tests/journeys/",
    "tests/proofs/",
    "tests/guards/test_urls.py",
    "tests/jobs/",
    "tests/ai/",
    "tests/demo/",
)
pytest_plugins = [
    "tests.support.branches",
    "tests.support.databases",
    "tests.support.live",
    "tests.support.payments",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _place(item.nodeid))


def _place(nodeid: str) -> int:
    return next((n for n, start in enumerate(LONGEST_FIRST) if nodeid.startswith(start)), len(LONGEST_FIRST))


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """Made whichever tests run: pytest-django's own leaves it out where no test asks for `db` by name.

    Of several test processes each has a database of its own.
    """
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
        connection.set_schema_to_public()
        make_transport_tables()
        grant_public()
        make_cast()
    yield
    with django_db_blocker.unblock():
        # A plugin: pytest itself imports it first.
        from tests.support.databases import drop_orphaned_roles, end_sessions

        # A thread of some test may still hold a session.
        end_sessions(connection.settings_dict["NAME"])
        teardown_databases(made, verbosity=0)
        drop_orphaned_roles()


def make_cast() -> None:
    def user(name: str, **fields: Any) -> User:
        person = User.objects.create_user(f"{name}@example.com", PASSWORD, name=name.capitalize(), **fields)
        person.emailaddress_set.create(email=person.email, verified=True, primary=True)
        return person

    Plan.objects.filter(code="trial").update(platforms=len(PLATFORMS))  # everything is tried on all networks
    sofia, oscar = user("sofia"), user("oscar")
    mona = user("mona", staff_role=StaffRole.MANAGER)
    marek = user("marek", staff_role=StaffRole.MARKETER, manager=mona)
    adam = user("adam", staff_role=StaffRole.ADMIN, is_superuser=True)
    acme = register_organization(name="Acme", label="acme", by=sofia, language="en", platforms=PLATFORMS)
    register_organization(name="Beta", label="beta", by=oscar, language="cs", platforms=PLATFORMS)
    assign(acme, marketer=marek, by=adam)


PLATFORMS = ["facebook", "instagram", "linkedin", "x", "tiktok"]


@pytest.fixture(autouse=True)
def in_public() -> Iterator[None]:
    """No test inherits the schema that the one before it worked in."""
    connection.set_schema_to_public()
    HOSTS.forget()
    yield
    connection.set_schema_to_public()


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    people = User.objects.all()
    return SimpleNamespace(**{person.email.partition("@")[0]: person for person in people})


@pytest.fixture
def acme(db: None) -> Organization:
    return Organization.objects.get(name="Acme")


@pytest.fixture
def beta(db: None) -> Organization:
    return Organization.objects.get(name="Beta")


@pytest.fixture
def tenant(acme: Organization) -> Organization:
    """The test itself works in acme's schema."""
    connection.set_tenant(acme)
    return acme


@pytest.fixture
def apex(db: None) -> Client:
    return Client(HTTP_HOST="posthub.localhost")


@pytest.fixture
def browser_of(cast: SimpleNamespace) -> Any:
    """A signed-in client: browser_of("sofia"), browser_of("mona", host="posthub.localhost")."""

    def sign_in(name: str, host: str = "acme.posthub.localhost") -> Client:
        client = Client(HTTP_HOST=host)
        tenant = tenant_of_host(host)
        before = connection.schema_name
        # A session is one of the host it was begun on.
        connection.set_schema(tenant.schema_name if tenant else "public")
        client.force_login(getattr(cast, name), backend="allauth.account.auth_backends.AuthenticationBackend")
        connection.set_schema(before)
        return client

    return sign_in
